//! Unrolling of loops in WGSL text. Not every compiler keeps an array in registers while its index is
//! a variable, and one in memory costs a software adapter a factor of twenty. A loop that is marked
//! `// unrolled` is written out, its index a constant in each copy; loops inside it too.

const MARK: &str = "// unrolled";

/// The text with every marked loop written out. A marked line has the form
/// `for (var i = 0u; i < 8u; i++) { // unrolled`; its block ends with the matching brace.
pub(super) fn unrolled(source: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let mut out = String::new();
    expand(&lines, &mut out);
    out
}

fn expand(lines: &[&str], out: &mut String) {
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let head = line.contains(MARK).then(|| head(line)).flatten();
        let Some((index, count)) = head else {
            out.push_str(line);
            out.push('\n');
            at += 1;
            continue;
        };
        let end = at + block_length(&lines[at..]);
        for n in 0..count {
            let body: Vec<String> = lines[at + 1..end]
                .iter()
                .map(|line| with(line, index, n))
                .collect();
            let body: Vec<&str> = body.iter().map(String::as_str).collect();
            out.push_str("{\n");
            expand(&body, out);
            out.push_str("}\n");
        }
        at = end + 1;
    }
}

/// The index's name and the number of rounds.
fn head(line: &str) -> Option<(&str, usize)> {
    let (_, rest) = line.split_once("for (var ")?;
    let (index, rest) = rest.split_once(" = 0u; ")?;
    let (_, rest) = rest.split_once(" < ")?;
    let (count, _) = rest.split_once("u; ")?;
    Some((index, count.parse().ok()?))
}

/// Lines from a block's first to its last, less one.
fn block_length(lines: &[&str]) -> usize {
    let mut depth = 0i32;
    for (i, line) in lines.iter().enumerate() {
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        if depth <= 0 {
            return i;
        }
    }
    lines.len() - 1
}

/// The line with the index, where it stands as a word of its own, replaced by a number.
fn with(line: &str, index: &str, number: usize) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(index) {
        let (before, behind) = rest.split_at(at);
        let behind = &behind[index.len()..];
        let apart = !before.ends_with(|c| is_word(c) || c == '.') && !behind.starts_with(is_word);
        out.push_str(before);
        if apart {
            out.push_str(&format!("{number}u"));
        } else {
            out.push_str(index);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_loops_are_written_out_and_others_stay() {
        let source = "a\nfor (var i = 0u; i < 2u; i++) { // unrolled\n    x[i] = if_i(v.i, i);\n    for (var t = 0u; t < 2u; t++) { // unrolled\n        y[t] += i;\n    }\n}\nfor (var k = 0u; k < n; k++) {\n}\n";
        let flat: String = unrolled(source)
            .lines()
            .map(|l| format!("{}|", l.trim()))
            .collect();
        assert_eq!(
            flat,
            "a|{|x[0u] = if_i(v.i, 0u);|{|y[0u] += 0u;|}|{|y[1u] += 0u;|}|}|{|x[1u] = if_i(v.i, 1u);|{|y[0u] += 1u;|}|{|y[1u] += 1u;|}|}|for (var k = 0u; k < n; k++) {|}|"
        );
    }
}
