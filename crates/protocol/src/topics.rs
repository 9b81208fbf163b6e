//! The topics whose changes the worker announces, and the kinds of jobs: shared by all services, so that calls of
//! one may depend on what another changes.

use assay_calls::{JobKind, Topic};

/// The data set: files, columns, roles.
pub const DATA: Topic = Topic::new("data");
/// Stars, tags and notes on rows.
pub const ANNOTATIONS: Topic = Topic::new("annotations");
/// Files that wait for the person to say what they are to the data.
pub const LATER: Topic = Topic::new("later");
/// Results of metrics.
pub const SCORES: Topic = Topic::new("scores");
/// Open and kept models.
pub const MODELS: Topic = Topic::new("models");
/// Perplexities of texts under models, and comparisons of models.
pub const PERPLEXITY: Topic = Topic::new("perplexity");
/// Judgements by people.
pub const RATINGS: Topic = Topic::new("ratings");
/// Rating projects of an owner.
pub const PROJECTS: Topic = Topic::new("projects");
/// Training runs.
pub const RUNS: Topic = Topic::new("runs");
/// Experiments (A/B tests).
pub const EXPERIMENTS: Topic = Topic::new("experiments");
/// Programs and their outcomes.
pub const CODE: Topic = Topic::new("code");
/// Rounds of the open project.
pub const ROUNDS: Topic = Topic::new("rounds");
/// Goals, and a report that came by a link.
pub const REPORT: Topic = Topic::new("report");
/// The open project and the projects on this device.
pub const WORKSPACE: Topic = Topic::new("workspace");

/// Reading files.
pub const IMPORT: JobKind = JobKind::new("import");
/// Computing metrics and their tests.
pub const SCORE: JobKind = JobKind::new("score");
/// Loading a model's weights.
pub const LOAD_MODEL: JobKind = JobKind::new("load-model");
/// Copying a model to this device.
pub const KEEP_MODEL: JobKind = JobKind::new("keep-model");
/// Scoring texts under models.
pub const RUN_PERPLEXITY: JobKind = JobKind::new("perplexity");
/// Comparing two rounds.
pub const COMPARE_ROUNDS: JobKind = JobKind::new("compare-rounds");
/// Looking for phrases that recur in reasons.
pub const COUNT_PHRASES: JobKind = JobKind::new("count-phrases");
/// Comparing texts by an encoder.
pub const ENCODE: JobKind = JobKind::new("encode");
/// Looking for the data in training files.
pub const FIND_OVERLAP: JobKind = JobKind::new("overlap");
/// Running programs.
pub const RUN_PROGRAMS: JobKind = JobKind::new("run-programs");
