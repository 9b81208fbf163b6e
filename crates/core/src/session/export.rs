//! The session's results as files to save.

use super::Session;
use assay_protocol::views::{ExportKind, ExportedFile};
use assay_report as report;
use assay_results::scores::MetricResult;

impl Session {
    /// A file with the results so far.
    pub fn export(&self, kind: ExportKind) -> ExportedFile {
        let mut results: Vec<&MetricResult> = self.schedule.results().collect();
        let compared: Vec<&MetricResult> = self.compared.results().collect();
        let (name, mime, text) = match kind {
            ExportKind::Json => {
                let evaluation = self.schedule.evaluation();
                let mut value = report::json(evaluation.baseline, &evaluation.test, &results);
                if !compared.is_empty() {
                    value["models"] = self.models_json(&compared);
                }
                (
                    "assay-results.json",
                    "application/json",
                    format!("{value:#}"),
                )
            }
            ExportKind::Csv => {
                results.extend(compared);
                ("assay-results.csv", "text/csv", report::csv(&results))
            }
            ExportKind::SegmentsCsv => (
                "assay-segments.csv",
                "text/csv",
                report::segments_csv(&results),
            ),
            ExportKind::RatingsLong | ExportKind::RatingsWide | ExportKind::RatingsJson => {
                self.ratings_file(kind)
            }
        };
        ExportedFile {
            name: name.into(),
            mime: mime.into(),
            bytes: text.into(),
        }
    }
}
