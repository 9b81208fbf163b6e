//! Whether a judge can take a person's place: the alternative annotator test (Calderon, Reichart and Dror 2025, "The
//! Alternative Annotator Test for LLM-as-a-Judge"), as the authors' program computes it. Each person in turn is left
//! out, and on each item the judge and that person are compared by how near they come to the other people.

use super::corrections::benjamini_yekutieli;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Items that a person and the judge have to share with others for a comparison: below, a test of means says little.
pub const FEWEST_ITEMS: usize = 30;
/// The advantage that a person is granted, as people cost more: that of skilled annotators.
pub const SKILLED: f64 = 0.15;
/// The rate of false findings among the people whom the judge beats.
const FALSE_FINDINGS: f64 = 0.05;

/// How near a value is to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// The part of the others that are the same.
    Same,
    /// The root of the mean squared distance to them, turned over.
    Near,
}

/// A person beside the judge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    /// The person's place.
    pub person: usize,
    /// Items that both have judged, and others too.
    pub items: usize,
    /// The part of them on which the judge is at least as near to the others as the person is.
    pub advantage: f64,
    /// One-sided: that the person is nearer by more than what a person is granted.
    pub p_value: f64,
    /// Whether the judge does as well, after the correction for several people.
    pub is_matched: bool,
}

/// What the test says.
#[derive(Debug, Clone, PartialEq)]
pub struct Replacement {
    /// Person by person; those with fewer than [`FEWEST_ITEMS`] are left out.
    pub people: Vec<LeftOut>,
    /// The part of them whom the judge matches. From one half on the judge can take a person's place.
    pub winning_rate: f64,
    /// The mean part of items on which the judge is at least as near.
    pub advantage: f64,
}

/// Tests a judge against `people`, a list over the same items for each, with `granted` to a person (Calderon's epsilon:
/// 0.2 for experts, 0.15 for skilled annotators, 0.1 for others). Nothing where no person has [`FEWEST_ITEMS`] items
/// that the judge and another person have judged too.
#[must_use]
pub fn alternative_annotator(
    people: &[Vec<Option<f64>>],
    judge: &[Option<f64>],
    alignment: Alignment,
    granted: f64,
) -> Option<Replacement> {
    let mut found: Vec<LeftOut> = (0..people.len())
        .filter_map(|person| left_out(people, judge, person, alignment, granted))
        .collect();
    let p_values: Vec<f64> = found.iter().map(|f| f.p_value).collect();
    for (own, p) in found.iter_mut().zip(benjamini_yekutieli(&p_values)) {
        own.is_matched = p <= FALSE_FINDINGS;
    }
    let n = found.len() as f64;
    let matched = found.iter().filter(|f| f.is_matched).count();
    (!found.is_empty()).then(|| Replacement {
        winning_rate: matched as f64 / n,
        advantage: found.iter().map(|f| f.advantage).sum::<f64>() / n,
        people: found,
    })
}

fn left_out(
    people: &[Vec<Option<f64>>],
    judge: &[Option<f64>],
    person: usize,
    alignment: Alignment,
    granted: f64,
) -> Option<LeftOut> {
    let mut differences = Vec::new();
    let mut won = 0.0;
    for (item, own) in people[person].iter().enumerate() {
        let (Some(own), Some(Some(said))) = (own, judge.get(item)) else {
            continue;
        };
        let others = people.iter().enumerate().filter(|(p, _)| *p != person);
        let others: Vec<f64> = others.filter_map(|(_, list)| *list.get(item)?).collect();
        if others.is_empty() {
            continue;
        }
        let (own, said) = (alignment.of(*own, &others), alignment.of(*said, &others));
        won += f64::from(u8::from(said >= own));
        differences.push(f64::from(u8::from(own >= said)) - f64::from(u8::from(said >= own)));
    }
    (differences.len() >= FEWEST_ITEMS).then(|| LeftOut {
        person,
        items: differences.len(),
        advantage: won / differences.len() as f64,
        p_value: below(&differences, granted),
        is_matched: false,
    })
}

impl Alignment {
    fn of(self, value: f64, others: &[f64]) -> f64 {
        let n = others.len() as f64;
        match self {
            Self::Same => others.iter().filter(|o| **o == value).count() as f64 / n,
            Self::Near => {
                let squares: f64 = others.iter().map(|o| (value - o).powi(2)).sum();
                -(squares / n).sqrt()
            }
        }
    }
}

/// Student's one-sided test of a mean below `bound`.
fn below(values: &[f64], bound: f64) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let error = (squares / (n - 1.0) / n).sqrt();
    match StudentsT::new(0.0, 1.0, n - 1.0) {
        Ok(student) if error > 0.0 => student.cdf((mean - bound) / error),
        _ => f64::from(u8::from(mean >= bound)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judge_that_agrees_with_the_majority_replaces_people_and_a_contrary_one_does_not() {
        let truth = |i: usize| (i % 2) as f64;
        // Each person errs on every seventh item, another each.
        let person = |p: usize| -> Vec<Option<f64>> {
            let own = (0..70).map(|i| if i % 7 == p { 1.0 - truth(i) } else { truth(i) });
            own.map(Some).collect()
        };
        let people: Vec<_> = (0..3).map(person).collect();
        let right: Vec<_> = (0..70).map(|i| Some(truth(i))).collect();
        let wrong: Vec<_> = (0..70).map(|i| Some(1.0 - truth(i))).collect();
        let test = |judge: &[Option<f64>]| {
            alternative_annotator(&people, judge, Alignment::Same, SKILLED).unwrap()
        };
        assert_eq!(test(&right).winning_rate, 1.0);
        assert_eq!(test(&wrong).winning_rate, 0.0);
        let few = alternative_annotator(&people, &right[..20], Alignment::Same, SKILLED);
        assert_eq!(few, None);
    }
}
