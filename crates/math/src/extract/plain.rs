//! Numbers and sums outside of formulas.

use super::candidate::{Candidate, Content, Rank};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Before a number or a sum: the beginning, white space or an equals sign, and maybe the sign of bold text.
const BEFORE: &str = r"(?:^|\s|=)(?:\*\*)?";
/// A sum: it begins with a digit, and has a sign.
const SUM: &str = r"(?P<sum>-?\(?-?\d[\d.\s+\-*×/^()÷]*[+\-*×/^()÷][\d.\s+\-*×/^()÷]+\)?)";
/// After a sum.
const AFTER: &str = r"(?:\*\*)?(?:\.|,|:|\s|\)|\$|$)";
/// Signs of currencies, which may stand before a number.
const CURRENCY: &str = "[$€£¥฿₠-⃀]?";
/// A number: with separators between thousands, with a decimal point or comma, with decimals alone, or an integer.
const NUMBER: &str = concat!(
    r"(?:(?P<grouped>-?[1-9]\d{0,2}(?:[ ,]\d{3})+)(?P<tail>\.\d+)?|(?P<whole>-?\d+)(?P<decimals>[.,]\d+)",
    r"|(?P<lone>\.\d+)|(?P<integer>-?\d+))(?P<percent>\s*(?:%|[Pp]ercent|[Pp]ercentage|[Pp]ct))?"
);

static PATTERNS: LazyLock<Vec<(Rank, Regex)>> = LazyLock::new(|| {
    let sum = format!("{BEFORE}{SUM}{AFTER}");
    let number = format!("{BEFORE}{CURRENCY}{NUMBER}");
    let either = format!("(?P<what>{sum}|{number})");
    // No equals sign may follow: then the number is the left side of something.
    let no_equals = r"\s*(?:[^\s=]|\z)";
    let within = r"(?:.{0,100}=\s*|.{0,50}?)";
    let patterns = [
        (
            Rank::Hoped,
            format!(r"(?i:final answer is):?\s*{either}\.?\s?I hope"),
        ),
        (
            Rank::Final,
            format!(r"(?i:final answer.{{0,100}}?)\s+is:?{either}"),
        ),
        (
            Rank::AnswerColon,
            format!("(?i:answer):{within}{either}{no_equals}"),
        ),
        (
            Rank::Answer,
            format!("(?i:answer){within}{either}{no_equals}"),
        ),
        (Rank::Any, format!("(?P<what>{sum})")),
        (Rank::Any, format!("(?P<what>{number})")),
    ];
    let compiled = patterns
        .into_iter()
        .filter_map(|(rank, text)| Some((rank, Regex::new(&text).ok()?)));
    compiled.collect()
});

/// The numbers and sums of a rank.
pub(super) fn find(text: &str, rank: Rank) -> Vec<Candidate<'_>> {
    let mut found = Vec::new();
    for (_, pattern) in PATTERNS.iter().filter(|(of, _)| *of == rank) {
        let mut from = 0;
        while let Some(captures) = pattern.captures_at(text, from) {
            let (Some(whole), Some(what)) = (captures.get(0), captures.name("what")) else {
                break;
            };
            from = what.end();
            let content = content(text, &captures);
            found.extend(content.map(|content| Candidate {
                start: whole.start(),
                end: what.end(),
                content,
            }));
        }
    }
    found
}

fn content<'t>(text: &'t str, captures: &Captures) -> Option<Content<'t>> {
    let group = |name: &str| captures.name(name).map(|found| &text[found.range()]);
    if let Some(sum) = group("sum") {
        return Some(Content::Arithmetic(sum));
    }
    let integer = group("grouped")
        .or(group("whole"))
        .or(group("integer"))
        .unwrap_or("");
    let decimals = group("tail")
        .or(group("decimals"))
        .or(group("lone"))
        .unwrap_or("");
    let plain = integer.replace([',', ' '], "");
    let stripped = plain.trim_start_matches('0');
    let integer = if stripped.is_empty() { "0" } else { stripped };
    let number = format!("{integer}{}", decimals.replace(',', "."));
    Some(Content::Number(number, group("percent").is_some()))
}
