//! The verdicts of math-verify, which `make_math.py` writes.

use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    version: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    gold: String,
    answer: String,
    equal: bool,
}

/// The part of cases with the tool's verdict, and those with another.
fn agreement(text: &str) -> (f64, Vec<String>) {
    let file: File = serde_json::from_str(text).unwrap();
    assert_eq!(file.version, assay_math::MATH_VERIFY);
    let total = file.cases.len();
    let wrong = file
        .cases
        .into_iter()
        .filter(|case| assay_math::equal(&case.gold, &case.answer) != case.equal);
    let wrong = wrong.map(|c| {
        format!(
            "{} {:?} {:?}",
            if c.equal { "missed" } else { "invented" },
            c.gold,
            c.answer
        )
    });
    let wrong: Vec<String> = wrong.collect();
    let part = 1.0 - wrong.len() as f64 / total as f64;
    println!("agreement {part} in {total} cases");
    (part, wrong)
}

#[test]
fn verdicts_are_those_of_math_verify_in_99_of_100_cases() {
    let (part, wrong) = agreement(include_str!("math.json"));
    println!("{}", wrong.join("\n"));
    assert!(part >= 0.99, "{part}:\n{}", wrong.join("\n"));
}

#[test]
fn verdicts_agree_as_well_on_cases_that_nothing_was_adjusted_to() {
    let (part, wrong) = agreement(include_str!("held_out.json"));
    assert!(part >= 0.98, "{part}:\n{}", wrong.join("\n"));
}
