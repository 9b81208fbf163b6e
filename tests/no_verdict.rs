//! Where nothing can be known, the sentence on the page and the report call no system better or worse: one and two rows,
//! a file without references, and twenty systems with the same outputs. The command line is held to the same in
//! `crates/cli/tests/files.rs`.

use assay::verdict::answer;
use assay_core::session::Session;
use assay_data::{DataSet, Importer};
use assay_report::content::{Content, metric_part};
use assay_report::rules::verdict;
use assay_report::write::{Standing, headline};
use assay_results::scores::MetricResult;
use assay_stats::{PairedTest, PairedTestKind};

/// A session in which all tests are through.
fn tested(csv: &str, kind: PairedTestKind) -> Session {
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
    session
}

/// The keys of the sentences about all systems but the baseline.
fn sentences(results: &[&MetricResult], systems: usize) -> Vec<&'static str> {
    let each = (1..systems).map(|system| answer(results, system, results.len()));
    each.map(|answer| answer.expect("every test is done").key())
        .collect()
}

fn report_of(results: &[&MetricResult]) -> Content {
    let parts = results.iter().map(|result| metric_part(result));
    Content {
        metrics: parts.collect(),
        ..Content::default()
    }
}

/// The sentences, once for each test.
fn undecided(csv: &str) -> Vec<&'static str> {
    let mut all = Vec::new();
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        let session = tested(csv, kind);
        let results = session.results();
        assert!(!results.is_empty());
        let summary = session.summary();
        let passed = verdict(&report_of(&results));
        assert!(passed.better.is_empty() && passed.worse.is_empty(), "{csv}");
        let headline = headline(&passed).map(|headline| headline.standing);
        assert_eq!(headline, Some(Standing::NoEvidence), "{csv}");
        all.extend(sentences(&results, summary.systems.len()));
    }
    all
}

#[test]
fn one_to_three_rows_are_too_few() {
    for rows in [1, 2, 3] {
        let line = "the cat sat on the mat,a dog ran away,the cat sat on the mat,3,5\n";
        let csv = format!(
            "reference,base,tuned,judge_base,judge_tuned\n{}",
            line.repeat(rows)
        );
        assert_eq!(undecided(&csv), ["verdict-too-few"; 2], "{rows}");
    }
}

#[test]
fn without_references_measures_only_describe() {
    let line = |i| format!("why {i}?,so so so so so so {i},because of the {i} reasons given\n");
    let lines: String = (0..60).map(line).collect();
    let csv = format!("prompt,base,tuned\n{lines}");
    let keys = undecided(&csv);
    let says_nothing = |key: &&str| ["verdict-describes", "verdict-same"].contains(key);
    assert!(keys.iter().all(says_nothing), "{keys:?}");
}

#[test]
fn twenty_systems_with_the_same_outputs_are_the_same() {
    let systems: Vec<String> = (0..20).map(|s| format!("system{s}")).collect();
    let mut csv = format!("reference,{}\n", systems.join(","));
    for i in 0..40 {
        let outputs = vec![format!("it was the {i} then"); 20].join(",");
        csv.push_str(&format!("it is the {i} now,{outputs}\n"));
    }
    assert_eq!(undecided(&csv), ["verdict-same"; 38]);
}

#[test]
fn a_difference_on_many_rows_is_called_by_its_name() {
    let line = |i| format!("it is the {i} now,a dog ran {i},it is the {i} now\n");
    let lines: String = (0..40).map(line).collect();
    let session = tested(
        &format!("reference,base,tuned\n{lines}"),
        PairedTestKind::Bootstrap,
    );
    let results = session.results();
    assert_eq!(sentences(&results, 2), ["verdict-better"]);
    let passed = verdict(&report_of(&results));
    assert!(!passed.better.is_empty() && passed.worse.is_empty());
}
