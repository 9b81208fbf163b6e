//! A rate of yes that a judge gives, corrected by how often it is right (Rogan and Gladen 1978). The corrected rate
//! equals judgy 0.1.0's; the interval resamples the labelled items as judgy does, and the judged ones too, which judgy
//! takes as given.

use super::bootstrap_mean::quantile;
use super::pcg64::Pcg64;

/// How an item was labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled {
    /// Whether people said yes.
    pub people: bool,
    /// Whether the judge did.
    pub judge: bool,
}

/// How often a judge is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// The part of what people call yes that the judge calls yes (true positive rate).
    pub sensitivity: f64,
    /// The part of what people call no that the judge calls no (true negative rate).
    pub specificity: f64,
}

/// A corrected rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectedRate {
    /// The rate, held within 0 and 1.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

impl Accuracy {
    /// Of items that both have labelled. Nothing where people never said yes, or never no.
    #[must_use]
    pub fn of(labelled: &[Labelled]) -> Option<Self> {
        let part = |people: bool| {
            let own = labelled.iter().filter(|l| l.people == people);
            let right = own.clone().filter(|l| l.judge == people).count();
            let all = own.count();
            (all > 0).then(|| right as f64 / all as f64)
        };
        Some(Self {
            sensitivity: part(true)?,
            specificity: part(false)?,
        })
    }

    /// The rate of yes by people where the judge's is `observed`. Nothing where the judge is no better than a coin.
    #[must_use]
    fn correct(self, observed: f64) -> Option<f64> {
        let gain = self.sensitivity + self.specificity - 1.0;
        (gain > 0.0).then(|| ((observed + self.specificity - 1.0) / gain).clamp(0.0, 1.0))
    }
}

/// The rate of yes among the `judged` items, of which only the judge's word is known, by what the labelled ones say of
/// the judge; the interval from that many resamples. Nothing where people never said yes or never no, or where the judge
/// is no better than a coin.
#[must_use]
pub fn corrected_rate(
    labelled: &[Labelled],
    judged: &[bool],
    samples: usize,
    seed: u64,
) -> Option<CorrectedRate> {
    if judged.is_empty() {
        return None;
    }
    let yes = judged.iter().filter(|yes| **yes).count();
    let value = Accuracy::of(labelled)?.correct(yes as f64 / judged.len() as f64)?;
    let mut rng = Pcg64::new(seed);
    let mut rates = Vec::with_capacity(samples);
    let mut drawn = Vec::with_capacity(labelled.len());
    for _ in 0..samples {
        drawn.clear();
        drawn.extend(
            (0..labelled.len()).map(|_| labelled[rng.below(labelled.len() as u32) as usize]),
        );
        let yes = (0..judged.len()).filter(|_| judged[rng.below(judged.len() as u32) as usize]);
        let observed = yes.count() as f64 / judged.len() as f64;
        rates.extend(Accuracy::of(&drawn).and_then(|a| a.correct(observed)));
    }
    rates.sort_unstable_by(f64::total_cmp);
    (!rates.is_empty()).then(|| CorrectedRate {
        value,
        interval: [0.025, 0.975].map(|part| quantile(&rates, part)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(counts: [usize; 4]) -> Vec<Labelled> {
        let kinds = [(true, true), (true, false), (false, true), (false, false)];
        let each = kinds.into_iter().zip(counts);
        each.flat_map(|((people, judge), n)| vec![Labelled { people, judge }; n])
            .collect()
    }

    #[test]
    fn a_lenient_judges_rate_is_lowered() {
        // Right on 90 % of yes and on 70 % of no; 54 % of yes by the judge is 40 % by people.
        let known = labelled([90, 10, 30, 70]);
        let judged: Vec<bool> = (0..1000).map(|i| i < 540).collect();
        let found = corrected_rate(&known, &judged, 500, 1).unwrap();
        assert!((found.value - 0.4).abs() < 1e-12);
        assert!(found.interval[0] < 0.4 && found.interval[1] > 0.4);
    }

    #[test]
    fn a_judge_like_a_coin_corrects_nothing() {
        let judged = [true, false];
        assert_eq!(
            corrected_rate(&labelled([5, 5, 5, 5]), &judged, 10, 1),
            None
        );
        assert_eq!(
            corrected_rate(&labelled([5, 5, 0, 0]), &judged, 10, 1),
            None
        );
        assert_eq!(corrected_rate(&labelled([9, 1, 1, 9]), &[], 10, 1), None);
    }
}
