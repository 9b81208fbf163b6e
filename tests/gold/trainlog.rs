//! Training logs against `trainlog.json`.

use super::*;
use assay_training::findings::{Finding, findings};
use assay_training::read::{LogFile, runs};

#[test]
fn a_real_trainers_log_is_read_to_the_last_digit() {
    let Some(results) = gold("trainlog") else {
        return;
    };
    let path = results["file"].as_str().unwrap().to_owned();
    let bytes = std::fs::read(data(&path)).unwrap();
    let all = runs(vec![LogFile { path, bytes }]).unwrap();
    let run = &all[0];
    let wanted = results["series"].as_object().unwrap();
    assert_eq!(run.series.len(), wanted.len());
    for (name, summary) in wanted {
        let series = run.series.iter().find(|s| s.name == *name).unwrap();
        let points: Vec<(f64, f64)> = series
            .points
            .iter()
            .map(|p| (p.step.unwrap(), p.value))
            .collect();
        assert_eq!(
            points.len() as u64,
            summary["n"].as_u64().unwrap(),
            "{name}"
        );
        let pair = |key: &str| {
            (
                summary[key][0].as_f64().unwrap(),
                summary[key][1].as_f64().unwrap(),
            )
        };
        assert_eq!(points[0], pair("first"));
        assert_eq!(*points.last().unwrap(), pair("last"));
        let least = points
            .iter()
            .copied()
            .reduce(|a, b| if b.1 < a.1 { b } else { a })
            .unwrap();
        assert_eq!(
            least,
            (
                summary["min_step"].as_f64().unwrap(),
                summary["min"].as_f64().unwrap()
            )
        );
        let most = points
            .iter()
            .copied()
            .reduce(|a, b| if b.1 > a.1 { b } else { a })
            .unwrap();
        assert_eq!(
            most,
            (
                summary["max_step"].as_f64().unwrap(),
                summary["max"].as_f64().unwrap()
            )
        );
        let mean = points.iter().map(|p| p.1).sum::<f64>() / points.len() as f64;
        assert!(
            (mean / summary["mean"].as_f64().unwrap() - 1.0).abs() < 1e-12,
            "{name}"
        );
    }
    let chosen = run.chosen.as_ref().unwrap();
    assert_eq!(chosen.metric.as_deref(), Some("eval_wer"));
    assert_eq!(chosen.step, Some(3000.0));
    let found = findings(run);
    assert!(
        matches!(found[..], [Finding::Overfit { above, train_falls: true, .. }] if (above - 0.30846).abs() < 1e-4),
        "{found:?}"
    );
}
