//! The evidence that decisions take, and whether it is there.

use super::content::{Content, MetricPart};
use super::statements::{Area, Statement};
use assay_results::metric_info::Origin;
use assay_stats::decision::FEWEST_UNITS;
use serde::{Deserialize, Serialize};

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Outputs of two systems or more.
    Systems,
    /// A measure that can decide: with references, of a file, or given by people.
    Measure,
    /// As many scored rows as a verdict takes.
    Rows,
    /// Slices: groups of rows that are looked at apart.
    Slices,
    /// Rows inside and outside of the domain.
    Domains,
    /// Perplexity of both models.
    Perplexity,
    /// How long answers take.
    Latency,
    /// Memory that a model takes.
    Memory,
    /// A training run.
    Run,
    /// A validation loss of the run.
    Validation,
    /// Which rows the training data holds.
    Overlap,
    /// Ratings by people.
    People,
    /// A live test with users.
    Trial,
}

/// Evidence that a decision takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Of what kind.
    pub evidence: Evidence,
    /// Whether it is there.
    pub is_there: bool,
    /// Whether the decision can be made without it.
    pub is_optional: bool,
}

/// What a report does not say, but evidence may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// Whether training data was looked for in the rows.
    pub overlap: bool,
    /// Whether models scored the texts.
    pub perplexity: bool,
}

/// Whether a statement is of a measure that says how good outputs are.
pub(super) fn is_quality(content: &Content, s: &Statement) -> bool {
    let part = content
        .metrics
        .iter()
        .find(|part| part.result.name == s.measure.name());
    s.area != Area::Trials && part.is_some_and(is_quality_measure)
}

/// Whether a measure says how good outputs are: it is neither a description, nor a model's, nor a cost.
pub(super) fn is_quality_measure(part: &MetricPart) -> bool {
    let (info, name) = (&part.result.info, &part.result.name);
    let is_cost = is_latency(name) || is_memory(name);
    !info.describes && info.origin != Origin::Model && !is_cost
}

/// Whether the name of a measure has one of the words: English ones as a whole, so that `sentiment` is no time.
fn says(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    words.iter().any(|word| match word.is_ascii() {
        true => parts.contains(word),
        false => name.contains(word),
    })
}

pub(super) fn is_latency(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "latency",
        "seconds",
        "duration",
        "time",
        "ms",
        "ttft",
        "runtime",
        "throughput",
        "延迟",
        "时延",
        "耗时",
        "时间",
        "时长",
        "吞吐",
    ];
    says(name, &WORDS)
}

pub(super) fn is_memory(name: &str) -> bool {
    says(name, &["memory", "vram", "mem", "显存", "内存"])
}

impl Evidence {
    /// Its name, as in the keys of the locale files (`need-systems`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Systems => "systems",
            Self::Measure => "measure",
            Self::Rows => "rows",
            Self::Slices => "slices",
            Self::Domains => "domains",
            Self::Perplexity => "perplexity",
            Self::Latency => "latency",
            Self::Memory => "memory",
            Self::Run => "run",
            Self::Validation => "validation",
            Self::Overlap => "overlap",
            Self::People => "people",
            Self::Trial => "trial",
        }
    }

    /// Whether it is there: in the report, in what that says, or known otherwise.
    pub(super) fn is_in(self, content: &Content, said: &[Statement], known: &Known) -> bool {
        let metrics = || content.metrics.iter();
        let outcomes = || content.trials.iter().flat_map(|trial| &trial.outcomes);
        let named = |is_one: fn(&str) -> bool| {
            metrics().any(|part| is_one(&part.result.name))
                || outcomes().any(|outcome| is_one(&outcome.name))
        };
        match self {
            Self::Systems => content.data.as_ref().is_some_and(|d| d.systems.len() > 1),
            Self::Measure => said.iter().any(|s| is_quality(content, s)),
            Self::Rows => said
                .iter()
                .any(|s| is_quality(content, s) && s.count >= FEWEST_UNITS as f64),
            Self::Slices => said.iter().any(|s| s.slice.is_some()),
            Self::Domains => metrics().any(|part| {
                let slices = part.result.systems.iter().flat_map(|s| &s.slices);
                let columns: Vec<&str> = slices.map(|slice| slice.column.as_str()).collect();
                columns.iter().any(|name| is_domain(name))
            }),
            Self::Perplexity => {
                known.perplexity || metrics().any(|p| p.result.info.origin == Origin::Model)
            }
            Self::Latency => named(is_latency),
            Self::Memory => named(is_memory),
            Self::Run => !content.runs.is_empty(),
            Self::Validation => content.runs.iter().any(|run| run.losses[1].is_some()),
            Self::Overlap => known.overlap,
            Self::People => metrics().any(|part| part.people),
            Self::Trial => !content.trials.is_empty(),
        }
    }
}

/// Whether a column of slices says where a row comes from.
fn is_domain(column: &str) -> bool {
    const WORDS: [&str; 13] = [
        "domain", "topic", "subject", "category", "source", "dataset", "task", "领域", "类别",
        "主题", "学科", "来源", "任务",
    ];
    says(column, &WORDS)
}
