//! Whether columns differ.

use super::answer::Answer;
use super::columns::{Columns, complete};
use super::error::StatsError;
use assay_stats::Tested;
use assay_stats::paired::{PairedT, cliffs_delta};
use assay_stats::several::{anova, friedman, kruskal};
use assay_stats::two_samples::{
    Moments, TTest, UMethod, cohens_d, hedges_g, mann_whitney, student, welch,
};
use assay_stats::wilcoxon::{Wilcoxon, Zeros, wilcoxon, wilcoxon_by_normal};
use clap::{Args, ValueEnum};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Test {
    /// Welch's t-test of two samples
    Welch,
    /// Student's t-test of two samples of one variance
    Student,
    /// Mann and Whitney's test of two samples
    MannWhitney,
    /// Student's t-test of pairs: two columns, row by row
    Paired,
    /// Wilcoxon's signed-rank test of pairs
    Wilcoxon,
    /// Analysis of variance of two samples or more
    Anova,
    /// Kruskal and Wallis's test of two samples or more
    Kruskal,
    /// Friedman's test of three columns or more, row by row
    Friedman,
}

impl Test {
    /// Whether rows belong together.
    fn is_by_row(self) -> bool {
        matches!(self, Self::Paired | Self::Wilcoxon | Self::Friedman)
    }

    /// How many columns it takes: at least, at most, and in words.
    fn columns(self) -> (usize, usize, &'static str) {
        match self {
            Self::Anova | Self::Kruskal => (2, usize::MAX, "two or more"),
            Self::Friedman => (3, usize::MAX, "three or more"),
            _ => (2, 2, "two"),
        }
    }
}

/// How the p-value of ranks is found.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ranks {
    /// Exact where that is quick and right, else by the normal distribution, as SciPy chooses
    Auto,
    /// By counting all orders (mann-whitney)
    Exact,
    /// By the normal distribution
    Normal,
    /// By the normal distribution with the correction for continuity
    Continuity,
}

/// Pairs without a difference, under SciPy's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ZeroMethod {
    /// Left out before ranking
    Wilcox,
    /// Ranked, and left out then (Pratt 1959)
    Pratt,
    /// Ranked, and split between both sides
    Zsplit,
}

#[derive(Args)]
pub(super) struct Compare {
    #[command(flatten)]
    columns: Columns,
    /// The test
    #[arg(long, value_enum)]
    test: Test,
    /// How mann-whitney and wilcoxon find their p-values
    #[arg(long, value_enum, default_value = "auto")]
    ranks: Ranks,
    /// What wilcoxon does with pairs without a difference; other than wilcox needs --ranks normal or continuity
    #[arg(long, value_enum, default_value = "wilcox")]
    zeros: ZeroMethod,
}

impl Compare {
    pub(super) fn answer(&self) -> Result<Answer, StatsError> {
        let by_normal = matches!(self.ranks, Ranks::Normal | Ranks::Continuity);
        if self.test == Test::Wilcoxon && self.zeros != ZeroMethod::Wilcox && !by_normal {
            return Err(StatsError::ZerosNeedNormal);
        }
        let columns = self.columns.numbers()?;
        let (least, most, wanted) = self.test.columns();
        if columns.len() < least || columns.len() > most {
            return Err(StatsError::ColumnCount {
                what: "this test",
                wanted,
                found: columns.len(),
            });
        }
        let samples = match self.test.is_by_row() {
            true => complete(&columns),
            false => columns
                .into_iter()
                .map(|c| c.into_iter().flatten().collect())
                .collect(),
        };
        if samples.iter().any(Vec::is_empty) {
            return Err(StatsError::NoRows);
        }
        Ok(self.tested(&samples))
    }

    fn tested(&self, samples: &[Vec<f64>]) -> Answer {
        let (first, second) = (&samples[0], &samples[1]);
        match self.test {
            Test::Welch => two_means(first, second, welch),
            Test::Student => two_means(first, second, student),
            Test::MannWhitney => {
                let method = match self.ranks {
                    Ranks::Auto => UMethod::Auto,
                    Ranks::Exact => UMethod::Exact,
                    Ranks::Normal => UMethod::Normal { continuity: false },
                    Ranks::Continuity => UMethod::Normal { continuity: true },
                };
                let test = mann_whitney(first, second, method);
                let answer = Answer::default().with("statistic", test.map(|t| t.u));
                let answer = answer.with("p_value", test.map(|t| t.p_value));
                answer.with("cliffs_delta", cliffs_delta(first, second))
            }
            Test::Paired => pairs(&differences(first, second)),
            Test::Wilcoxon => {
                let test = self.signed_ranks(&differences(first, second));
                let answer = Answer::default().with("statistic", test.map(|t| t.statistic));
                answer.with("p_value", test.map(|t| t.p_value))
            }
            Test::Anova => several(anova(samples)),
            Test::Kruskal => several(kruskal(samples)),
            Test::Friedman => several(friedman(samples)),
        }
    }

    fn signed_ranks(&self, differences: &[f64]) -> Option<Wilcoxon> {
        let zeros = match self.zeros {
            ZeroMethod::Wilcox => Zeros::Dropped,
            ZeroMethod::Pratt => Zeros::Ranked,
            ZeroMethod::Zsplit => Zeros::Split,
        };
        match self.ranks {
            Ranks::Auto | Ranks::Exact => wilcoxon(differences),
            Ranks::Normal => wilcoxon_by_normal(differences, zeros, false),
            Ranks::Continuity => wilcoxon_by_normal(differences, zeros, true),
        }
    }
}

fn differences(first: &[f64], second: &[f64]) -> Vec<f64> {
    first.iter().zip(second).map(|(a, b)| a - b).collect()
}

fn two_means(first: &[f64], second: &[f64], test: fn(Moments, Moments) -> Option<TTest>) -> Answer {
    let [a, b] = [first, second].map(Moments::of);
    let found = test(a, b);
    let answer = Answer::default().with("difference", a.mean - b.mean);
    let answer = answer.interval("interval", found.map(|t| t.interval));
    let answer = answer.with("statistic", found.map(|t| t.t));
    let answer = answer.with("freedom", found.map(|t| t.freedom));
    let answer = answer.with("p_value", found.map(|t| t.p_value));
    let answer = answer.with("cohens_d", cohens_d(a, b));
    answer.with("hedges_g", hedges_g(a, b))
}

fn pairs(differences: &[f64]) -> Answer {
    let test = PairedT::of(differences);
    let count = differences.len() as f64;
    let answer = Answer::default().with("pairs", count);
    let answer = answer.with("difference", differences.iter().sum::<f64>() / count);
    let answer = answer.interval("interval", test.map(|t| t.interval));
    let answer = answer.with("p_value", test.map(|t| t.p_value));
    answer.with("cohens_d", test.map(|t| t.effect()))
}

fn several(test: Option<Tested>) -> Answer {
    let answer = Answer::default().with("statistic", test.map(|t| t.statistic));
    answer.with("p_value", test.map(|t| t.p_value))
}
