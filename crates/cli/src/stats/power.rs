//! Power, sizes and detectable effects.

use super::answer::Answer;
use super::ranges::{positive, probability};
use assay_stats::power::{each_needed, independent, paired, pairs_needed, smallest_effect};
use assay_stats::power_proportions::{
    self as proportions, cohens_h, power_of_effect, power_pooled, size_for_effect, size_pooled,
    size_unpooled,
};
use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(super) enum Power {
    /// Of Student's test of pairs: for an effect and a number of pairs the power, for an effect and a power the pairs,
    /// for pairs and a power the effect
    Paired(PairedPower),
    /// Of Student's test of two samples of one size: for an effect and a size the power, for an effect and a power the
    /// size
    Independent(IndependentPower),
    /// Of two proportions: for a size the power, otherwise the size for a power
    Proportions(ProportionsPower),
}

impl Power {
    pub(super) fn answer(&self) -> Answer {
        match self {
            Self::Paired(question) => question.answer(),
            Self::Independent(question) => question.answer(),
            Self::Proportions(question) => question.answer(),
        }
    }
}

/// What is wanted of a test.
#[derive(Args)]
struct Wanted {
    /// The power that is wanted
    #[arg(long, default_value_t = 0.8, value_parser = probability)]
    power: f64,
    /// The level of the test
    #[arg(long, default_value_t = 0.05, value_parser = probability)]
    alpha: f64,
}

#[derive(Args)]
pub(super) struct PairedPower {
    /// Cohen's d of the differences
    #[arg(long, value_name = "D", required_unless_present = "pairs")]
    effect: Option<f64>,
    /// Pairs
    #[arg(long = "n", value_name = "PAIRS", value_parser = positive)]
    pairs: Option<f64>,
    #[command(flatten)]
    wanted: Wanted,
}

impl PairedPower {
    fn answer(&self) -> Answer {
        let Wanted { power, alpha } = self.wanted;
        let answer = Answer::default();
        match (self.effect, self.pairs) {
            (Some(effect), Some(pairs)) => answer.with("power", paired(effect, pairs, alpha)),
            (Some(effect), None) => answer.with("pairs", pairs_needed(effect, alpha, power)),
            (None, pairs) => {
                let smallest = pairs.and_then(|pairs| smallest_effect(pairs, alpha, power));
                answer.with("effect", smallest)
            }
        }
    }
}

#[derive(Args)]
pub(super) struct IndependentPower {
    /// Cohen's d
    #[arg(long, value_name = "D")]
    effect: f64,
    /// Items of each sample
    #[arg(long = "n", value_name = "EACH", value_parser = positive)]
    each: Option<f64>,
    #[command(flatten)]
    wanted: Wanted,
}

impl IndependentPower {
    fn answer(&self) -> Answer {
        let Wanted { power, alpha } = self.wanted;
        let answer = Answer::default();
        match self.each {
            Some(each) => answer.with("power", independent(self.effect, each, alpha)),
            None => answer.with("each", each_needed(self.effect, alpha, power)),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Sides {
    /// A difference in either direction
    Two,
    /// The second proportion larger
    One,
}

#[derive(Args)]
pub(super) struct ProportionsPower {
    /// The first proportion
    #[arg(long, value_name = "P", value_parser = probability)]
    first: f64,
    /// The second proportion
    #[arg(long, value_name = "P", value_parser = probability)]
    second: f64,
    /// Items of the first sample
    #[arg(long = "n", value_name = "N", value_parser = positive)]
    size: Option<f64>,
    /// The second sample's size over the first's
    #[arg(long, default_value_t = 1.0, value_parser = positive)]
    ratio: f64,
    /// What the test looks for
    #[arg(long, value_enum, default_value = "two")]
    sides: Sides,
    #[command(flatten)]
    wanted: Wanted,
}

impl ProportionsPower {
    fn answer(&self) -> Answer {
        let Wanted { power, alpha } = self.wanted;
        let Self {
            first,
            second,
            ratio,
            ..
        } = *self;
        let sides = match self.sides {
            Sides::Two => proportions::Sides::Two,
            Sides::One => proportions::Sides::One,
        };
        let effect = cohens_h(first, second);
        let answer = Answer::default().with("cohens_h", effect);
        let Some(size) = self.size else {
            let both = [first, second];
            let size = size_for_effect(effect, ratio, alpha, power, sides);
            return answer
                .with("first_by_cohens_h", size)
                .with(
                    "first_pooled",
                    size_pooled(both, ratio, alpha, power, sides),
                )
                .with(
                    "first_unpooled",
                    size_unpooled(both, ratio, alpha, power, sides),
                );
        };
        let by_effect = power_of_effect(effect, size, ratio, alpha, sides);
        let answer = answer.with("power_by_cohens_h", by_effect);
        match self.sides {
            // The other formula is for two sides and samples of one size.
            Sides::Two if ratio == 1.0 => {
                answer.with("power_pooled", power_pooled(first, second, size, alpha))
            }
            _ => answer,
        }
    }
}
