//! The session's part in questions beyond the scores.

use super::Session;
use crate::evaluation::MetricResult;
use crate::worker::protocol::Response;
use crate::worker::questions::{Answer, Question, agreement, pairs, texts};

impl Session {
    /// Answers a question; nothing while what it is about is not there.
    pub fn question(&self, question: Question) -> Option<Response> {
        let answer = match question {
            Question::Texts => Answer::Texts(texts(&self.data)),
            Question::Pairs { metric } => {
                let baseline = self.schedule.evaluation().baseline;
                Answer::Pairs(pairs(self.schedule.result(metric)?, baseline))
            }
            Question::Agreement { system, pair } => {
                let results: Vec<&MetricResult> = self.schedule.results().collect();
                Answer::Agreement(agreement(&self.data, &results, system, pair))
            }
        };
        let answer = Box::new(answer);
        Some(Response::Answer { question, answer })
    }
}
