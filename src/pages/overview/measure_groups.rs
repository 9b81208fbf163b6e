//! The order in which Compare lists measures: those that the person's decision rests on first, and where there are many,
//! the others by where their values come from.

use assay_locale::Locale;
use assay_report::aim::Aim;
use assay_results::metric_info::{MetricInfo, Origin};

/// Measures from which on they are grouped by where their values come from, and can be searched.
pub const MANY: usize = 16;

/// Where the values of a group's measures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Outputs compared with references.
    References,
    /// An encoder's vectors.
    Encoder,
    /// A language model's log-probabilities.
    Model,
    /// People and judges.
    People,
    /// Numbers in the files.
    File,
    /// Outputs alone: what describes them without deciding anything.
    Outputs,
}

impl Source {
    /// All, in the order in which they are listed.
    const ALL: [Self; 6] = [
        Self::References,
        Self::Encoder,
        Self::Model,
        Self::People,
        Self::File,
        Self::Outputs,
    ];

    fn of(info: &MetricInfo) -> Self {
        match (info.describes, info.origin) {
            (true, _) => Self::Outputs,
            (false, Origin::Texts) => Self::References,
            (false, Origin::Encoder) => Self::Encoder,
            (false, Origin::Model) => Self::Model,
            (false, Origin::People) => Self::People,
            (false, Origin::File) => Self::File,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::References => "measures-references",
            Self::Encoder => "measures-encoder",
            Self::Model => "measures-model",
            Self::People => "measures-people",
            Self::File => "measures-file",
            Self::Outputs => "measures-outputs",
        }
    }
}

/// Why measures stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// What is to be decided rests on them.
    Decision(Aim),
    /// Their values come from the same source.
    Source(Source),
    /// They are the others.
    Others,
}

impl Heading {
    /// The heading in words.
    pub fn text(self, t: &Locale) -> String {
        match self {
            Self::Decision(aim) => t.text(&format!("aim-{}", aim.name())),
            Self::Source(source) => t.text(source.key()),
            Self::Others => t.text("measures-others"),
        }
    }
}

/// Measures that are listed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureGroup {
    /// Why; nothing where all measures are one group.
    pub heading: Option<Heading>,
    /// Their places among all measures.
    pub measures: Vec<usize>,
}

/// The groups of all measures. `known` has what is known of each: nothing before it has a result. `leading` are the places
/// of the measures that the decision rests on.
pub fn groups(
    known: &[Option<&MetricInfo>],
    decision: Option<(Aim, Vec<usize>)>,
) -> Vec<MeasureGroup> {
    let all = 0..known.len();
    let leading = decision.filter(|(_, places)| !places.is_empty() && places.len() < known.len());
    let is_left = |place: &usize| !leading.iter().any(|(_, places)| places.contains(place));
    let left: Vec<usize> = all.filter(is_left).collect();
    let by_source = known.len() >= MANY && known.iter().all(Option::is_some);
    let mut groups: Vec<MeasureGroup> = Vec::new();
    let mut add = |heading, measures: Vec<usize>| {
        if !measures.is_empty() {
            groups.push(MeasureGroup { heading, measures });
        }
    };
    if let Some((aim, places)) = &leading {
        add(Some(Heading::Decision(*aim)), places.clone());
    }
    if by_source {
        for source in Source::ALL {
            let is_of =
                |place: &&usize| known[**place].is_some_and(|info| Source::of(info) == source);
            let own = left.iter().filter(is_of).copied().collect();
            add(Some(Heading::Source(source)), own);
        }
    } else {
        add(leading.is_some().then_some(Heading::Others), left);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(origin: Origin, describes: bool) -> MetricInfo {
        MetricInfo {
            topic: String::new(),
            source: String::new(),
            options: Vec::new(),
            best: 1.0,
            asset: None,
            origin,
            describes,
            is_mean: false,
        }
    }

    fn found(groups: Vec<MeasureGroup>) -> Vec<(Option<Heading>, Vec<usize>)> {
        groups
            .into_iter()
            .map(|g| (g.heading, g.measures))
            .collect()
    }

    #[test]
    fn what_the_decision_rests_on_stands_first() {
        let texts = info(Origin::Texts, false);
        let known = [Some(&texts); 4];
        assert_eq!(found(groups(&known, None)), [(None, vec![0, 1, 2, 3])]);
        let cost = || Heading::Decision(Aim::Cost);
        assert_eq!(
            found(groups(&known, Some((Aim::Cost, vec![0, 3])))),
            [
                (Some(cost()), vec![0, 3]),
                (Some(Heading::Others), vec![1, 2])
            ]
        );
        let every = Some((Aim::Cost, vec![0, 1, 2, 3]));
        assert_eq!(found(groups(&known, every)), [(None, vec![0, 1, 2, 3])]);
        assert_eq!(found(groups(&[], Some((Aim::Cost, vec![])))), []);
    }

    #[test]
    fn many_measures_are_grouped_by_source_once_all_are_known() {
        let [texts, people, described] = [
            (Origin::Texts, false),
            (Origin::People, false),
            (Origin::Texts, true),
        ]
        .map(|(origin, describes)| info(origin, describes));
        let mut known: Vec<Option<&MetricInfo>> = vec![Some(&described), Some(&people)];
        known.resize(MANY, Some(&texts));
        let of = |source| Some(Heading::Source(source));
        assert_eq!(
            found(groups(&known, Some((Aim::Preference, vec![1])))),
            [
                (Some(Heading::Decision(Aim::Preference)), vec![1]),
                (of(Source::References), (2..MANY).collect()),
                (of(Source::Outputs), vec![0]),
            ]
        );
        known[5] = None;
        assert_eq!(found(groups(&known, None)), [(None, (0..MANY).collect())]);
    }
}
