//! A judge beside people: means and rates corrected by the items that people have labelled, and whether the judge can
//! take a person's place.

use super::answer::{Answer, number};
use super::columns::{numbers, table};
use super::error::StatsError;
use super::ranges::not_negative;
use assay_stats::alternative_annotator::{Alignment, FEWEST_ITEMS, SKILLED, alternative_annotator};
use assay_stats::prediction_powered::corrected_mean;
use assay_stats::rogan_gladen::{Accuracy, Labelled, corrected_rate};
use clap::{Args, ValueEnum};
use serde_json::json;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// Prediction-powered inference with power tuning (PPI++), for a mean of any numbers
    Ppi,
    /// By how often the judge is right (Rogan and Gladen), for 0 and 1
    RoganGladen,
}

#[derive(Args)]
pub(super) struct Corrected {
    /// A table: CSV, TSV, JSON or JSONL
    file: String,
    /// The column of people's values; blank where nobody has judged
    #[arg(long, value_name = "COLUMN")]
    people: String,
    /// The column of the judge's values
    #[arg(long, value_name = "COLUMN")]
    judge: String,
    /// How the judge's values are corrected
    #[arg(long, value_enum, default_value = "ppi")]
    method: Method,
    /// Resamples behind the interval (rogan-gladen)
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    samples: u32,
    /// The seed of resampling (rogan-gladen)
    #[arg(long, default_value_t = 12345)]
    seed: u64,
}

impl Corrected {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let table = table(&self.file)?;
        let (people, judge) = (
            numbers(&table, &self.people)?,
            numbers(&table, &self.judge)?,
        );
        let (mut labels, mut predictions, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for (label, judged) in people.into_iter().zip(judge) {
            match (label, judged) {
                (Some(label), Some(judged)) => {
                    labels.push(label);
                    predictions.push(judged);
                }
                (None, Some(judged)) => rest.push(judged),
                (_, None) => {}
            }
        }
        if labels.is_empty() || rest.is_empty() {
            return Err(StatsError::NothingToCorrect {
                labelled: labels.len(),
                unlabelled: rest.len(),
            });
        }
        let answer = Answer::default()
            .with("labelled", labels.len() as f64)
            .with("unlabelled", rest.len() as f64);
        Ok(match self.method {
            Method::Ppi => {
                let found = corrected_mean(&labels, &predictions, &rest);
                answer
                    .with("value", found.map(|f| f.value))
                    .interval("interval", found.map(|f| f.interval))
                    .interval("cautious_interval", found.map(|f| f.cautious))
                    .with("standard_error", found.map(|f| f.error))
                    .with("weight", found.map(|f| f.weight))
                    .with("standard_error_of_twice", found.map(|f| f.error_of_twice))
            }
            Method::RoganGladen => self.by_accuracy(answer, &labels, &predictions, &rest)?,
        })
    }

    fn by_accuracy(
        &self,
        answer: Answer,
        labels: &[f64],
        predictions: &[f64],
        rest: &[f64],
    ) -> Result<Answer, StatsError> {
        let all = labels.iter().chain(predictions).chain(rest);
        if let Some(other) = all.copied().find(|value| ![0.0, 1.0].contains(value)) {
            return Err(StatsError::NotYesOrNo { value: other });
        }
        let pairs = labels.iter().zip(predictions);
        let labelled: Vec<Labelled> = pairs
            .map(|(people, judge)| Labelled {
                people: *people == 1.0,
                judge: *judge == 1.0,
            })
            .collect();
        let judged: Vec<bool> = rest.iter().map(|yes| *yes == 1.0).collect();
        let accuracy = Accuracy::of(&labelled);
        let found = corrected_rate(&labelled, &judged, self.samples as usize, self.seed);
        Ok(answer
            .with("true_positive_rate", accuracy.map(|a| a.sensitivity))
            .with("true_negative_rate", accuracy.map(|a| a.specificity))
            .with("value", found.map(|f| f.value))
            .interval("interval", found.map(|f| f.interval)))
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AlignmentName {
    /// The part of the other people who say the same
    Same,
    /// The distance to the other people, for numbers
    Near,
}

#[derive(Args)]
pub(super) struct Replace {
    /// A table: CSV, TSV, JSON or JSONL; a row for each item
    file: String,
    /// The columns of people's values, one each
    #[arg(long, value_name = "COLUMN", num_args = 2.., required = true)]
    people: Vec<String>,
    /// The column of the judge's values
    #[arg(long, value_name = "COLUMN")]
    judge: String,
    /// How near two values are
    #[arg(long, value_enum, default_value = "same")]
    alignment: AlignmentName,
    /// The advantage that a person is granted: 0.2 for experts, 0.15 for skilled annotators, 0.1 for others
    #[arg(long, default_value_t = SKILLED, value_parser = not_negative)]
    granted: f64,
}

impl Replace {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let table = table(&self.file)?;
        let people: Result<Vec<_>, _> = self.people.iter().map(|p| numbers(&table, p)).collect();
        let judge = numbers(&table, &self.judge)?;
        let alignment = match self.alignment {
            AlignmentName::Same => Alignment::Same,
            AlignmentName::Near => Alignment::Near,
        };
        let found = alternative_annotator(&people?, &judge, alignment, self.granted);
        let found = found.ok_or(StatsError::TooFewItems {
            needed: FEWEST_ITEMS,
        })?;
        let mut answer = Answer::default()
            .with("winning_rate", found.winning_rate)
            .with("advantage", found.advantage);
        for person in &found.people {
            answer.row([
                ("person", json!(self.people[person.person])),
                ("items", number(person.items as f64)),
                ("advantage", number(person.advantage)),
                ("p_value", number(person.p_value)),
                ("matched", json!(person.is_matched)),
            ]);
        }
        Ok(answer)
    }
}
