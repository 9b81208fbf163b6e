//! Values of the reference tools: answers out of texts, classes, judgements, A/B tests, and the same out of containers.

use super::{bytes, data, folder, read, score};
use assay_core::containers::{InMemory, unpack};
use assay_data::{DataSet, Importer};
use assay_eval::classification::classification;
use assay_eval::{advice, statistics};
use assay_experiment::Trial;
use assay_experiment::view::TrialView;
use assay_metrics::asset;
use assay_metrics::registry::MetricSpec;
use assay_metrics::sum_rows;
use assay_rating::exchange;
use assay_results::metric_info::Asset;
use std::path::Path;
use std::rc::Rc;

/// A system's score under the first of the measures that suit the data.
fn first_score(data: &DataSet, system: usize) -> f64 {
    let spec = advice::usual(data).into_iter().next().unwrap();
    let (column, _) = data.systems()[system];
    let metric = spec.metric();
    let rows = statistics(data, metric, column, 0..data.table.rows());
    metric
        .score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()))
        .value
}

#[test]
fn letters_are_found_as_models_write_them() {
    let Some(folder) = folder("53") else {
        return;
    };
    let data = data(&folder, &["mc.jsonl"]);
    let wanted: Vec<Option<f64>> = serde_json::from_slice(&bytes(&folder, "want.json")).unwrap();
    let spec = MetricSpec::named("choice").unwrap();
    let (column, _) = data.systems()[0];
    let rows = statistics(&data, spec.metric(), column, 0..data.table.rows());
    let found = rows.chunks_exact(spec.metric().width());
    let found: Vec<f64> = found.map(|row| spec.metric().segment_score(row)).collect();
    for (row, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
        if let Some(wanted) = wanted {
            assert_eq!(found, wanted, "row {row}");
        }
    }
    // The open row is not counted as right.
    assert_eq!(found.iter().sum::<f64>(), 24.0);
}

#[test]
fn places_in_a_list_are_letters() {
    let Some(folder) = folder("94") else {
        return;
    };
    let data = data(&folder, &["mc.csv"]);
    let scores = [0, 1].map(|system| first_score(&data, system));
    assert!(
        (scores[0] - 0.5).abs() < 1e-9 && (scores[1] - 0.85).abs() < 1e-9,
        "{scores:?}"
    );
}

#[test]
fn llama_factorys_scores_are_as_it_prints_them() {
    let Some(folder) = folder("90") else {
        return;
    };
    // The file that these scores were asked for is that of the first case.
    let first = super::folder("01").unwrap();
    let dictionary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/jieba.bin");
    assert!(asset::load(
        Asset::Jieba,
        &std::fs::read(dictionary).unwrap()
    ));
    let file = "generated_predictions.jsonl";
    let both = [&folder, &first].map(|folder| data(folder, &[file]));
    for (metric, wanted) in [
        ("llamafactory_bleu4", 42.0732),
        ("llamafactory_rouge1", 68.8835),
        ("llamafactory_rouge2", 36.2367),
        ("llamafactory_rougeL", 63.7632),
    ] {
        let found = both.each_ref().map(|data| score(data, metric, "predict"));
        let is_near = |found: &f64| (found - wanted).abs() < 1e-4;
        assert!(found.iter().all(is_near), "{metric}: {found:?}");
    }
}

fn accuracy(data: &DataSet) -> f64 {
    classification(data).unwrap().classifiers[0].accuracy.0
}

#[test]
fn classes_are_compared_by_what_they_are() {
    let Some(folder) = folder("58") else {
        return;
    };
    assert!((accuracy(&data(&folder, &["preds.csv"])) - 7.0 / 9.0).abs() < 1e-9);
    let folder = super::folder("68").unwrap();
    for file in ["81/preds.csv", "81b/preds.csv"] {
        assert!(
            (accuracy(&data(&folder, &[file])) - 0.8333).abs() < 5e-5,
            "{file}"
        );
    }
    let folder = super::folder("60").unwrap();
    let mut data = data(&folder, &["preds.csv"]);
    let apart = classification(&data).unwrap();
    assert!(
        apart
            .alike
            .is_some_and(|alike| alike.labels > alike.classes)
    );
    assert!((accuracy(&data) - 0.5).abs() < 1e-9);
    data.merge_classes = true;
    assert!((accuracy(&data) - 0.9).abs() < 1e-9);
}

#[test]
fn judgements_of_tools_are_read_with_their_raters() {
    for (case, file) in [("35", "ls_min.json"), ("36", "ls.csv")] {
        let Some(folder) = folder(case) else {
            return;
        };
        let judged = exchange::read(file, &bytes(&folder, file)).unwrap().table;
        let names: Vec<&str> = judged.dimensions.iter().map(|d| &*d.name).collect();
        assert_eq!(names, ["helpful"], "{case}");
        assert_eq!(judged.raters.len(), 2, "{case}");
        for (system, mean) in [("base", 2.0), ("tuned", 5.0)] {
            let place = judged.systems.iter().position(|s| s == system).unwrap();
            let values = judged.ratings.iter().filter(|r| r.system == place);
            let values: Vec<f64> = values.map(|r| r.value).collect();
            let found = values.iter().sum::<f64>() / values.len() as f64;
            assert!((found - mean).abs() < 1e-9, "{case}: {system} {found}");
        }
    }
    let folder = folder("24").unwrap();
    let file = "gpt-4_pair.jsonl";
    let judged = exchange::read(file, &bytes(&folder, file)).unwrap().table;
    assert_eq!(judged.comparisons.len(), 14);
}

#[test]
fn units_in_both_arms_are_left_out_and_told() {
    let Some(folder) = folder("71") else {
        return;
    };
    let trial = Trial::of(read(&folder, "exposed_both.csv").unwrap()).unwrap();
    let view = TrialView::of(&trial);
    assert_eq!((view.units, view.crossed), (400, 50));
    let units: Vec<f64> = view.arms.iter().map(|arm| arm.units).collect();
    assert_eq!(units, [150.0, 200.0]);
}

#[test]
fn containers_give_the_same_rows_as_text() {
    for (case, file) in [
        ("40", "outputs.xlsx"),
        ("41", "outputs.parquet"),
        ("41", "outputs.arrow"),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        let mut members = InMemory::default();
        let contents = unpack(file, Rc::new(bytes(&folder, file)), &mut members, &|_| {}).unwrap();
        let [member] = &contents.members[..] else {
            panic!("{file}: {} members", contents.members.len());
        };
        let mut importer = Importer::new(&member.path);
        importer.push(&members.0[0]).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        assert_eq!(data.table.rows(), 8, "{file}");
        let found = score(&data, "bleu", "tuned");
        assert!((found - 33.18).abs() < 0.005, "{file}: {found}");
    }
}

#[test]
fn an_archive_that_unpacks_to_a_great_deal_is_refused() {
    let Some(hostile) = assay_testing::shared("cases/hostile") else {
        return;
    };
    let mut members = InMemory::default();
    let bomb = Rc::new(bytes(&hostile, "zipbomb.zip"));
    assert!(unpack("zipbomb.zip", bomb, &mut members, &|_| {}).is_err());
    let unpacked: usize = members.0.iter().map(Vec::len).sum();
    assert!(unpacked < 300_000_000, "{unpacked} bytes");
}
