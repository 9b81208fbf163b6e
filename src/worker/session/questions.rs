//! The session's part in questions beyond the scores.

use super::Session;
use crate::evaluation::MetricResult;
use crate::worker::outliers::outliers;
use crate::worker::protocol::Response;
use crate::worker::questions::{Answer, Question, agreement, apart, pairs, texts};

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
            Question::Apart {
                system,
                pair: [a, b],
            } => {
                let pair = [self.schedule.result(a)?, self.schedule.result(b)?];
                Answer::Apart(apart(&self.data, pair, system))
            }
        };
        let answer = Box::new(answer);
        Some(Response::Answer { question, answer })
    }
}
