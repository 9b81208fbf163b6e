//! Measures that a file holds, as metrics: their rows are the file's numbers.

use assay_data::DataSet;
use assay_data::measures::Measure;
use assay_metrics::Recorded;
use assay_metrics::registry::MetricSpec;

/// Scales that scores are given on, each by its greatest value.
const SCALES: [f64; 4] = [1.0, 5.0, 10.0, 100.0];

/// The file's measures, each with the rows of every system. A measure without a number is left out.
#[must_use]
pub fn recorded(data: &DataSet) -> Vec<(MetricSpec, Vec<Vec<f64>>)> {
    let measures = data.measures();
    measures.iter().filter_map(|m| metric(data, m)).collect()
}

fn metric(data: &DataSet, measure: &Measure) -> Option<(MetricSpec, Vec<Vec<f64>>)> {
    let rows = 0..data.table.rows();
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut matrices = Vec::new();
    for system in 0..measure.columns.len() {
        let mut matrix = Vec::with_capacity(rows.len() * 3);
        for row in rows.clone() {
            match measure.value(data, system, row) {
                Some(x) => {
                    (least, most) = (least.min(x), most.max(x));
                    matrix.extend([x, x * x, 1.0]);
                }
                None => matrix.extend([0.0; 3]),
            }
        }
        matrices.push(matrix);
    }
    // No value at all, or sums that would overflow.
    if !(most - least).is_finite() || !(most * most * rows.len() as f64).is_finite() {
        return None;
    }
    let scale = SCALES.into_iter().find(|s| most <= *s && least >= 0.0);
    let scale = scale.filter(|_| !measure.lower);
    let [least, most] = match measure.range {
        Some(range) => range,
        None => [least.min(0.0), scale.unwrap_or(most)],
    };
    let spec = MetricSpec::Recorded(Recorded {
        measure: measure.name.clone(),
        most,
        best: if measure.lower { least } else { most },
        lower: measure.lower,
    });
    Some((spec, matrices))
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::Importer;
    use assay_data::measure_setting::MeasureSetting;
    use assay_metrics::sum_rows;

    #[test]
    fn the_files_numbers_are_the_rows() {
        let csv = "reference,base,tuned,judge_base,judge_tuned,cost_base,cost_tuned\n\
            a b c,a b,x y z,3,5,0.5,0.25\nd e f,d e,d e f,4,,0.5,0.25\n";
        let mut importer = Importer::new("a.csv");
        importer.push(csv.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        let found = recorded(&data);
        let names: Vec<String> = found.iter().map(|(s, _)| s.scoring().name()).collect();
        assert_eq!(names, ["judge (file)", "cost (file)"]);
        let (judge, matrices) = &found[0];
        assert_eq!(judge.scoring().properties().max, 5.0);
        let score = |m: &Vec<f64>| judge.scoring().score(&sum_rows(m.chunks_exact(3), 3)).value;
        assert_eq!(matrices.iter().map(score).collect::<Vec<_>>(), [3.5, 5.0]);
        assert!(!judge.scoring().is_scored(&matrices[1][3..]));
        assert!(found[1].0.scoring().properties().lower_is_better);
        let mut data = data;
        let setting = MeasureSetting {
            lower: Some(true),
            range: Some([1.0, 7.0]),
            ..MeasureSetting::default()
        };
        data.set_measure(3, &setting).unwrap();
        let said = recorded(&data)[0].0.scoring().properties();
        assert_eq!(
            (said.max, said.best, said.lower_is_better),
            (7.0, 1.0, true)
        );
    }
}
