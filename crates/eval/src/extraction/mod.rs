//! From what a system wrote to the answer that measures see: steps such as leaving out reasoning, applied to every
//! output of a system before any measure, and the defaults that follow the data.
//!
//! [`prepare`] gives a data set's systems the steps that their outputs call for; [`set_steps`] gives one system
//! others. The answers then stand in the data set, so that every measure, list and export sees the same text.

mod defaults;
mod markup;

pub use defaults::{prepare, prepare_system};

use assay_data::DataSet;
use assay_data::answers::Answers;
use assay_data::column::TextColumn;
use assay_metrics::answer::{chosen, number};
use assay_metrics::regular_expressions::{Which, find, is_pattern};
use assay_results::extraction::{ExtractionError, ExtractionStep, StepCount, steps_signature};
use assay_text::{fences, reasoning};
use std::borrow::Cow;

/// What a step leaves of a text; the text itself where it changes nothing.
#[must_use]
pub fn apply<'a>(step: &ExtractionStep, text: &'a str) -> Cow<'a, str> {
    let or_empty = |found: Option<String>| Cow::Owned(found.unwrap_or_default());
    match step {
        ExtractionStep::Reasoning => reasoning::without_reasoning(text),
        ExtractionStep::EndTokens => markup::before_end_token(text),
        ExtractionStep::Stop { parameter } => match text.find(parameter.as_str()) {
            Some(end) => Cow::Borrowed(&text[..end]),
            None => Cow::Borrowed(text),
        },
        ExtractionStep::Fence => Cow::Borrowed(fences::inside_fence(text).unwrap_or(text)),
        ExtractionStep::CodeBlock => Cow::Borrowed(fences::code_block(text).unwrap_or(text)),
        ExtractionStep::Boxed => Cow::Borrowed(markup::boxed(text).unwrap_or("")),
        ExtractionStep::Choice => or_empty(chosen(text).map(String::from)),
        ExtractionStep::Number => or_empty(number(text).map(|x| x.to_string())),
        ExtractionStep::FirstMatch { parameter } => {
            or_empty(find(parameter, text, Which::First).map(|m| m.1))
        }
        ExtractionStep::LastMatch { parameter } => {
            or_empty(find(parameter, text, Which::Last).map(|m| m.1))
        }
        ExtractionStep::JsonField { parameter } => or_empty(markup::json_field(text, parameter)),
    }
}

/// Checks that steps can be applied.
///
/// # Errors
/// When an expression does not compile, or a step lacks its parameter.
pub fn check(steps: &[ExtractionStep]) -> Result<(), ExtractionError> {
    for step in steps {
        if step.parameter().is_some_and(str::is_empty) {
            let step = step.name().to_owned();
            return Err(ExtractionError::NoParameter { step });
        }
        if let ExtractionStep::FirstMatch { parameter } | ExtractionStep::LastMatch { parameter } =
            step
            && !is_pattern(parameter)
        {
            let pattern = parameter.clone();
            return Err(ExtractionError::Pattern { pattern });
        }
    }
    Ok(())
}

/// Gives a system's outputs these steps. Without steps measures see the outputs as they are.
///
/// # Errors
/// When a step can't be applied; what was set before stays.
pub fn set_steps(
    data: &mut DataSet,
    column: usize,
    steps: Vec<ExtractionStep>,
) -> Result<(), ExtractionError> {
    check(&steps)?;
    apply_steps(data, column, steps);
    Ok(())
}

fn apply_steps(data: &mut DataSet, column: usize, steps: Vec<ExtractionStep>) {
    let mut counts = vec![StepCount::default(); steps.len()];
    let mut texts = TextColumn::default();
    let rows = if steps.is_empty() {
        0
    } else {
        data.table.rows()
    };
    for row in 0..rows {
        let raw = data.raw_output(column, row);
        let answer = steps
            .iter()
            .zip(&mut counts)
            .fold(Cow::Borrowed(raw), |text, (step, count)| {
                applied(step, text, count)
            });
        texts.push((answer != raw).then_some(&*answer));
    }
    let answers = Answers {
        steps,
        counts,
        texts,
    };
    data.set_answers(column, answers);
}

/// One step on one text, counted.
fn applied<'a>(step: &ExtractionStep, text: Cow<'a, str>, count: &mut StepCount) -> Cow<'a, str> {
    let after = match &text {
        Cow::Borrowed(text) => apply(step, text),
        Cow::Owned(text) => Cow::Owned(apply(step, text).into_owned()),
    };
    let is_changed = after != text;
    count.changed += usize::from(is_changed);
    count.emptied += usize::from(is_changed && after.trim().is_empty());
    after
}

/// What a signature says of the steps: nothing where all systems' outputs are seen as they are, one list where it is
/// the same for all, or else a list for each system.
#[must_use]
pub fn signature(data: &DataSet) -> Option<String> {
    let lists: Vec<String> = data
        .systems()
        .iter()
        .map(|(column, _)| steps_signature(data.steps(*column)))
        .collect();
    let first = lists.first()?;
    if lists.iter().all(|list| list == first) {
        return (first != "raw").then(|| format!("out:{first}"));
    }
    Some(format!("out:{}", lists.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::data;

    #[test]
    fn steps_change_what_measures_see_and_are_counted() {
        let mut data = data(
            "reference,base,tuned\nfour cats,four cats,<think>2+2</think>four cats\nfive,six,<think>on and on\n",
        );
        prepare(&mut data);
        let tuned = data.systems()[1].0;
        assert_eq!(data.steps(tuned), [ExtractionStep::Reasoning]);
        assert_eq!(data.hypothesis(tuned, 0), "four cats");
        assert_eq!(data.raw_output(tuned, 0), "<think>2+2</think>four cats");
        assert_eq!(data.blank_outputs(tuned), 1);
        let counts = [StepCount {
            changed: 2,
            emptied: 1,
        }];
        assert_eq!(
            data.answers(tuned).map(|a| &a.counts[..]),
            Some(&counts[..])
        );
        assert_eq!(signature(&data).as_deref(), Some("out:raw,reasoning"));
        set_steps(&mut data, tuned, Vec::new()).unwrap();
        assert_eq!(data.hypothesis(tuned, 0), "<think>2+2</think>four cats");
        assert_eq!(signature(&data), None);
    }

    #[test]
    fn a_chain_takes_each_step_on_what_the_one_before_left() {
        let mut data = data("reference,tuned\nB,<think>A?</think>So: (B)\nC,no letter\n");
        let tuned = data.systems()[0].0;
        let steps = vec![ExtractionStep::Reasoning, ExtractionStep::Choice];
        set_steps(&mut data, tuned, steps).unwrap();
        assert_eq!(data.hypothesis(tuned, 0), "B");
        assert_eq!(data.hypothesis(tuned, 1), "");
        assert_eq!(signature(&data).as_deref(), Some("out:reasoning+choice"));
        let broken = vec![ExtractionStep::FirstMatch {
            parameter: "(".into(),
        }];
        assert!(matches!(
            set_steps(&mut data, tuned, broken),
            Err(ExtractionError::Pattern { .. })
        ));
        assert_eq!(data.hypothesis(tuned, 0), "B", "what was set stays");
    }
}
