//! The session's part in questions beyond the scores.

use super::Session;
use assay_eval::outliers::outliers;
use assay_eval::questions::{agreement, disagreements, pairs, texts};
use assay_protocol::messages::Response;
use assay_results::questions::{Answer, Question};
use assay_results::scores::MetricResult;

impl Session {
    /// Answers a question; nothing while what it is about is not there.
    pub fn question(&self, question: Question) -> Option<Response> {
        let answer = match question {
            Question::Texts => Answer::Texts(texts(&self.data)),
            Question::Pairs { metric } => {
                let baseline = self.schedule.evaluation().baseline;
                Answer::Pairs(pairs(self.schedule.result(metric)?, baseline))
            }
            Question::Agreement { system } => {
                let results: Vec<&MetricResult> = self.schedule.results().collect();
                Answer::Agreement(agreement(&results, system))
            }
            Question::Outliers { metric, system } => {
                let baseline = self.schedule.evaluation().baseline;
                let result = self.schedule.result(metric)?;
                Answer::Outliers(outliers(&self.data, result, baseline, system))
            }
            Question::Disagreement {
                system,
                pair: [a, b],
            } => {
                let pair = [self.schedule.result(a)?, self.schedule.result(b)?];
                Answer::Disagreement(disagreements(&self.data, pair, system))
            }
        };
        let answer = Box::new(answer);
        Some(Response::Answer { question, answer })
    }
}
