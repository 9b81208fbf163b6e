//! Scores of classifiers: from labels, and from probabilities.

use super::answer::{Answer, number};
use super::columns::{numbers, table, words};
use super::error::StatsError;
use super::ranges::probability;
use assay_stats::classification::curves::Curve;
use assay_stats::classification::{Average, Confusion, Weight};
use assay_stats::proportion::wilson;
use clap::Args;
use serde_json::json;

#[derive(Args)]
pub(super) struct Classifier {
    /// A table: CSV, TSV, JSON or JSONL
    file: String,
    /// The column with the true labels
    #[arg(long, value_name = "COLUMN")]
    truth: String,
    /// The column with the predicted labels
    #[arg(long, value_name = "COLUMN")]
    predicted: String,
}

impl Classifier {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let table = table(&self.file)?;
        let (truth, predicted) = (words(&table, &self.truth)?, words(&table, &self.predicted)?);
        let pairs = truth.into_iter().zip(predicted);
        let pairs: Vec<(&str, &str)> = pairs.filter_map(|(t, p)| Some((t?, p?))).collect();
        if pairs.is_empty() {
            return Err(StatsError::NoRows);
        }
        let found = Confusion::of(&pairs);
        let (right, total) = (found.right() as f64, found.total() as f64);
        let mut answer = Answer::default()
            .with("items", total)
            .with("accuracy", found.accuracy())
            .interval("accuracy_interval", wilson(right, total))
            .with("balanced_accuracy", found.balanced_accuracy())
            .with("macro_f1", found.average(Average::Macro).f1)
            .with("weighted_f1", found.average(Average::Weighted).f1)
            .with("mcc", found.mcc())
            .with("kappa", found.kappa(Weight::Plain));
        for (label, name) in found.labels.iter().enumerate() {
            let class = found.class(label);
            answer.row([
                ("label", json!(name)),
                ("precision", number(class.precision)),
                ("recall", number(class.recall)),
                ("specificity", number(found.specificity(label))),
                ("f1", number(class.f1)),
                ("support", json!(found.support(label))),
            ]);
        }
        Ok(answer)
    }
}

#[derive(Args)]
pub(super) struct CurveAreas {
    /// A table: CSV, TSV, JSON or JSONL
    file: String,
    /// The column with the true labels
    #[arg(long, value_name = "COLUMN")]
    truth: String,
    /// The column with the probability, or any score that is higher for positive items
    #[arg(long, value_name = "COLUMN")]
    score: String,
    /// The label of positive items
    #[arg(long, value_name = "LABEL", default_value = "1")]
    positive: String,
    /// The false positive rate up to which the partial area goes
    #[arg(long, value_name = "RATE", default_value_t = 0.1, value_parser = probability)]
    max_fpr: f64,
}

impl CurveAreas {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let table = table(&self.file)?;
        let (truth, scores) = (words(&table, &self.truth)?, numbers(&table, &self.score)?);
        let items = truth.into_iter().zip(scores);
        let items = items.filter_map(|(label, score)| Some((score?, label? == self.positive)));
        let curve = Curve::of(items);
        if curve.points.is_empty() {
            return Err(StatsError::NoRows);
        }
        let any_positive = curve.positives() > 0;
        let of_recall = |area: f64| any_positive.then_some(area);
        Ok(Answer::default()
            .with("positives", curve.positives() as f64)
            .with("roc_auc", curve.roc_auc())
            .with("partial_auc", curve.partial_auc(self.max_fpr))
            .with("average_precision", of_recall(curve.average_precision()))
            .with(
                "precision_recall_auc",
                of_recall(curve.precision_recall_area()),
            ))
    }
}
