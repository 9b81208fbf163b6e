//! What is not to be told is not told: of a row or two, without references, and of twenty systems that are the same.

use super::super::*;
use assay_data::Importer;
use assay_protocol::views::MetricView;
use assay_stats::{Decision, PairedTest, PairedTestKind};

/// All that is decided of any system, measure or slice.
fn decisions(csv: &str, kind: PairedTestKind) -> Vec<Decision> {
    let mut importer = Importer::new("a.csv");
    importer.push(csv.as_bytes()).unwrap();
    let mut session = Session::default();
    session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
    session.give();
    let test = PairedTest {
        kind,
        samples: 300,
        ..PairedTest::default()
    };
    session.evaluate(0, test);
    while let Some((job, task, parcel)) = session.next_job() {
        session.accept(&job, task.run(&parcel).unwrap());
    }
    let view = session.scores_view();
    assert!(view.is_complete() && !view.results.is_empty());
    let all = view.results.iter().flat_map(|MetricView { result, .. }| {
        let systems = result.systems.iter();
        let differences = systems.flat_map(|s| {
            let slices = s.slices.iter().filter_map(|slice| slice.difference);
            s.comparison.map(|c| c.difference).into_iter().chain(slices)
        });
        differences.map(|d| result.decision(&d).expect("every test is done"))
    });
    all.collect()
}

fn nothing_is_decided(csv: &str) {
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        let found = decisions(csv, kind);
        assert!(!found.is_empty());
        assert!(found.iter().all(|d| *d == Decision::NoEvidence), "{csv}");
    }
}

#[test]
fn one_row_and_two_rows_decide_nothing() {
    let row = "{i},the cat sat on the mat,a dog ran away,the cat sat on the mat,3,5\n";
    for rows in 1..=3 {
        let lines: String = (0..rows)
            .map(|i| row.replace("{i}", &i.to_string()))
            .collect();
        let header = "id,reference,base,tuned,judge_base,judge_tuned\n";
        nothing_is_decided(&format!("{header}{lines}"));
    }
}

#[test]
fn without_references_nothing_is_decided() {
    let lines: String = (0..60)
        .map(|i| format!("why {i}?,so so so so so so {i},because of the {i} reasons given\n"))
        .collect();
    nothing_is_decided(&format!("prompt,base,tuned\n{lines}"));
}

#[test]
fn of_twenty_systems_with_the_same_outputs_none_is_better() {
    let systems: Vec<String> = (0..20).map(|s| format!("system{s}")).collect();
    let mut csv = format!("reference,{}\n", systems.join(","));
    for i in 0..40 {
        let output = format!("it was the {i} then");
        let outputs = vec![output; 20].join(",");
        csv.push_str(&format!("it is the {i} now,{outputs}\n"));
    }
    nothing_is_decided(&csv);
}

#[test]
fn many_rows_that_differ_are_decided() {
    let lines: String = (0..40)
        .map(|i| format!("it is the {i} now,a dog ran {i},it is the {i} now\n"))
        .collect();
    let found = decisions(
        &format!("reference,base,tuned\n{lines}"),
        PairedTestKind::Bootstrap,
    );
    assert!(found.contains(&Decision::Better));
}
