//! How deep a formula nests. Its reader calls itself for what nests, also where no braces show it (`\sqrt\sqrt x`), so a
//! formula is looked at before it is read.

/// Levels of the deepest formula that is read.
const MOST_DEEP: usize = 40;
/// Commands that take two arguments: where the second stands without braces, it may be such a command again.
const TWO_ARGUMENTS: [&str; 10] = [
    "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "overset", "underset",
    "stackrel",
];
/// Commands that define others, by which a short formula becomes a long one.
const DEFINITIONS: [&str; 9] = [
    "def",
    "gdef",
    "edef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
    "providecommand",
    "DeclareMathOperator",
];

/// Whether a formula nests no deeper than it may: groups, and commands or scripts that follow each other without a sign
/// that they could be about. One that defines commands is refused, as its depth does not show.
pub(crate) fn is_shallow(source: &str) -> bool {
    // Commands in a row, in each group that is open.
    let mut rows = vec![0usize];
    let mut depth = 0usize;
    let mut unbraced = 0usize;
    let mut rest = source;
    while let Some(sign) = rest.chars().next() {
        rest = &rest[sign.len_utf8()..];
        let is_command = sign == '\\' && rest.starts_with(|c: char| c.is_ascii_alphabetic());
        match sign {
            '\\' if is_command => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic());
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                if DEFINITIONS.contains(&name) {
                    return false;
                }
                let is_open = after.trim_start().starts_with('{');
                unbraced += usize::from(TWO_ARGUMENTS.contains(&name) && !is_open);
                rest = after;
            }
            // An escaped sign is a sign.
            '\\' => {
                rest = rest
                    .get(rest.chars().next().map_or(0, char::len_utf8)..)
                    .unwrap_or_default()
            }
            _ => {}
        }
        match sign {
            '{' | '[' => {
                rows.push(0);
                depth += 1;
            }
            '}' | ']' if rows.len() > 1 => depth -= 1 + rows.pop().unwrap_or(0),
            '^' | '_' => add(&mut rows, &mut depth),
            '\\' if is_command => add(&mut rows, &mut depth),
            sign if sign.is_whitespace() => {}
            _ => {
                if let Some(row) = rows.last_mut() {
                    depth -= std::mem::take(row);
                }
            }
        }
        if depth + unbraced > MOST_DEEP {
            return false;
        }
    }
    true
}

fn add(rows: &mut [usize], depth: &mut usize) {
    if let Some(row) = rows.last_mut() {
        *row += 1;
        *depth += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::is_shallow;

    #[test]
    fn groups_and_commands_in_a_row_count_and_signs_end_a_row() {
        assert!(is_shallow(&"\\alpha x + \\frac{a}{b} ".repeat(100)));
        assert!(is_shallow(&"x^{2} + y_{1} \\\\ ".repeat(100)));
        assert!(!is_shallow(&"\\sqrt".repeat(50)));
        assert!(!is_shallow(&"{".repeat(50)));
        assert!(!is_shallow(&"\\sqrt{\\sqrt".repeat(15)));
        assert!(!is_shallow(&"\\frac a".repeat(50)));
        assert!(!is_shallow("\\def\\a{b}\\a"));
        assert!(is_shallow(&"]}".repeat(50)));
    }
}
