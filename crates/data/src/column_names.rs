//! What the name of a column says by its words: `correct_answer` is a reference and `predicted_answer` an output, whatever
//! else the list of known names has. Names are in lower case with `_` between words, as [`normalized`] writes them.

use crate::name_words::{
    ANSWERS, ANSWERS_ZH, ASKING, CLASSES, CLASSES_ZH, OFTEN_REFERENCES, QUESTIONS, QUESTIONS_ZH,
    REMARKS, REMARKS_ZH, RIGHT, RIGHT_ZH, SAID, SAID_ZH, TAKEN_OUT, WRONG,
};
use crate::names::{ABOUT, MEASURES, REFERENCE};
use crate::role::Role;

/// The column's name without list index, case and separators (`expectedOutput` and `Expected output` are
/// `expected_output`); and, for nested names, the last part alone.
pub(crate) fn normalized(name: &str) -> (String, String) {
    let base = snake_case(name.split('[').next().unwrap_or(name).trim());
    let base = base.replace([' ', '-'], "_");
    let last = base.rsplit('.').next().unwrap_or(&base).to_owned();
    (base, last)
}

/// `expectedOutput` as `expected_output`.
fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && after_lower {
            out.push('_');
        }
        after_lower = c.is_lowercase();
        out.extend(c.to_lowercase());
    }
    out
}

/// Whether a name begins with one of some words.
fn begins(name: &str, words: &[&str]) -> bool {
    rest_after(name, words).is_some()
}

/// What follows one of some words at the beginning of a name.
fn rest_after<'a>(name: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let rest = name.strip_prefix(word)?.strip_prefix(['_', '.'])?;
        (!rest.is_empty()).then_some(rest)
    })
}

/// Whether a name ends with one of some words.
fn ends(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let before = name.strip_suffix(word);
        before.is_some_and(|before| before.is_empty() || before.ends_with(['_', '.']))
    })
}

fn is_made_of(name: &str, first: &[&str], last: &[&str]) -> bool {
    first.iter().any(|first| {
        let rest = name.strip_prefix(first);
        rest.is_some_and(|rest| last.contains(&rest.trim_start_matches('_')))
    })
}

/// Whether a name says that a column holds what is right: `correct_answer`, `期望输出`.
pub(crate) fn is_reference(name: &str) -> bool {
    let english = rest_after(name, &RIGHT).is_some_and(|rest| ANSWERS.contains(&rest));
    // 实际输出 is what a system said, and 真实标签 a class.
    let said = is_made_of(name, &["实际"], &ANSWERS_ZH);
    english || (is_made_of(name, &RIGHT_ZH, &ANSWERS_ZH) && !said)
}

/// Whether a name says that a column holds what a system said, without naming one: `predicted_answer`, `模型回答`.
pub(crate) fn is_output(name: &str) -> bool {
    let english = rest_after(name, &SAID).is_some_and(|rest| ANSWERS.contains(&rest));
    english || is_made_of(name, &SAID_ZH, &ANSWERS_ZH)
}

/// Whether a name says that a column holds true classes: `expected_label`, `真实类别`.
pub(crate) fn is_label(name: &str) -> bool {
    let english = rest_after(name, &RIGHT).is_some_and(|rest| CLASSES.contains(&rest));
    let actual = rest_after(name, &["actual"]).is_some_and(|rest| CLASSES.contains(&rest));
    english || actual || is_made_of(name, &RIGHT_ZH, &CLASSES_ZH)
}

/// Whether a name says that a column holds predicted classes: `predicted_intent`, `预测类别`.
pub(crate) fn is_prediction(name: &str) -> bool {
    let first = ["predicted", "prediction", "pred", "model"];
    let english = rest_after(name, &first).is_some_and(|rest| CLASSES.contains(&rest));
    english || is_made_of(name, &["预测", "模型预测", "模型"], &CLASSES_ZH)
}

/// Whether a name says that a column holds what systems were asked: `user_question`, `客户问题`.
pub(crate) fn is_question(name: &str) -> bool {
    let asks = rest_after(name, &ASKING).is_some_and(|rest| ["query", "message"].contains(&rest));
    asks || ends(name, &QUESTIONS) || QUESTIONS_ZH.iter().any(|last| name.ends_with(last))
}

/// Whether a name says that a column holds something about a row and no answer: `judge_reason`, `备注`.
pub(crate) fn is_remark(name: &str) -> bool {
    ends(name, &REMARKS)
        || REMARKS_ZH.iter().any(|last| name.ends_with(last))
        || ends(name, &["id", "ids", "url", "urls", "link", "links"])
        || begins(name, &WRONG)
        || is_option(name)
        // Names such as `_identifier` are a tool's own.
        || (name.starts_with('_') && !name.starts_with("__"))
}

/// Whether a name says that a column holds one of the choices of a question: `option_a`, `choice2`, `选项B`.
fn is_option(name: &str) -> bool {
    let rest = ["option", "opt", "choice", "选项"]
        .iter()
        .find_map(|first| name.strip_prefix(first));
    rest.is_some_and(|rest| {
        let mut chars = rest.trim_start_matches('_').chars();
        let place = chars.next();
        place.is_some_and(|c| c.is_ascii_alphanumeric()) && chars.next().is_none()
    })
}

/// Whether a name says that a column holds what a tool took out of an output: `extracted_answer`.
pub(crate) fn is_taken_out(name: &str) -> bool {
    begins(name, &TAKEN_OUT)
}

/// Whether a name is one that references often have, and other columns as often.
pub(crate) fn is_often_reference(name: &str) -> bool {
    OFTEN_REFERENCES.contains(&name)
}

/// What a name is called without words that say that a system said it: `summary` of `predicted_summary`.
pub(crate) fn without_said(name: &str) -> Option<&str> {
    rest_after(name, &SAID).or_else(|| {
        let last = ["_pred", "_predicted", "_prediction"];
        last.iter().find_map(|last| name.strip_suffix(last))
    })
}

/// Names that say nothing about which system wrote the column.
const GENERIC: [&str; 14] = [
    "prediction",
    "predictions",
    "hyp",
    "hypothesis",
    "output",
    "outputs",
    "response",
    "filtered_resps[0]",
    "resps[0][0]",
    "text",
    "completion",
    "answer",
    "predict",
    "generated_text",
];

/// Whether a column's name says nothing about which system wrote it.
pub(crate) fn is_generic(name: &str) -> bool {
    let lower = name.to_lowercase();
    let known = GENERIC.contains(&lower.as_str()) || lower.starts_with("outputs.");
    known || is_output(&normalized(name).0)
}

/// Whether a name, or a word of it, is of a number that measures something.
pub(crate) fn is_measure(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let mut chinese = MEASURES.iter().filter(|word| !word.is_ascii());
    MEASURES.contains(&name)
        || words.any(|word| MEASURES.contains(&word))
        || chinese.any(|word| name.contains(word))
}

/// Whether a name says that a column names a language: `target_lang`, `源语言`.
pub(crate) fn names_a_language(name: &str) -> bool {
    ends(name, &["lang", "language"]) || name.ends_with("语言")
}

/// Whether a name says where a reference is from: `reference_url`.
pub(crate) fn is_about_a_reference(name: &str) -> bool {
    let mut words = name.split('_');
    let is_reference = words.next().is_some_and(|first| REFERENCE.contains(&first));
    is_reference && words.next_back().is_some_and(|last| ABOUT.contains(&last))
}

/// The role that one part of a longer name gives: `newstest14.ref`, `human_reference`,
/// `参考-人工`. Only words that mean nothing else; a label's name says what it is.
pub(crate) fn part_role(name: &str) -> Option<Role> {
    const PARTS: [(&str, Role); 10] = [
        ("ref", Role::Reference),
        ("refs", Role::Reference),
        ("reference", Role::Reference),
        ("references", Role::Reference),
        ("gold", Role::Reference),
        ("golden", Role::Reference),
        ("参考", Role::Reference),
        ("src", Role::Source),
        ("source", Role::Source),
        ("prompt", Role::Source),
    ];
    if name.contains("label") || name.contains("标签") {
        return None;
    }
    let mut parts = name.split(['_', '.', ' ']);
    parts.find_map(|part| {
        PARTS
            .iter()
            .find(|(word, _)| *word == part)
            .map(|(_, role)| *role)
    })
}

/// `ref1`, `ref_2`, `refB`, `reference 1`; for `p`: `p0`, `p_1`.
pub(crate) fn numbered(name: &str, prefix: &str) -> bool {
    let Some(rest) = name.strip_prefix(prefix) else {
        return false;
    };
    let rest = if prefix == "ref" {
        rest.strip_prefix("erence").unwrap_or(rest)
    } else {
        rest
    };
    let rest = rest.trim_start_matches('_');
    !rest.is_empty()
        && (rest.bytes().all(|b| b.is_ascii_digit())
            || (prefix == "ref" && rest.len() == 1 && rest.as_bytes()[0].is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name_say_what_a_column_holds() {
        for name in [
            "Correct Answer",
            "expectedResponse",
            "human-translation",
            "正确答案",
            "人工译文",
        ] {
            assert!(is_reference(&normalized(name).0), "{name}");
        }
        for name in [
            "incorrect_answer",
            "actual_answer",
            "实际输出",
            "target_model",
            "真实标签",
        ] {
            assert!(!is_reference(&normalized(name).0), "{name}");
        }
        for name in [
            "predicted_answer",
            "Model Output",
            "实际输出",
            "机器译文",
            "AI回复",
        ] {
            assert!(is_output(&normalized(name).0), "{name}");
        }
        for name in ["expected_label", "true class", "真实类别"] {
            assert!(is_label(&normalized(name).0), "{name}");
        }
        for name in [
            "judge_reason",
            "备注",
            "Trace ID",
            "option_a",
            "选项B",
            "incorrect_answers",
        ] {
            assert!(is_remark(&normalized(name).0), "{name}");
        }
        for name in ["base", "commented", "optional", "模型A", "reasoner"] {
            assert!(!is_remark(&normalized(name).0), "{name}");
        }
        assert_eq!(without_said("predicted_summary"), Some("summary"));
    }
}
