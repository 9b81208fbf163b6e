//! The table of runs of Weights & Biases as CSV: a row for each run, with the last value of each quantity beside
//! settings. These hold of whole runs and are no curves.

use super::format::Format;
use crate::literal::parse;
use crate::names::{is_held_out, is_telling, key};
use crate::source::Source;
use crate::{Run, Total};

/// Exported tables of runs.
pub(crate) const FORMAT: Format = Format {
    name: "wandb-runs",
    detects: |source| !runs(source).is_empty(),
    read: |source| Ok(runs(source)),
};

/// The runs that have values; none where it is another table.
fn runs(source: &Source) -> Vec<Run> {
    let Some(imported) = source.table() else {
        return Vec::new();
    };
    let table = &imported.table;
    let keys: Vec<String> = table.names().iter().map(|name| key(name)).collect();
    let is_here = |wanted: &&str| keys.iter().any(|key| key == wanted);
    let name = keys.iter().position(|key| key == "name");
    let Some(name) = name.filter(|_| ["state", "created", "runtime"].iter().all(is_here)) else {
        return Vec::new();
    };
    let is_result = |column: &usize| is_held_out(&keys[*column]) || is_telling(&keys[*column]);
    let results: Vec<usize> = (0..keys.len()).filter(is_result).collect();
    let row = |row: usize| Run {
        name: table.cell(name, row).unwrap_or_default().to_owned(),
        totals: results
            .iter()
            .filter_map(|column| {
                Some(Total {
                    name: table.names()[*column].clone(),
                    value: table.cell(*column, row).and_then(parse)?,
                })
            })
            .collect(),
        ..Run::default()
    };
    let runs = (0..table.rows()).map(row);
    runs.filter(|run| !run.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::{LogFile, is_log, runs};

    #[test]
    fn each_row_is_a_run_of_totals() {
        let text = "\"Name\",\"State\",\"Notes\",\"User\",\"Tags\",\"Created\",\"Runtime\",\"Sweep\",\"lora_r\",\"_step\",\"eval/loss\",\"train/loss\"\n\
            \"r8\",\"finished\",\"-\",\"ann\",\"\",\"2026-01-01T10:00:00.000Z\",\"912\",\"\",\"8\",\"300\",\"1.5\",\"1.25\"\n\
            \"r64\",\"crashed\",\"-\",\"ann\",\"\",\"2026-01-02T10:00:00.000Z\",\"12\",\"\",\"64\",\"10\",\"\",\"2.5\"\n";
        assert!(is_log("wandb_export.csv", text.as_bytes()));
        let file = LogFile {
            path: "wandb_export.csv".into(),
            bytes: text.into(),
        };
        let found = runs(vec![file]).unwrap();
        let names: Vec<&str> = found.iter().map(|run| run.name.as_str()).collect();
        assert_eq!(names, ["r8", "r64"]);
        assert_eq!(
            (found[0].total("eval_loss"), found[1].total("eval_loss")),
            (Some(1.5), None)
        );
        assert_eq!(found[1].points(), 0);
    }
}
