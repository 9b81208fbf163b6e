//! The session's part in comparing by an encoder.

use super::Session;
use crate::semantic::{EncoderInfo, Semantic};
use assay_lm::encoder::compare::{Compared, Segment};
use assay_results::encoder::Plan;

impl Session {
    /// Begins, or goes on with, comparing by this encoder. Returns the plan with its layer settled.
    pub fn compare_by(&mut self, plan: Plan, encoder: EncoderInfo) -> Plan {
        let same = self.semantic.take().filter(|s| s.is(&plan, &encoder));
        let work = same.unwrap_or_else(|| Semantic::new(plan, encoder, &self.data));
        let plan = work.plan().clone();
        self.semantic = Some(work);
        plan
    }

    /// Whether all segments are compared.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        let (done, total) = self.compare_progress();
        total > 0 && done == total
    }

    /// Segments through and segments in all.
    #[must_use]
    pub fn compare_progress(&self) -> (usize, usize) {
        self.semantic.as_ref().map_or((0, 0), Semantic::progress)
    }

    /// The next segments to compare, at most `count`, each with its row.
    #[must_use]
    pub fn uncompared(&self, count: usize) -> Vec<(usize, Segment)> {
        let work = self.semantic.as_ref();
        work.map_or(Vec::new(), |s| s.next(&self.data, count))
    }

    /// Takes a segment's rows.
    pub fn take_compared(&mut self, row: usize, compared: Vec<Compared>) {
        if let Some(work) = &mut self.semantic {
            work.take(row, compared);
        }
    }

    /// All references of `rows` rows, beginning with the row `first`.
    #[must_use]
    pub fn reference_texts(&self, first: usize, rows: usize) -> Vec<String> {
        let all = self.data.table.rows();
        let range = first.min(all)..all.min(first + rows);
        let texts = range.flat_map(|row| self.data.references(row));
        texts.map(str::to_owned).collect()
    }

    /// Forgets what was compared.
    pub fn forget_compared(&mut self) {
        self.semantic = None;
        self.give();
    }
}
