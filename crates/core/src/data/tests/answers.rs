//! Answers out of outputs: what is shown of the steps, how they are changed, and measures that a file holds.

use super::*;
use assay_protocol::data::SetSteps;
use assay_results::extraction::{ExtractionError, ExtractionStep};

const REASONED: &str = "reference,base,tuned\nthe cat sat,the cat sat,<think>a cat</think>the cat sat\n\
    a dog ran,a dog ran,<think>and on and on\n";

fn exact_match(world: &World) -> Vec<f64> {
    let scores = world.scores();
    let em = scores.results.iter().find(|m| m.result.name == "EM");
    let systems = em
        .expect("short answers are held to EM")
        .result
        .systems
        .iter();
    systems.map(|s| s.score.value).collect()
}

#[test]
fn reasoning_is_left_out_told_and_can_be_left_in() {
    let world = World::with("a.csv", REASONED);
    let summary = world.worker.ask(Summarize {}).unwrap().unwrap().summary;
    let [base, tuned] = &summary.answers[..] else {
        panic!("two systems");
    };
    assert!(base.steps.is_empty());
    assert_eq!(tuned.steps, [ExtractionStep::Reasoning]);
    assert_eq!((tuned.counts[0].changed, tuned.counts[0].emptied), (2, 1));
    assert_eq!(summary.blanks, [0, 1]);
    assert_eq!(exact_match(&world), [100.0, 50.0]);
    let detail = world
        .worker
        .ask(RowDetail {
            row: 0,
            against: None,
        })
        .unwrap();
    assert_eq!(detail.outputs[0].raw, None);
    assert_eq!(detail.outputs[1].text, "the cat sat");
    let raw = detail.outputs[1].raw.as_deref();
    assert_eq!(raw, Some("<think>a cat</think>the cat sat"));
    let signatures = world.scores();
    let mut signatures = signatures.results.iter().map(|m| &m.result.signature);
    assert!(signatures.all(|s| s.ends_with("|out:raw,reasoning")));

    let columns = vec![tuned.column];
    let set = |columns: &[usize], steps: Vec<ExtractionStep>| {
        let columns = columns.to_vec();
        world.worker.ask(SetSteps { columns, steps })
    };
    set(&columns, Vec::new()).unwrap();
    world.configure();
    assert_eq!(exact_match(&world), [100.0, 0.0]);
    let broken = ExtractionStep::LastMatch {
        parameter: "(".into(),
    };
    let refused = set(&columns, vec![broken]);
    let Err(CallFailure::Service(DataError::Steps { error })) = refused else {
        panic!("an expression that does not compile");
    };
    assert!(matches!(error, ExtractionError::Pattern { .. }));
    let refused = set(&[0], Vec::new());
    assert!(matches!(
        refused,
        Err(CallFailure::Service(DataError::NoSystem { column: 0 }))
    ));
}

#[test]
fn a_number_in_the_file_is_a_measure_with_an_interval_and_a_test() {
    let mut text = "reference,base,tuned,judge_base,judge_tuned\n".to_owned();
    for row in 0..30 {
        let better = 3 + row % 3;
        text += &format!(
            "some words {row},words of {row},words here {row},{},{better}\n",
            row % 3
        );
    }
    let world = World::with("a.csv", &text);
    let scores = world.scores();
    let judge = scores
        .results
        .iter()
        .find(|m| m.result.name == "judge (file)");
    let judge = &judge.expect("the file's measure is scored").result;
    let means: Vec<f64> = judge.systems.iter().map(|s| s.score.value).collect();
    assert_eq!(means, [1.0, 4.0]);
    let tuned = &judge.systems[1];
    assert!(tuned.interval.is_some());
    let comparison = tuned.comparison.expect("it is compared with the baseline");
    assert_eq!((comparison.wins, comparison.losses), (30, 0));
    assert!(comparison.difference.p_value.is_some_and(|p| p < 0.01));
}
