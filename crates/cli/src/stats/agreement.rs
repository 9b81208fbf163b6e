//! How far raters agree.

use super::answer::Answer;
use super::columns::{Columns, complete, words};
use super::error::StatsError;
use assay_stats::agreement::{
    self, Level, Nearness, cohen, fleiss, gwet, krippendorff, percent, randolph,
};
use assay_stats::icc::{Model, icc};
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Coefficient {
    /// Krippendorff's alpha, at a level of measurement
    Krippendorff,
    /// Fleiss' kappa, over items that all have rated
    Fleiss,
    /// Randolph's kappa, free of margins, over items that all have rated
    Randolph,
    /// Cohen's kappa of two raters
    Cohen,
    /// Gwet's AC1, or AC2 with weights
    Gwet,
    /// The part of pairs of ratings that are the same
    Percent,
    /// Intraclass correlation, over items that all have rated
    Icc,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelName {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Weights {
    /// The same or not
    Exact,
    /// Less by each step between two values
    Linear,
    /// Less by the square of the steps
    Quadratic,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum IccModel {
    /// ICC(1): each item has raters of its own
    OneWay,
    /// ICC(A), Shrout and Fleiss' ICC(2): raters should agree on the value
    Agreement,
    /// ICC(C), Shrout and Fleiss' ICC(3): raters should agree on the order
    Consistency,
}

#[derive(Args)]
pub(super) struct Agreement {
    #[command(flatten)]
    columns: Columns,
    /// The coefficient
    #[arg(long, value_enum, default_value = "krippendorff")]
    method: Coefficient,
    /// The level of measurement (krippendorff)
    #[arg(long, value_enum, default_value = "nominal")]
    level: LevelName,
    /// How near values count (cohen, gwet)
    #[arg(long, value_enum, default_value = "exact")]
    weights: Weights,
    /// Which correlation (icc)
    #[arg(long, value_enum, default_value = "agreement")]
    model: IccModel,
    /// Values that raters could choose (randolph); as many as were chosen otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    categories: Option<u32>,
    /// All values that raters could give, such as 1,2,3,4,5 (cohen, gwet); those that were given otherwise
    #[arg(long, value_name = "VALUES", value_delimiter = ',')]
    scale: Vec<f64>,
}

impl Agreement {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let ratings = self.ratings()?;
        let two = ratings.len() == 2;
        if ratings.len() < 2 || (self.method == Coefficient::Cohen && !two) {
            return Err(StatsError::ColumnCount {
                what: "this coefficient",
                wanted: if self.method == Coefficient::Cohen {
                    "two"
                } else {
                    "two or more"
                },
                found: ratings.len(),
            });
        }
        let nearness = match self.weights {
            Weights::Exact => Nearness::Exact,
            Weights::Linear => Nearness::Linear,
            Weights::Quadratic => Nearness::Quadratic,
        };
        let level = match self.level {
            LevelName::Nominal => Level::Nominal,
            LevelName::Ordinal => Level::Ordinal,
            LevelName::Interval => Level::Interval,
            LevelName::Ratio => Level::Ratio,
        };
        let answer = Answer::default().with("raters", ratings.len() as f64);
        Ok(match self.method {
            Coefficient::Krippendorff => answer.with("value", krippendorff(&ratings, level)),
            Coefficient::Fleiss => answer.with("value", fleiss(&self.counts(&ratings))),
            Coefficient::Randolph => answer.with("value", randolph(&self.counts(&ratings))),
            Coefficient::Gwet => answer.with("value", gwet(&ratings, nearness, &self.scale)),
            Coefficient::Percent => answer.with("value", percent(&ratings)),
            Coefficient::Cohen => {
                let found = cohen(&ratings[0], &ratings[1], nearness, &self.scale);
                let answer = answer.with("value", found.map(|f| f.kappa));
                answer.with("standard_error", found.and_then(|f| f.standard_error))
            }
            Coefficient::Icc => self.correlation(answer, &ratings),
        })
    }

    /// A list of ratings for each rater. Words stand for numbers in their alphabetical order, unless they are
    /// numbers themselves.
    fn ratings(&self) -> Result<agreement::Ratings, StatsError> {
        let (table, names) = self.columns.open()?;
        let columns: Result<Vec<_>, _> = names.iter().map(|name| words(&table, name)).collect();
        let columns = columns?;
        let is_number = |word: &str| word.parse::<f64>().is_ok_and(f64::is_finite);
        if columns
            .iter()
            .flatten()
            .flatten()
            .all(|word| is_number(word))
        {
            let number = |cell: &Option<&str>| cell.and_then(|word| word.parse().ok());
            return Ok(columns
                .iter()
                .map(|c| c.iter().map(number).collect())
                .collect());
        }
        if !self.takes_words() || !self.scale.is_empty() {
            // The first word that is no number is named.
            return self.columns.numbers();
        }
        let all: BTreeSet<&str> = columns.iter().flatten().copied().flatten().collect();
        let place = |word: &str| all.range(..word).count() as f64;
        let code = |cell: &Option<&str>| cell.map(place);
        Ok(columns
            .iter()
            .map(|c| c.iter().map(code).collect())
            .collect())
    }

    /// Whether only the sameness of values counts.
    fn takes_words(&self) -> bool {
        match self.method {
            Coefficient::Krippendorff => matches!(self.level, LevelName::Nominal),
            Coefficient::Cohen | Coefficient::Gwet => matches!(self.weights, Weights::Exact),
            Coefficient::Fleiss | Coefficient::Randolph | Coefficient::Percent => true,
            Coefficient::Icc => false,
        }
    }

    /// For each item that all have rated how many raters gave each value.
    fn counts(&self, ratings: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
        let ratings = complete(ratings);
        let mut values: Vec<f64> = ratings.concat();
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        let categories = self.categories.map_or(0, |n| n as usize).max(values.len());
        let items = 0..ratings[0].len();
        let counted = |item: usize| {
            let mut counts = vec![0.0; categories];
            for rater in &ratings {
                let place = values.partition_point(|v| *v < rater[item]);
                counts[place] += 1.0;
            }
            counts
        };
        items.map(counted).collect()
    }

    fn correlation(&self, answer: Answer, ratings: &[Vec<Option<f64>>]) -> Answer {
        let model = match self.model {
            IccModel::OneWay => Model::OneWay,
            IccModel::Agreement => Model::Agreement,
            IccModel::Consistency => Model::Consistency,
        };
        let columns = complete(ratings);
        let row = |item: usize| columns.iter().map(|rater| rater[item]).collect();
        let rows: Vec<Vec<f64>> = (0..columns[0].len()).map(row).collect();
        let found = icc(&rows, model);
        let answer = answer.with("single", found.map(|f| f.single));
        let answer = answer.interval("single_interval", found.map(|f| f.single_interval));
        let answer = answer.with("mean", found.map(|f| f.mean));
        let answer = answer.interval("mean_interval", found.map(|f| f.mean_interval));
        let answer = answer.with("statistic", found.map(|f| f.f));
        answer.with("p_value", found.map(|f| f.p_value))
    }
}
