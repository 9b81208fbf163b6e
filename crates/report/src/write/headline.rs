//! The headline of a report without goals: ship, do not ship or not enough evidence, as far as what is decided goes.

use crate::rules::Verdict;
use crate::statements::{Area, Statement};
use assay_locale::Locale;
use assay_stats::Decision;
use std::collections::BTreeSet;

/// What is decided of a system, all measures and slices together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Something is better beyond chance, and nothing is worse.
    Better,
    /// Something is better beyond chance, and something is worse: goals have to say what counts.
    Mixed,
    /// Nothing is better or worse beyond chance.
    NoEvidence,
    /// Something is worse beyond chance, and nothing is better.
    Worse,
}

impl Standing {
    fn of(better: bool, worse: bool) -> Self {
        match (better, worse) {
            (true, false) => Self::Better,
            (true, true) => Self::Mixed,
            (false, false) => Self::NoEvidence,
            (false, true) => Self::Worse,
        }
    }

    /// The decision whose colour it has.
    pub fn decision(self) -> Decision {
        match self {
            Self::Better => Decision::Better,
            Self::Worse => Decision::Worse,
            Self::Mixed | Self::NoEvidence => Decision::NoEvidence,
        }
    }

    /// The message key.
    fn key(self) -> &'static str {
        match self {
            Self::Better => "overall-better",
            Self::Mixed => "overall-mixed",
            Self::NoEvidence => "overall-none",
            Self::Worse => "overall-worse",
        }
    }
}

/// What is said first where no goals were set.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// How the systems stand.
    pub standing: Standing,
    /// The systems that stand best, in the order of the statements.
    pub systems: Vec<String>,
    /// What they are compared with.
    pub baseline: String,
}

/// The headline: of the systems on whose outputs something is said (of all arms where there are no outputs) those that
/// stand best. Nothing where goals decide, or where nothing is compared.
pub fn headline(verdict: &Verdict) -> Option<Headline> {
    if verdict.overall.is_some() {
        return None;
    }
    let all = || {
        let lists = [&verdict.worse, &verdict.better, &verdict.undecided];
        lists.into_iter().flatten()
    };
    let whole = || all().filter(|s| s.slice.is_none());
    let of_outputs: Vec<&Statement> = whole().filter(|s| s.area == Area::Outputs).collect();
    let compared = match of_outputs.is_empty() {
        true => whole().collect(),
        false => of_outputs,
    };
    let first = compared.first()?;
    let mut seen = BTreeSet::new();
    let systems = compared.iter().map(|s| &s.system);
    let systems: Vec<&String> = systems.filter(|system| seen.insert(*system)).collect();
    let standing = |system: &String| {
        let is = |decision: Decision| {
            let mut own = all().filter(|s| s.system == *system);
            own.any(|s| s.decision == decision)
        };
        Standing::of(is(Decision::Better), is(Decision::Worse))
    };
    let order = [
        Standing::Better,
        Standing::Mixed,
        Standing::NoEvidence,
        Standing::Worse,
    ];
    let of = |wanted: Standing| {
        let those = systems.iter().filter(|system| standing(system) == wanted);
        let those: Vec<String> = those.map(|system| (*system).clone()).collect();
        (!those.is_empty()).then(|| Headline {
            standing: wanted,
            systems: those,
            baseline: first.baseline.clone(),
        })
    };
    order.into_iter().find_map(of)
}

impl Headline {
    /// It in a sentence.
    pub fn sentence(&self, t: &Locale) -> String {
        let words = [
            ("systems", self.systems.join(&t.text("list-comma"))),
            ("baseline", self.baseline.clone()),
        ];
        t.with(self.standing.key(), &words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::{Measure, Met};
    use crate::rules::Unit;

    fn statement(system: &str, area: Area, decision: Decision) -> Statement {
        Statement {
            decision,
            obstacle: None,
            area,
            system: system.to_owned(),
            baseline: "base".to_owned(),
            measure: Measure::Named {
                name: "m".to_owned(),
            },
            slice: None,
            values: [0.0, 0.0],
            difference: 0.0,
            interval: None,
            p_value: None,
            count: 40.0,
            needed: None,
            size: None,
            bearing: None,
            unit: Unit::Plain,
            lower_is_better: false,
            link: String::new(),
        }
    }

    /// A verdict of these.
    fn of(statements: Vec<Statement>) -> Verdict {
        let mut verdict = Verdict::default();
        for statement in statements {
            match statement.decision {
                Decision::Better => verdict.better.push(statement),
                Decision::Worse => verdict.worse.push(statement),
                Decision::NoEvidence => verdict.undecided.push(statement),
            }
        }
        verdict
    }

    fn outputs(system: &str, decision: Decision) -> Statement {
        statement(system, Area::Outputs, decision)
    }

    /// How the systems that are named stand.
    fn standing_of(verdict: &Verdict) -> Option<(Standing, Vec<String>)> {
        headline(verdict).map(|h| (h.standing, h.systems))
    }

    #[test]
    fn it_says_what_is_decided_and_no_more() {
        use Decision::{Better, NoEvidence, Worse};
        let standing = |decisions: &[Decision]| {
            let all = decisions.iter().map(|d| outputs("tuned", *d)).collect();
            headline(&of(all)).map(|h| h.standing)
        };
        assert_eq!(standing(&[]), None);
        assert_eq!(standing(&[NoEvidence]), Some(Standing::NoEvidence));
        assert_eq!(standing(&[NoEvidence, Better]), Some(Standing::Better));
        assert_eq!(standing(&[NoEvidence, Worse]), Some(Standing::Worse));
        assert_eq!(standing(&[Better, Worse]), Some(Standing::Mixed));
    }

    #[test]
    fn a_slice_that_got_worse_keeps_it_from_saying_that_nothing_did() {
        let mut slice = outputs("tuned", Decision::Worse);
        slice.slice = Some(["domain".to_owned(), "law".to_owned()]);
        let verdict = of(vec![outputs("tuned", Decision::Better), slice]);
        let standing = headline(&verdict).map(|h| h.standing);
        assert_eq!(standing, Some(Standing::Mixed));
    }

    #[test]
    fn of_several_systems_those_that_stand_best_are_named() {
        let verdict = of(vec![
            outputs("a", Decision::Worse),
            outputs("b", Decision::NoEvidence),
            outputs("c", Decision::NoEvidence),
        ]);
        let best = ["b", "c"].map(str::to_owned).to_vec();
        assert_eq!(standing_of(&verdict), Some((Standing::NoEvidence, best)));
    }

    #[test]
    fn an_arm_of_a_trial_that_is_no_system_of_the_outputs_is_not_the_headline() {
        let trial = statement("discount", Area::Trials, Decision::Better);
        let own = outputs("tuned", Decision::NoEvidence);
        let verdict = of(vec![trial.clone(), own]);
        let tuned = vec!["tuned".to_owned()];
        assert_eq!(standing_of(&verdict), Some((Standing::NoEvidence, tuned)));
        let discount = vec!["discount".to_owned()];
        assert_eq!(
            standing_of(&of(vec![trial])),
            Some((Standing::Better, discount))
        );
    }

    #[test]
    fn goals_decide_where_there_are_some() {
        let mut verdict = of(vec![outputs("tuned", Decision::Better)]);
        verdict.overall = Some(Met::Fail);
        assert_eq!(headline(&verdict), None);
    }
}
