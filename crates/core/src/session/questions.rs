//! The session's part in questions beyond the scores. What a metric's result is needed for is nothing while
//! there is none.

use super::Session;
use assay_eval::outliers::outliers;
use assay_eval::questions::{agreement, disagreements, error_bars, pairs, texts};
use assay_protocol::scores::ScoresError;
use assay_results::outliers::OutliersView;
use assay_results::questions::{
    AgreementView, DisagreementView, ErrorBarsView, PairsView, TextsView,
};
use assay_results::scores::{MetricId, MetricResult};

impl Session {
    /// Statistics of the systems' texts.
    pub fn text_statistics(&self) -> TextsView {
        texts(&self.data)
    }

    /// Other paired tests of a metric's segments.
    ///
    /// # Errors
    /// When there is no such metric.
    pub fn paired_tests(&self, metric: MetricId) -> Result<Option<PairsView>, ScoresError> {
        let baseline = self.schedule.evaluation().baseline;
        let result = self.result_of(metric)?;
        let clusters = self.schedule.clusters();
        Ok(result.map(|result| pairs(result, baseline, clusters)))
    }

    /// How sure the systems' means under a metric are.
    ///
    /// # Errors
    /// When there is no such metric.
    pub fn error_bars(&self, metric: MetricId) -> Result<Option<ErrorBarsView>, ScoresError> {
        let result = self.result_of(metric)?;
        Ok(result.map(|result| error_bars(&self.data, result)))
    }

    /// How the metrics correlate over a system's segments.
    pub fn metric_agreement(&self, system: usize) -> AgreementView {
        let results: Vec<&MetricResult> = self.schedule.results().collect();
        agreement(&results, system)
    }

    /// A system's segments that stand out.
    ///
    /// # Errors
    /// When there is no such metric.
    pub fn outliers(
        &self,
        metric: MetricId,
        system: usize,
    ) -> Result<Option<OutliersView>, ScoresError> {
        let baseline = self.schedule.evaluation().baseline;
        let result = self.result_of(metric)?;
        Ok(result.map(|result| outliers(&self.data, result, baseline, system)))
    }

    /// A system's segments that two metrics rank most differently.
    ///
    /// # Errors
    /// When there is no such metric.
    pub fn disagreements(
        &self,
        system: usize,
        [first, second]: [MetricId; 2],
    ) -> Result<Option<DisagreementView>, ScoresError> {
        let pair = [self.result_of(first)?, self.result_of(second)?];
        let [Some(first), Some(second)] = pair else {
            return Ok(None);
        };
        Ok(Some(disagreements(&self.data, [first, second], system)))
    }

    fn result_of(&self, metric: MetricId) -> Result<Option<&MetricResult>, ScoresError> {
        Ok(self.schedule.result(self.place_of(metric)?))
    }
}
