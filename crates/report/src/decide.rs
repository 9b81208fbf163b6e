//! What a decision takes: evidence, and goals that fit.

use super::aim::Aim;
use super::content::{Content, MetricPart};
use super::evidence::{
    Evidence, Known, Need, is_latency, is_memory, is_quality, is_quality_measure,
};
use super::goals::{Goal, Goals, Measure};
use super::statements::{Area, Statement, Unit, statements};
use assay_results::metric_info::Origin;

impl Aim {
    /// The evidence it takes, the most important first, and whether the decision can be made without it.
    fn takes(self) -> &'static [(Evidence, bool)] {
        use Evidence as E;
        match self {
            Self::Task => &[
                (E::Systems, false),
                (E::Measure, false),
                (E::Rows, false),
                (E::Slices, true),
            ],
            Self::Domain => &[
                (E::Systems, false),
                (E::Measure, false),
                (E::Rows, false),
                (E::Domains, false),
                (E::Perplexity, true),
            ],
            Self::Cost => &[
                (E::Systems, false),
                (E::Measure, false),
                (E::Rows, false),
                (E::Latency, false),
                (E::Memory, true),
            ],
            Self::Overfit => &[
                (E::Run, false),
                (E::Validation, false),
                (E::Overlap, false),
                (E::Measure, true),
            ],
            Self::Preference => &[(E::Systems, false), (E::People, false), (E::Trial, true)],
            Self::Open => &[],
        }
    }

    /// The evidence it takes, with what of it is there.
    #[must_use]
    pub fn needs(self, content: &Content, known: &Known) -> Vec<Need> {
        let said = statements(content);
        let need = |&(evidence, is_optional): &(Evidence, bool)| Need {
            evidence,
            is_there: evidence.is_in(content, &said, known),
            is_optional,
        };
        self.takes().iter().map(need).collect()
    }

    /// The kinds of evidence of a decision in the same order.
    #[must_use]
    pub fn areas(self) -> [Area; 3] {
        match self {
            Self::Preference => [Area::People, Area::Trials, Area::Outputs],
            _ => [Area::Outputs, Area::Trials, Area::People],
        }
    }

    /// The names of the measures of the outputs that the decision rests on, the most telling first; none before there is
    /// a result, and none where nothing in particular is to be decided.
    #[must_use]
    pub fn measures(self, content: &Content) -> Vec<String> {
        let names = |is_wanted: &dyn Fn(&MetricPart) -> bool| {
            let wanted = content.metrics.iter().filter(|part| is_wanted(part));
            wanted.map(|part| part.result.name.clone()).collect()
        };
        let quality = || names(&is_quality_measure);
        let both = |mut first: Vec<String>, second: Vec<String>| {
            first.extend(second);
            first
        };
        match self {
            Self::Task | Self::Overfit => quality(),
            Self::Domain => {
                let of_models = names(&|part| part.result.info.origin == Origin::Model);
                both(quality(), of_models)
            }
            Self::Cost => {
                let latency = names(&|part| is_latency(&part.result.name));
                let memory = names(&|part| is_memory(&part.result.name));
                both(
                    quality().into_iter().take(1).collect(),
                    both(latency, memory),
                )
            }
            Self::Preference => names(&|part| part.people),
            Self::Open => Vec::new(),
        }
    }

    /// Goals that fit, of the measures that are there: none before there is a result.
    #[must_use]
    pub fn goals(self, content: &Content) -> Vec<Goal> {
        let all = statements(content);
        let whole: Vec<&Statement> = all.iter().filter(|s| s.slice.is_none()).collect();
        let quality = whole.iter().find(|s| is_quality(content, s));
        let of_people = whole.iter().find(|s| s.area == Area::People);
        let is_cost = |s: &&&Statement| is_latency(s.measure.name()) || is_memory(s.measure.name());
        let goal = |s: &Statement, least: f64| Goal {
            measure: s.measure.clone(),
            system: s.system.clone(),
            least,
            after_results: false,
        };
        let no_worse = |s: &&Statement| goal(s, 0.0);
        match self {
            Self::Task | Self::Domain | Self::Overfit => {
                quality.map(no_worse).into_iter().collect()
            }
            Self::Cost => {
                let quality = quality.map(|s| goal(s, -a_point(s.unit)));
                let costs = whole.iter().filter(|s| s.lower_is_better).filter(is_cost);
                let mut seen: Vec<&Measure> = Vec::new();
                let mut goals: Vec<Goal> = quality.into_iter().collect();
                for s in costs {
                    if !seen.contains(&&s.measure) {
                        seen.push(&s.measure);
                        goals.push(goal(s, 0.0));
                    }
                }
                goals
            }
            Self::Preference => of_people.map(no_worse).into_iter().collect(),
            Self::Open => Vec::new(),
        }
    }
}

/// A loss of quality that is small whatever is measured: a point of a hundred; nothing where a measure has no scale.
fn a_point(unit: Unit) -> f64 {
    match unit {
        Unit::Hundred => 1.0,
        Unit::Share => 0.01,
        Unit::Plain => 0.0,
    }
}

impl Goals {
    /// Takes what is to be decided. Goals that a person stated stay; those that came with another choice go, and goals
    /// that fit the new one take their place.
    pub fn decide(&mut self, aim: Option<Aim>, content: &Content) {
        let before = self.aim.map_or(Vec::new(), |aim| aim.goals(content));
        let same = |a: &Goal, b: &Goal| {
            a.measure == b.measure && a.system == b.system && a.least == b.least
        };
        let all_came_with_it = self.goals.iter().all(|g| before.iter().any(|b| same(g, b)));
        self.aim = aim;
        if all_came_with_it {
            self.goals = aim.map_or(Vec::new(), |aim| aim.goals(content));
        }
    }
}
