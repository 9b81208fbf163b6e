//! Scores of classifiers compared with scikit-learn.

use super::*;
use assay_stats::classification::curves::Curve;
use assay_stats::classification::probability::*;
use assay_stats::classification::{Average, Confusion, Weight};

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect()
}

fn check(entry: &Value, truth: &[String], predicted: &[String]) {
    let pairs: Vec<(&str, &str)> = truth
        .iter()
        .zip(predicted)
        .map(|(t, p)| (t.as_str(), p.as_str()))
        .collect();
    let c = Confusion::of(&pairs);
    let what = |name: &str| format!("{name} of {}", entry["file"]);
    let near = |got: f64, expected: &Value, name: &str| {
        assert_close(got, expected.as_f64().unwrap(), || what(name));
    };
    for (row, expected) in c
        .counts
        .iter()
        .zip(entry["confusion_rows_true"].as_array().unwrap())
    {
        let row: Vec<f64> = row.iter().map(|n| *n as f64).collect();
        assert_eq!(row, floats(expected));
    }
    near(c.accuracy(), &entry["accuracy"], "accuracy");
    near(
        c.balanced_accuracy(),
        &entry["balanced_accuracy"],
        "balanced accuracy",
    );
    near(c.mcc(), &entry["mcc"], "mcc");
    near(1.0 - c.accuracy(), &entry["hamming_loss"], "hamming loss");
    if let Some(expected) = entry["balanced_accuracy_adjusted"]
        .as_f64()
        .filter(|x| x.is_finite())
    {
        let found = c.balanced_accuracy_adjusted();
        assert_close(found.unwrap(), expected, || what("adjusted accuracy"));
    }
    for (weight, name) in [
        (Weight::Plain, "kappa"),
        (Weight::Linear, "kappa_linear"),
        (Weight::Quadratic, "kappa_quadratic"),
    ] {
        match entry[name].as_f64() {
            Some(expected) => assert_close(c.kappa(weight).unwrap(), expected, || what(name)),
            None => assert_eq!(c.kappa(weight), None),
        }
    }
    for (average, name) in [
        (Average::Macro, "macro"),
        (Average::Micro, "micro"),
        (Average::Weighted, "weighted"),
    ] {
        let found = c.average(average);
        near(found.precision, &entry[name]["precision"], name);
        near(found.recall, &entry[name]["recall"], name);
        near(found.f1, &entry[name]["f1"], name);
        near(found.jaccard, &entry[name]["jaccard"], name);
        near(found.f2, &entry[name]["f2"], name);
        near(found.f05, &entry[name]["f05"], name);
    }
    for label in 0..c.labels.len() {
        let found = c.class(label);
        near(
            found.precision,
            &entry["per_class"]["precision"][label],
            "precision",
        );
        near(found.recall, &entry["per_class"]["recall"][label], "recall");
        near(found.f1, &entry["per_class"]["f1"][label], "f1");
        near(
            c.support(label) as f64,
            &entry["per_class"]["support"][label],
            "support",
        );
    }
}

#[test]
fn classification_equals_scikit_learn() {
    let Some(results) = gold("classification") else {
        return;
    };
    for entry in results["edge"].as_array().unwrap() {
        check(entry, &texts(&entry["y"]), &texts(&entry["p"]));
    }
    for entry in results["with_probabilities"].as_array().unwrap() {
        let path = data(entry["file"].as_str().unwrap());
        let text = std::fs::read_to_string(path).unwrap();
        let mut lines = text.lines();
        let classes = lines.next().unwrap().split(',').count() - 2;
        let cells: Vec<Vec<&str>> = lines.map(|l| l.split(',').collect()).collect();
        let column = |i: usize| cells.iter().map(|r| r[i].to_owned()).collect::<Vec<_>>();
        check(entry, &column(0), &column(1));
        let truth: Vec<usize> = cells.iter().map(|r| r[0].parse().unwrap()).collect();
        let rows: Vec<Vec<f64>> = cells
            .iter()
            .map(|r| r[2..].iter().map(|p| p.parse().unwrap()).collect())
            .collect();
        let near = |got: f64, expected: &Value, name: &str| {
            let expected = expected.as_f64().unwrap();
            assert_close(got, expected, || format!("{name} of {}", entry["file"]));
        };
        near(log_loss(&rows, &truth), &entry["log_loss"], "log loss");
        near(
            brier(&rows, &truth),
            &entry["brier_multiclass_sum"],
            "brier",
        );
        let curves = one_vs_rest(&rows, &truth, classes);
        if let [_, curve] = &curves[..] {
            check_binary(entry, curve, &rows, &truth);
            continue;
        }
        near(
            top_accuracy(&rows, &truth, 2),
            &entry["top2_accuracy"],
            "top 2",
        );
        let auc = &entry["roc_auc"];
        let all = micro(&rows, &truth);
        near(all.roc_auc().unwrap(), &auc["ovr_micro"], "micro");
        near(
            all.average_precision(),
            &entry["average_precision"]["micro"],
            "micro precision",
        );
        for (class, curve) in curves.iter().enumerate() {
            near(
                curve.roc_auc().unwrap(),
                &auc["ovr_per_class"][class],
                "class area",
            );
            near(
                curve.average_precision(),
                &entry["average_precision"]["per_class"][class],
                "class precision",
            );
        }
        let precision = &entry["average_precision"];
        let rest = auc_ovr(&curves).unwrap();
        let pairs = auc_ovo(&rows, &truth, classes).unwrap();
        let precisions = average_precision(&curves);
        for (each, plain, weighted) in [
            (&rest, &auc["ovr_macro"], &auc["ovr_weighted"]),
            (&pairs, &auc["ovo_macro"], &auc["ovo_weighted"]),
            (&precisions, &precision["macro"], &precision["weighted"]),
        ] {
            near(averaged(each, false), plain, "plain area");
            near(averaged(each, true), weighted, "weighted area");
        }
    }
}

fn check_binary(entry: &Value, curve: &Curve, rows: &[Vec<f64>], truth: &[usize]) {
    let expected = &entry["binary_positive_1"];
    let what = || format!("{}", entry["file"]);
    let near = |got: f64, expected: &Value| assert_close(got, expected.as_f64().unwrap(), what);
    near(curve.roc_auc().unwrap(), &expected["roc_auc"]);
    near(curve.average_precision(), &expected["average_precision"]);
    near(curve.precision_recall_area(), &expected["pr_auc_trapezoid"]);
    near(log_loss(rows, truth), &expected["log_loss"]);
    near(brier(rows, truth) / 2.0, &expected["brier"]);
    near(
        curve.partial_auc(0.1).unwrap(),
        &entry["roc_auc_max_fpr_0.1"],
    );
    let turns = curve.turns();
    let kept = &entry["roc_curve"]["thresholds"];
    assert_eq!(turns.len() + 1, kept.as_array().unwrap().len());
    for (place, turn) in turns.iter().enumerate() {
        near(turn.threshold, &kept[place + 1]);
    }
    let all = &entry["roc_curve_all"];
    let roc = curve.roc();
    for (place, (x, y)) in roc.iter().enumerate() {
        near(*x, &all["fpr"][place]);
        near(*y, &all["tpr"][place]);
    }
    let thresholds = entry["pr_curve"]["thresholds"].as_array().unwrap().len();
    assert_eq!(curve.points.len(), thresholds);
    // scikit-learn has the lowest threshold first.
    for (place, (recall, precision)) in curve.precision_recall().iter().rev().enumerate() {
        near(*recall, &entry["pr_curve"]["recall"][place]);
        near(*precision, &entry["pr_curve"]["precision"][place]);
    }
    let items: Vec<(f64, bool)> = rows
        .iter()
        .zip(truth)
        .map(|(r, t)| (r[1], *t == 1))
        .collect();
    let bins = reliability(&items, 10);
    near(
        calibration_error(&bins),
        &entry["ece_10_equal_width_right_closed"],
    );
    for (bins, name) in [
        (bins, "calibration_uniform_10"),
        (reliability_by_count(&items, 10), "calibration_quantile_10"),
    ] {
        let expected = floats(&entry[name]["fraction_positive"]);
        assert_eq!(bins.len(), expected.len(), "{name}");
        for (place, bin) in bins.iter().enumerate() {
            near(bin.positive, &entry[name]["fraction_positive"][place]);
            near(bin.probability, &entry[name]["mean_predicted"][place]);
        }
    }
}

#[test]
fn a_judge_against_people_matches_scikit_learn() {
    let Some(results) = gold("classification") else {
        return;
    };
    let read = |name: &str| -> Vec<Value> {
        let path = data("pandalm").join(name);
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let people = read("testset-v1.json");
    // Of three annotators who all differ, the first decides.
    let majority = |row: &Value| {
        let votes = ["annotator1", "annotator2", "annotator3"].map(|a| row[a].clone());
        let many = |v: &&Value| votes.iter().filter(|o| o == v).count() > 1;
        votes.iter().find(many).unwrap_or(&votes[0]).to_string()
    };
    for entry in results["llm_judge_vs_human"].as_array().unwrap() {
        let (file, field) = match entry["judge"].as_str().unwrap() {
            "pandalm-7b" => ("pandalm-7b-testset-v1.json", "pandalm_result"),
            _ => ("gpt-3.5-turbo-testset-v1.json", "gpt_result"),
        };
        let (mut truth, mut judged) = (Vec::new(), Vec::new());
        for (row, judge) in people.iter().zip(read(file)) {
            assert_eq!(row["idx"], judge["idx"]);
            let verdict = judge[field].to_string().replace('"', "");
            if !["0", "1", "2"].contains(&verdict.as_str()) {
                continue;
            }
            judged.push(verdict);
            truth.push(match entry["truth"].as_str().unwrap() {
                "majority" => majority(row),
                name => row[name].to_string(),
            });
        }
        assert_eq!(Some(truth.len()), usize_of(&entry["n"]));
        check(entry, &truth, &judged);
    }
}
