//! The session's part in what of the data stands in training files.

use super::{LIST_TEXT, Session};
use assay_data::DataSet;
use assay_eval::text::shortened;
use assay_overlap::Kind;
use assay_protocol::overlap::OverlapView;

impl Session {
    /// Changes what was found in training files, and with it a slice. What was computed of all rows stays.
    pub(crate) fn change_overlaps(&mut self, change: impl FnOnce(&mut DataSet)) {
        change(self.data.amend());
        self.texts_revision += 1;
        let kept: Vec<Option<usize>> = (0..self.columns().len()).map(Some).collect();
        self.schedule.keep_systems(&self.data, &kept);
        self.selected = None;
        self.digest.take();
        self.scores_changed = true;
        if let Some(study) = self.study.take() {
            if study.is_complete() {
                self.compare_models(&study);
            }
            self.study = Some(study);
        }
    }

    /// What was found in training files so far.
    pub(crate) fn overlaps(&self) -> Vec<OverlapView> {
        let names = self.data.table.names();
        let view = |check: &assay_data::overlaps::OverlapCheck| OverlapView {
            column: check.column.map(|column| names[column].clone()),
            texts: {
                let examples = check.report.examples.iter();
                examples
                    .map(|e| self.compared_text(e.row, e.kind))
                    .collect()
            },
            report: check.report.clone(),
        };
        self.data.overlaps.iter().map(view).collect()
    }

    /// A row's prompt or reference, shortened.
    fn compared_text(&self, row: usize, kind: Option<Kind>) -> String {
        let texts = self.data.test_row(row);
        let texts = match kind {
            Some(Kind::Reference) => texts.references,
            _ => texts.prompts,
        };
        texts
            .first()
            .map_or_else(String::new, |text| shortened(text, LIST_TEXT))
    }
}
