//! What kind of task a data set is of, seen from its references and outputs: which metrics stand first
//! follows from it.

use super::glance::{cells, rows};
use assay_data::{DataSet, Role};
use assay_metrics::answer::{chosen, is_number, number};
use assay_metrics::math::is_formula;
use assay_results::task_kind::TaskKind;
use assay_text::outcome::outcome;
use assay_text::script::is_cjk;

/// Per cent of rows that have to look alike.
const MOST: usize = 90;
/// Per cent of rows with a formula that show answers to be mathematics: the rest may be numbers or words.
const FORMULAS: usize = 10;
/// Per cent of numbers with a fraction that show degrees: counts and places have none.
const FRACTIONS: usize = 10;
/// Per cent of outputs that are exactly the reference from which on numbers are answers: degrees are rarely hit.
const HITS: usize = 50;
/// References from which on they show a kind; a handful may look alike by chance.
const FEWEST: usize = 8;
/// Words of a short answer, a CJK character counting as half of one.
const SHORT: f64 = 6.0;

/// Whether nearly all cells are of a kind.
fn nearly_all(cells: &[&str], is: impl Fn(&str) -> bool) -> bool {
    let found = cells.iter().filter(|c| is(c)).count();
    !cells.is_empty() && found * 100 >= cells.len() * MOST
}

fn words(text: &str) -> f64 {
    let cjk = text.chars().filter(|c| is_cjk(*c)).count() as f64;
    let rest: String = text
        .chars()
        .map(|c| if is_cjk(c) { ' ' } else { c })
        .collect();
    cjk / 2.0 + rest.split_whitespace().count() as f64
}

/// A letter alone, as the answer to a question with choices.
fn is_letter(text: &str) -> bool {
    let inside = text.trim_matches(|c: char| c.is_whitespace() || "()（）[].".contains(c));
    inside.chars().count() == 1 && chosen(text).is_some()
}

/// A place in a list of at most ten options, as numbers alone are written: `2`, or `2.0` in a column with gaps.
fn place(text: &str) -> Option<f64> {
    let value: f64 = text.trim().parse().ok()?;
    (value.fract() == 0.0 && (0.0..=10.0).contains(&value)).then_some(value)
}

/// Whether of references and outputs the ones are letters and the others places of letters in a list, and from where
/// those count. At least half of the outputs have to choose a letter, as a model fails to here and there.
fn indexed(references: &[&str], outputs: &[&str]) -> Option<TaskKind> {
    let choosing = outputs.iter().filter(|t| chosen(t).is_some()).count();
    let places: &[&str] = if nearly_all(outputs, |t| place(t).is_some()) {
        nearly_all(references, is_letter).then_some(outputs)?
    } else {
        let all = references.iter().all(|t| place(t).is_some());
        (all && choosing * 2 >= outputs.len()).then_some(references)?
    };
    let least = places.iter().filter_map(|t| place(t)).reduce(f64::min)?;
    Some(match least < 1.0 {
        true => TaskKind::ChoiceFromZero,
        false => TaskKind::ChoiceFromOne,
    })
}

/// Whether references and outputs are numbers that say how much: nearly all bare numbers, some with a fraction, and the
/// outputs seldom exactly right.
fn are_degrees(data: &DataSet) -> bool {
    let cell = |column: usize, row: usize| data.table.cell(column, row).map(str::trim);
    let [right, own] = [Role::Reference, Role::Hypothesis].map(|role| data.columns_with(role));
    let pairs: Vec<[&str; 2]> = rows(data)
        .flat_map(|row| {
            let right = right.first().and_then(|column| cell(*column, row));
            let each = own.iter().filter_map(move |column| cell(*column, row));
            each.filter_map(move |own| Some([right?, own]))
        })
        .filter(|pair| pair.iter().all(|cell| !cell.is_empty()))
        .collect();
    let numbers = pairs.iter().filter_map(|pair| {
        let [right, own] = pair.map(|cell| cell.parse::<f64>().ok());
        Some([right?, own?])
    });
    let numbers: Vec<[f64; 2]> = numbers.collect();
    let share = |found: usize, all: usize| found * 100 / all.max(1);
    let fractions = numbers.iter().flatten().filter(|x| x.fract() != 0.0);
    let hits = numbers.iter().filter(|[right, own]| right == own);
    share(numbers.len(), pairs.len()) >= MOST
        && share(fractions.count(), 2 * numbers.len()) >= FRACTIONS
        && share(hits.count(), numbers.len()) < HITS
}

/// A number alone, or a solution that ends in one by GSM8K's mark.
fn is_result(text: &str) -> bool {
    is_number(text) || (text.contains("####") && number(text).is_some())
}

fn is_json(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['{', '[']) && serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Whether the references are answers to mathematical questions: some are formulas in LaTeX, and the others short, or
/// all are solutions with a formula in a box.
fn are_formulas(references: &[&str]) -> bool {
    let formulas = references.iter().filter(|t| is_formula(t)).count();
    formulas * 100 >= references.len() * FORMULAS
        && nearly_all(references, |t| is_formula(t) || words(t) <= SHORT)
}

/// The kind of task.
#[must_use]
pub fn kind(data: &DataSet) -> TaskKind {
    let filled = |role: Role| -> Vec<&str> {
        let found = cells(data, role).into_iter();
        found.filter(|c| !c.trim().is_empty()).collect()
    };
    if nearly_all(&filled(Role::Hypothesis), |t| outcome(t).is_some())
        && data.column_with(Role::Reference).is_none()
    {
        return TaskKind::Outcome;
    }
    let references = filled(Role::Reference);
    if references.is_empty() {
        return TaskKind::Open;
    }
    type Looks = fn(&str) -> bool;
    let kinds: [(TaskKind, Looks); 4] = [
        (TaskKind::Choice, is_letter),
        (TaskKind::Number, is_result),
        (TaskKind::Json, is_json),
        (TaskKind::Answer, |t| words(t) <= SHORT),
    ];
    if references.len() < FEWEST {
        return TaskKind::Text;
    }
    if let Some(kind) = indexed(&references, &filled(Role::Hypothesis)) {
        return match data.choices_from_zero {
            Some(true) => TaskKind::ChoiceFromZero,
            Some(false) => TaskKind::ChoiceFromOne,
            None => kind,
        };
    }
    // JSON has backslashes too.
    if !nearly_all(&references, is_json) && are_formulas(&references) {
        return TaskKind::Math;
    }
    if are_degrees(data) {
        return TaskKind::Degree;
    }
    let found = kinds
        .into_iter()
        .find(|(_, is)| nearly_all(&references, is));
    found.map_or(TaskKind::Text, |(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::Importer;

    #[test]
    fn the_task_kind_is_guessed_from_the_references() {
        let of = |text: &str| {
            let mut importer = Importer::new("a.jsonl");
            importer.push(text.as_bytes()).unwrap();
            kind(&DataSet::join(vec![importer.finish().unwrap()]).unwrap())
        };
        let rows = |references: [&str; 3]| {
            let line = |r: &&str| {
                serde_json::json!({"reference": r, "model": format!("I think it is {r}, all in all, and no other")}).to_string() + "\n"
            };
            references.iter().map(line).collect::<String>().repeat(3)
        };
        for (references, expected) in [
            (["A", "(b)", "C."], TaskKind::Choice),
            (["12", "$1,000", "so it is\n#### 7"], TaskKind::Number),
            (["\\frac{1}{2}", "12", "(1, 2)"], TaskKind::Math),
            (
                [
                    "We solve it step by step and get $\\boxed{3}$ in the end.",
                    "Both roots are real, so the sum is $\\boxed{-4}$.",
                    "Hence \\boxed{x+1} is what remains of the fraction.",
                ],
                TaskKind::Math,
            ),
            (["{\"a\": 1}", "[]", "{}"], TaskKind::Json),
            (["Eiffel Tower", "1889", "法国巴黎"], TaskKind::Answer),
            (
                [
                    "A long sentence that goes on for a while and says things",
                    "Another of the same sort, which is not short at all",
                    "今天的天气非常好，我们决定一起去公园散步聊天",
                ],
                TaskKind::Text,
            ),
        ] {
            assert_eq!(of(&rows(references)), expected, "{references:?}");
        }
        let choices = |pairs: [(&str, &str); 3]| {
            let line = |(reference, output): &(&str, &str)| {
                serde_json::json!({"reference": reference, "model": output}).to_string() + "\n"
            };
            pairs.iter().map(line).collect::<String>().repeat(3)
        };
        for (pairs, expected) in [
            (
                [("0", "A"), ("1", "The answer is B."), ("3", "?")],
                TaskKind::ChoiceFromZero,
            ),
            (
                [("1", "A"), ("2.0", "(B)"), ("3", "A")],
                TaskKind::ChoiceFromOne,
            ),
            (
                [("A", "0"), ("B", "1"), ("D", "3")],
                TaskKind::ChoiceFromZero,
            ),
            (
                [("0", "it is 0"), ("1", "1"), ("3", "so A has 3")],
                TaskKind::Number,
            ),
        ] {
            assert_eq!(of(&choices(pairs)), expected, "{pairs:?}");
        }
        let counts = "{\"task_id\":1,\"model\":\"x\",\"n\":2,\"c\":1}\n{\"task_id\":2,\"model\":\"x\",\"n\":2,\"c\":0}\n";
        assert_eq!(of(counts), TaskKind::Outcome);
        assert_eq!(
            of("{\"output\":\"some words\"}\n{\"output\":\"more words\"}\n"),
            TaskKind::Open
        );
    }

    #[test]
    fn numbers_that_say_how_much_are_told_from_answers() {
        let of = |pair: fn(f64) -> [f64; 2]| {
            let rows = (0..20).map(|i| {
                let [right, output] = pair(f64::from(i));
                format!("sentence {i},{right},{output}\n")
            });
            let text = format!("source,reference,tuned\n{}", rows.collect::<String>());
            let mut importer = Importer::new("a.csv");
            importer.push(text.as_bytes()).unwrap();
            kind(&DataSet::join(vec![importer.finish().unwrap()]).unwrap())
        };
        assert_eq!(of(|i| [i / 4.0, i / 4.0 + 0.125]), TaskKind::Degree);
        assert_eq!(of(|i| [i / 4.0, i / 4.0]), TaskKind::Number, "all are hit");
        assert_eq!(of(|i| [i, i + 20.0]), TaskKind::Number, "whole numbers");
    }
}
