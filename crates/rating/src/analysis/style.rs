//! Win rates with the length and style of outputs held equal: whether a system is preferred for what it says or for how
//! long and how formatted its outputs are.

use crate::answers::Preference;
use crate::judgements::{Comparison, Judgements};
use assay_stats::NORMAL_975;
use assay_stats::controlled::{Controlled, ControlledGame, controlled};
use assay_stats::decision::FEWEST_UNITS;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is held equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StyleFeature {
    /// Characters.
    Length,
    /// Headings of Markdown.
    Headings,
    /// Items of lists.
    Lists,
    /// Bold texts.
    Bold,
}

impl StyleFeature {
    /// All, in the order in which they are counted.
    pub const ALL: [Self; 4] = [Self::Length, Self::Headings, Self::Lists, Self::Bold];

    /// Its name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Headings => "headings",
            Self::Lists => "lists",
            Self::Bold => "bold",
        }
    }
}

/// How often each feature stands in an output.
pub type Style = [f64; 4];

/// The style of an output.
#[must_use]
pub fn style_of(output: &str) -> Style {
    let lines = || output.lines().map(str::trim_start);
    let headings = lines().filter(|line| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    });
    let is_numbered = |line: &str| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    let is_item = |line: &&str| {
        ["- ", "* ", "+ ", "• "]
            .iter()
            .any(|mark| line.starts_with(mark))
            || is_numbered(line)
    };
    let bold = output.matches("**").count() / 2;
    [
        output.chars().count() as f64,
        headings.count() as f64,
        lines().filter(is_item).count() as f64,
        bold as f64,
    ]
}

/// The styles of the systems' outputs, where they are known: for each system of a table, row by row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutputStyles(pub Vec<Vec<Style>>);

/// Preferences of a dimension with length and style held equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StyleControl {
    /// Comparisons of outputs whose texts are known.
    pub count: usize,
    /// Items that they are on.
    pub units: usize,
    /// What sways the choice, as far as outputs differ in it.
    pub effects: Vec<StyleEffect>,
    /// Pair by pair.
    pub pairs: Vec<EqualPair>,
}

/// How much a feature sways the choice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StyleEffect {
    /// The feature.
    pub feature: StyleFeature,
    /// What one standard deviation more of it multiplies the odds of being preferred by.
    pub odds: f64,
    /// Its 95 % interval; comparisons of one item may depend on each other.
    pub interval: [f64; 2],
}

/// Two systems with length and style held equal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EqualPair {
    /// The systems' places.
    pub systems: [usize; 2],
    /// The second's win rate; ties count half.
    pub rate: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

/// A comparison whose outputs are known, and their styles.
type Known<'a> = (&'a Comparison, [Style; 2]);

/// What the comparisons of a dimension say with length and style held equal. Nothing of fewer than 20 items, or where
/// somebody won all of them.
pub(super) fn control(
    table: &Judgements,
    dimension: usize,
    styles: &OutputStyles,
) -> Option<StyleControl> {
    let style = |unit: usize, system: usize| {
        let rows = styles.0.get(system)?;
        rows.get(table.units[unit].row?).copied()
    };
    let own = table.comparisons.iter();
    let own = own.filter(|c| c.dimension == dimension);
    let known = own.filter_map(|c| {
        let [first, second] = c.systems;
        Some((c, [style(c.unit, first)?, style(c.unit, second)?]))
    });
    let known: Vec<Known<'_>> = known.collect();
    let units: BTreeSet<usize> = known.iter().map(|(c, _)| c.unit).collect();
    if units.len() < FEWEST_UNITS {
        return None;
    }
    let systems: BTreeSet<usize> = known.iter().flat_map(|(c, _)| c.systems).collect();
    let systems: Vec<usize> = systems.into_iter().collect();
    let (features, games) = games(&known, &systems);
    let found = controlled(systems.len(), &games, 0.0).ok()?;
    Some(StyleControl {
        count: known.len(),
        units: units.len(),
        effects: effects(&found, &features),
        pairs: pairs(&found, &systems),
    })
}

/// The features that differ, and the games: in each feature the difference by the sum of both, in standard deviations of
/// all games. Equal outputs are at 0.
fn games(known: &[Known<'_>], systems: &[usize]) -> (Vec<StyleFeature>, Vec<ControlledGame>) {
    let difference = |styles: &[Style; 2], k: usize| {
        let (a, b) = (styles[0][k], styles[1][k]);
        if a + b > 0.0 { (a - b) / (a + b) } else { 0.0 }
    };
    let deviation = |k: usize| {
        let values = known.iter().map(|(_, styles)| difference(styles, k));
        let n = known.len() as f64;
        let mean = values.clone().sum::<f64>() / n;
        (values.map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt()
    };
    let scales: Vec<(usize, f64)> = (0..4).map(|k| (k, deviation(k))).collect();
    let differing: Vec<(usize, f64)> = scales.into_iter().filter(|s| s.1 > 1e-9).collect();
    let place = |system: usize| systems.partition_point(|s| *s < system);
    let game = |(c, styles): &Known<'_>| ControlledGame {
        items: c.systems.map(place),
        won: match c.preference {
            Preference::First => 1.0,
            Preference::Second => 0.0,
            Preference::Tie | Preference::BothBad => 0.5,
        },
        features: differing
            .iter()
            .map(|(k, scale)| difference(styles, *k) / scale)
            .collect(),
        cluster: c.unit,
    };
    let features = differing.iter().map(|(k, _)| StyleFeature::ALL[*k]);
    (features.collect(), known.iter().map(game).collect())
}

fn effects(found: &Controlled, features: &[StyleFeature]) -> Vec<StyleEffect> {
    let each = features
        .iter()
        .zip(&found.effects)
        .zip(&found.effect_errors);
    let effect = |((feature, value), error): ((&StyleFeature, &f64), &f64)| StyleEffect {
        feature: *feature,
        odds: value.exp(),
        interval: [-NORMAL_975, NORMAL_975].map(|z| (value + z * error).exp()),
    };
    each.map(effect).collect()
}

fn pairs(found: &Controlled, systems: &[usize]) -> Vec<EqualPair> {
    let strengths = &found.strengths;
    let rate = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    let mut pairs = Vec::new();
    for first in 0..systems.len() {
        for second in first + 1..systems.len() {
            let odds = strengths.values[second] - strengths.values[first];
            let error = strengths.difference_error(first, second);
            pairs.push(EqualPair {
                systems: [systems[first], systems[second]],
                rate: rate(odds),
                interval: [-NORMAL_975, NORMAL_975].map(|z| rate(odds + z * error)),
            });
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_is_what_markdown_shows() {
        let output = "# Title\n\n- one\n- **two**\n1. three\n#hashtag\n3.5 is no item\n";
        let [length, headings, lists, bold] = style_of(output);
        assert_eq!(length, output.chars().count() as f64);
        assert_eq!((headings, lists, bold), (1.0, 3.0, 1.0));
        assert_eq!(style_of(""), [0.0; 4]);
    }
}
