//! A formula as it was written, made regular before it is read: boxes opened, units and spacing taken away, short forms
//! of fractions and roots written out. The steps and their order are math-verify's, because later ones see what
//! earlier ones left, and its verdicts depend on that.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// How far two boxes may be apart that belong to one answer: in characters, without and with a separator.
const NEAR_BOXES: usize = 10;
const SEPARATED_BOXES: usize = 70;

/// Which boxes of a formula hold the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Boxes {
    /// All of them.
    All,
    /// The last one, with those that are listed before it.
    Last,
}

type Pattern = LazyLock<Option<Regex>>;

/// Declares patterns; each is compiled once.
macro_rules! patterns {
    ($($name:ident = $pattern:expr;)*) => {
        $(static $name: Pattern = LazyLock::new(|| Regex::new($pattern).ok());)*
    };
}

patterns! {
    LEFT = concat!(
        r"\\m?left(\\\{|\{|\\\||\||\[|\(|\\rbracl|\\lgroup|\\lbrace|\\lbrack|\\l?vert|\\lceil|\\lfloor",
        r"|\\langle|\\llcorner|\\ulcorner)"
    );
    RIGHT = concat!(
        r"\\m?right(\\\}|\}|\\\||\||\]|\)|\\rbrack|\\rgroup|\\rbrace|\\r?vert|\\rceil|\\rfloor",
        r"|\\rangle|\\lrcorner|\\urcorner)"
    );
    PERMUTATIONS = r"\(([a-zA-Z0-9+\-*/\\ ]+?)\)_\{([a-zA-Z0-9+\-*/\\ ]+?)\}";
    REMOVED = r#"\\mathrm\{th\}|\\!\s*|\\text\s*\{\s*\}|\\\$|\$|["']|\\displaystyle"#;
    REPLACED = concat!(
        r"(?P<text>\\math(?:rm|it|bf)|\\text(?:normal|bf|it|rm))|(?P<frac>\\[dtc]frac)|(?P<decimal>\s\.)",
        r"|(?P<braced>\{\.)|(?P<approx>~=)|(?P<comma>\s*\{\s*,\s*\})|(?P<word>,?\s*(?:and|or))",
        r"|(?P<words>,?\s*\\text\{\s*(?:and|or)\s*\})|(?P<space>\\\s)|(?P<infinity>infinity)|(?P<dots>,?\\ldots)",
        r"|(?P<percent>\s*\b(?:percentage|percent|pct)\b)|(?P<sign>\\text\{(?:percentage|percent|pct)\})",
        r"|(?P<inf>inf)|(?P<sqrt> sqrt)"
    );
    TEXT_AT_END = r"\\(?:text|mbox)\{.*?\}(?:\^\d|\{\^\d\})?$";
    UNIT_AT_END = concat!(
        r"(\d|\}|\s)\s*(?:integerpoint|feet|sue|digit|pound|meal|edge|student|children ticket|multiple|east|degree",
        r"|mph|kmph|ft|m square| m east|sq m|deg|mile|[a-hqs] .|monkey|prime|ratio|profit of rs|rd|o|gm|[ap] . m|lb",
        r"|tile|per|dm|lt|gain|ab|way|west|t|h|no change|men|soldier|pie|bc|excess|st|inches|noon|cent|by|gal|kmh|c",
        r"|acre|rise|th|π r 2|sq|mark|l|toy|coin|sq . m|gallon|° f|profit|minw|yr|women|am|pm|hr|cu cm|square",
        r"|v â € ™|are|rupee|rounds|cubic|cc|mtr|s|ohm|number|day|hour|minute|min|second|man|woman|sec|cube|mt",
        r"|sq inch|mp|∏ cm ³|hectare|more|unit|cu . m|cm 2|rs .|rs|kg|g|month|km|m|cm|mm|apple|liter|loss|yard|pure",
        r"|year|increase|decrease|d|less|Surface|litre|pi sq m|metre|meter|inch)(?:s|es)?\s*$"
    );
    BRACKETED_POWER = r"\^\s?\((.*?)\)";
    BRACKETED_ROOT = r"sqrt\s?\((.*?)\)";
    FRAC_OF_DIGITS = r"\\frac\s?(\d)\s?(\d+)";
    LOG_OF_DIGITS = r"\\log_\s?(\d)\s?(\d+)";
    FRAC_OVER_DIGIT = r"\\frac\s?\{(.*?)\}\s?(\d)";
    FRAC_OF_DIGIT = r"\\frac\s?(\d)\s?\{(.*?)\}";
    ROOT_OF_DIGIT = r"\\sqrt\s?(\d)";
    SEPARATOR = r"\b(?:and|or)\b|,|;";
}

fn replaced(pattern: &Pattern, text: &str, with: &str) -> String {
    match pattern.as_ref() {
        Some(regex) => regex.replace_all(text, with).into_owned(),
        None => text.to_owned(),
    }
}

/// Replaces matches by what a function makes of them; where it makes nothing, the search goes on one character later.
fn replaced_where(
    pattern: &Pattern,
    text: &str,
    with: impl Fn(&Captures, &str) -> Option<&'static str>,
) -> String {
    let Some(regex) = pattern.as_ref() else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut from) = (0, 0);
    while let Some(found) = regex.captures_at(text, from) {
        let Some(whole) = found.get(0) else { break };
        match with(&found, text) {
            Some(replacement) => {
                out.push_str(&text[copied..whole.start()]);
                out.push_str(replacement);
                (copied, from) = (whole.end(), whole.end());
            }
            None => {
                from = whole.start()
                    + text[whole.start()..]
                        .chars()
                        .next()
                        .map_or(1, char::len_utf8)
            }
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// A formula in the form in which it is read.
pub(crate) fn normalize(text: &str, boxes: Boxes) -> String {
    let text = unboxed(text, boxes);
    let text = commands(text);
    let text = without_units(text);
    let text = if text.starts_with('.') {
        format!("0{text}")
    } else {
        text
    };
    let text = if text == "0.5" {
        "\\frac{1}{2}".to_owned()
    } else {
        text
    };
    let text = operators(text);
    let text = fractions(&roots(&text));
    slashed(&text).trim().to_owned()
}

/// What the boxes hold, between commas; the text itself if there are none.
fn unboxed(text: &str, boxes: Boxes) -> String {
    // From the last box to the first.
    let mut found: Vec<&str> = Vec::new();
    let mut limit = text.len();
    let mut after: Option<usize> = None;
    let has_frames = text.contains("\\fbox");
    loop {
        let before = &text[..limit];
        let boxed = before.rfind("\\boxed");
        let framed = if has_frames {
            before.rfind("\\fbox")
        } else {
            None
        };
        let Some(start) = boxed.max(framed) else {
            break;
        };
        let command = if boxed > framed { 6 } else { 5 };
        let inner = before[start + command..].trim_start();
        let open = limit - inner.len();
        if !inner.starts_with('{') {
            if found.is_empty() && !inner.is_empty() {
                found.push(&text[open..]);
            }
            break;
        }
        let Some(length) = closing(inner) else {
            if found.is_empty() {
                found.push(&text[open..]);
            }
            break;
        };
        let content = inner[1..length].trim();
        if let (Boxes::Last, Some(next), Some(last)) = (boxes, after, found.last()) {
            let between = &text[open + length + 1..next];
            let characters = between.chars().count();
            let separated = *last != content
                && characters < SEPARATED_BOXES
                && SEPARATOR
                    .as_ref()
                    .is_some_and(|regex| regex.is_match(between));
            if characters >= NEAR_BOXES && !separated {
                break;
            }
        }
        if found.last() != Some(&content) {
            found.push(content);
        }
        after = Some(start);
        limit = start;
    }
    if found.is_empty() {
        return text.to_owned();
    }
    found.reverse();
    found.join(",")
}

/// Where the brace that a text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open += 1,
            b'}' => {
                open -= 1;
                if open == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Commands by their usual names, without those that only change how a formula looks.
fn commands(text: String) -> String {
    let mut text = text;
    for (from, to) in [
        ("\\mathrm{T}", "T"),
        ("\\mathrm{d}", "d"),
        ("{\\rm d}", "d"),
        ("\\left[\\begin{matrix}", "\\begin{bmatrix}"),
        ("\\end{matrix}\\right]", "\\end{bmatrix}"),
    ] {
        text = text.replace(from, to);
    }
    text = replaced(&LEFT, &text, "$1");
    text = replaced(&RIGHT, &text, "$1");
    text = replaced(&PERMUTATIONS, &text, "\\frac{(${1})!}{((${1})-(${2}))!}");
    text = replaced_where(&REMOVED, &text, |found, text| {
        let escaped_quote = text[found.get(0)?.start()..].starts_with(['"', '\''])
            && text[..found.get(0)?.start()].ends_with('\\');
        (!escaped_quote).then_some("")
    });
    text = replaced_where(&REPLACED, &text, replacement);
    text = text.replace(['\n', '\t'], " ");
    if !text.contains("matrix") {
        text = single_slashes(&text);
    }
    text
}

/// What a part of a formula is replaced by, if it is replaced where it stands.
fn replacement(found: &Captures, text: &str) -> Option<&'static str> {
    let whole = found.get(0)?;
    let before = text[..whole.start()].chars().next_back();
    let after = text[whole.end()..].chars().next();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let escaped = before == Some('\\');
    let table = [
        ("text", "\\text"),
        ("frac", "\\frac"),
        ("decimal", " 0."),
        ("braced", "{0."),
        ("approx", "\\approx"),
        ("comma", ","),
        ("word", ","),
        ("words", ","),
        ("space", " "),
        ("infinity", "\\infty"),
        ("dots", " "),
        ("percent", "\\%"),
        ("sign", "%"),
        ("inf", "\\infty"),
        ("sqrt", "\\sqrt"),
    ];
    let (name, with) = table
        .into_iter()
        .find(|(name, _)| found.name(name).is_some())?;
    let stands = match name {
        "word" => !is_letter(before) && !is_letter(after),
        "space" | "inf" => !escaped,
        _ => true,
    };
    stands.then_some(with)
}

/// Commands that were written with two backslashes, with one.
fn single_slashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\\\") {
        let next = rest[at + 2..].chars().next();
        let is_command = next.is_some_and(|c| c.is_ascii_alphabetic());
        out.push_str(&rest[..at]);
        // Where no letter follows the two, the second may be the first of two.
        let (kept, passed) = if is_command { ("\\", 2) } else { ("\\", 1) };
        out.push_str(kept);
        rest = &rest[at + passed..];
    }
    out.push_str(rest);
    out
}

fn without_units(text: String) -> String {
    let mut text = text;
    if let Some(regex) = TEXT_AT_END.as_ref() {
        let rest = regex.replace(&text, "").trim().to_owned();
        if !rest.is_empty() && rest != text {
            text = rest;
        }
    }
    for _ in 0..2 {
        let rest = replaced(&UNIT_AT_END, &text, "$1");
        if !rest.is_empty() {
            text = rest;
        }
    }
    text
}

fn operators(text: String) -> String {
    let mut text = text;
    for (pattern, with) in [
        (&BRACKETED_POWER, "^{${1}}"),
        (&BRACKETED_ROOT, "\\sqrt{${1}}"),
        (&FRAC_OF_DIGITS, "\\frac{${1}}{${2}}"),
        (&LOG_OF_DIGITS, "\\log_{${1}}{${2}}"),
        (&FRAC_OVER_DIGIT, "\\frac{${1}}{${2}}"),
        (&FRAC_OF_DIGIT, "\\frac{${1}}{${2}}"),
        (&ROOT_OF_DIGIT, "\\sqrt{${1}}"),
    ] {
        text = replaced(pattern, &text, with);
    }
    text.replace(" sqrt", "\\sqrt")
}

/// Roots of one character, in braces.
fn roots(text: &str) -> String {
    let mut parts = text.split("\\sqrt");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let part = part.trim_start();
        out.push_str("\\sqrt");
        match part.chars().next() {
            Some(first) if first != '{' && first != '[' => {
                out.push_str(&format!("{{{first}}}{}", &part[first.len_utf8()..]));
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// Fractions of single characters, in braces.
fn fractions(text: &str) -> String {
    let mut parts = text.split("\\frac");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let part = part.trim_start();
        out.push_str("\\frac");
        let mut characters = part.chars();
        match (characters.next(), characters.next()) {
            (Some('{'), _) => out.push_str(part),
            (Some(upper), Some('{')) => {
                out.push_str(&format!("{{{upper}}}{}", &part[upper.len_utf8()..]));
            }
            (Some(upper), Some(lower)) => {
                out.push_str(&format!("{{{upper}}}{{{lower}}}{}", characters.as_str()));
            }
            // A fraction without its lower part: nothing of the formula can be mended.
            _ => return text.to_owned(),
        }
    }
    out
}

/// Two integers with a slash between them, as a fraction.
fn slashed(text: &str) -> String {
    let is_integer = |part: &str| {
        let digits = part.strip_prefix('-').unwrap_or(part);
        let plain = digits == "0" || !digits.starts_with('0');
        !digits.is_empty() && plain && digits.bytes().all(|b| b.is_ascii_digit()) && part != "-0"
    };
    match text.split_once('/') {
        Some((upper, lower)) if is_integer(upper) && is_integer(lower) => {
            format!("\\frac{{{upper}}}{{{lower}}}")
        }
        _ => text.to_owned(),
    }
}
