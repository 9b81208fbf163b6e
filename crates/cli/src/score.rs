//! Scores files from the command line with the code that the page runs: as the page would by itself, or one metric
//! with its options on columns that are named.
//!
//! ```text
//! assay score base.jsonl tuned.jsonl --baseline base --json
//! assay score --input outputs.jsonl --metric bleu --option tokenize=zh --json
//! assay score --reference ref.txt --system a.txt b.txt --metric chrf \
//!     --significance bs --baseline a --json
//! ```

use assay_core::semantic::{EncoderInfo, Semantic};
use assay_data::import::{ImportError, Importer, stem};
use assay_data::{DataSet, Role};
use assay_eval::advice::script;
use assay_eval::extraction;
use assay_eval::results::signature;
use assay_eval::sample::Sample;
use assay_eval::statistics;
use assay_lm::cpu::CpuBackend;
use assay_lm::encoder::compare::{compare, count};
use assay_lm::encoder::{Encoder, FILES, Frequencies, MORE_FILES, Named};
use assay_lm::source::FileSource;
use assay_metrics::registry::{ALL, MetricSpec};
use assay_metrics::resampling::ResampleRows;
use assay_metrics::sum_rows;
use assay_results::encoder::Plan;
use assay_stats::{PairedTest, PairedTestKind};
use clap::ValueEnum;
use pollster::block_on;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

use crate::evaluation::{Settings, steps};
use crate::failure::Failure;
use crate::input::{load_asset, read};
use crate::score_files;

/// What to score, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files to score as the page does: by the measures that suit them, with intervals and tests
    #[arg(value_name = "FILE", conflicts_with_all = ["input", "reference", "system", "significance"])]
    files: Vec<String>,
    #[command(flatten)]
    settings: Settings,
    /// Name the metrics with their options, and end
    #[arg(long)]
    list: bool,
    /// A table with outputs and references: CSV, TSV, JSON or JSONL
    #[arg(long, value_name = "FILE", conflicts_with = "reference")]
    input: Option<String>,
    /// Columns of the table that are references; guessed from their names otherwise
    #[arg(long, value_name = "COLUMN", num_args = 1.., requires = "input")]
    reference_column: Vec<String>,
    /// Columns of the table that are systems, or files with a system's outputs, one a line
    #[arg(long, value_name = "COLUMN|FILE", num_args = 1..)]
    system: Vec<String>,
    /// Files with references, one a line
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "system")]
    reference: Vec<String>,
    /// Score the first rows only
    #[arg(long, value_name = "ROWS")]
    first: Option<usize>,
    /// Options of the metric, by the reference tool's names
    #[arg(long, value_name = "KEY=VALUE", num_args = 1.., value_parser = setting)]
    option: Vec<(String, String)>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    /// The folder of the encoder, for metrics that need one; the default encoder's otherwise
    #[arg(long, value_name = "FOLDER")]
    encoder: Option<PathBuf>,
    /// Test each system against the baseline
    #[arg(long)]
    significance: Option<Significance>,
    /// Resamples: 1,000 of the bootstrap, 10,000 of randomisation
    #[arg(long)]
    samples: Option<usize>,
}

/// How systems are tested.
#[derive(Clone, Copy, ValueEnum)]
enum Significance {
    /// Paired bootstrap
    Bs,
    /// Approximate randomisation
    Ar,
}

fn setting(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').ok_or("it takes key=value")?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

/// Scores the files that the arguments name.
///
/// # Errors
/// What is wrong with the arguments or the files.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let settings = &arguments.settings;
    if arguments.list {
        return list();
    }
    if !arguments.files.is_empty() {
        return score_files::run(&arguments.files, settings, arguments.json);
    }
    let [name] = &settings.metric[..] else {
        return Err("name one --metric, or give files to score as the page does".into());
    };
    let mut spec = MetricSpec::named(name)?;
    let mut options: Vec<&(String, String)> = arguments.option.iter().collect();
    // A smoothing value needs its method first, in whatever order they were given.
    options.sort_by_key(|(key, _)| key == "smooth_value");
    for (key, value) in options {
        spec.set(key, value)?;
    }
    spec.metric().check()?;
    if let Some(asset) = spec.scoring().properties().asset {
        load_asset(asset)?;
    }
    let mut data = load(arguments)?;
    find_answers(&mut data, &settings.answer)?;
    let rows = data.table.rows();
    let first = arguments.first.map_or(rows, |n| rows.min(n));
    let report = score(arguments, &data, &spec, first)?;
    if arguments.json {
        println!("{report}");
    } else {
        println!(
            "{} {}",
            report["metric"].as_str().unwrap_or(""),
            report["signature"].as_str().unwrap_or("")
        );
        for system in report["systems"].as_array().into_iter().flatten() {
            println!(
                "{}\t{}",
                system["name"].as_str().unwrap_or(""),
                system["score"]
            );
        }
    }
    Ok(())
}

/// Sets the steps from outputs to answers, and says on the error stream what they did.
fn find_answers(data: &mut DataSet, names: &[String]) -> Result<(), Failure> {
    let columns: Vec<usize> = data.systems().iter().map(|s| s.0).collect();
    if names.is_empty() {
        extraction::prepare(data);
    } else {
        let steps = steps(names)?;
        for column in &columns {
            extraction::set_steps(data, *column, steps.clone())?;
        }
    }
    for (column, name) in data.systems() {
        let Some(answers) = data.answers(column) else {
            continue;
        };
        for (step, count) in answers.steps.iter().zip(&answers.counts) {
            eprintln!(
                "{name}: {} changed {} of {} outputs, {} without an answer",
                step.signature(),
                count.changed,
                data.table.rows(),
                count.emptied
            );
        }
    }
    Ok(())
}

/// Every metric by name, with its options as they stand and the values they take.
fn list() -> Result<(), Failure> {
    for name in ALL {
        let spec = MetricSpec::named(name)?;
        let metric = spec.scoring();
        let better = if metric.properties().lower_is_better {
            "lower"
        } else {
            "higher"
        };
        println!(
            "{name}\t{}\t{better} is better\t{}",
            metric.name(),
            metric.properties().source
        );
        for option in spec.options() {
            println!(
                "\t{}={}\t{}",
                option.name,
                option.value,
                option.choices.join("|")
            );
        }
    }
    Ok(())
}

fn load(arguments: &Arguments) -> Result<DataSet, Failure> {
    if let Some(path) = &arguments.input {
        let mut data = DataSet::join(vec![read(path, Importer::new(path))?])?;
        choose(&mut data, &arguments.reference_column, Role::Reference)?;
        choose(&mut data, &arguments.system, Role::Hypothesis)?;
        return Ok(data);
    }
    let (references, systems) = (&arguments.reference, &arguments.system);
    if references.is_empty() || systems.is_empty() {
        return Err("give --input with a table, or --reference and --system with files".into());
    }
    let mut files = Vec::new();
    for path in references.iter().chain(systems) {
        files.push(read(path, Importer::plain_lines(path))?);
    }
    let rows = files[0].table.rows();
    if let Some(other) = files.iter().find(|f| f.table.rows() != rows) {
        return Err(ImportError::RowCounts {
            first: files[0].file.clone(),
            first_rows: rows,
            second: other.file.clone(),
            second_rows: other.table.rows(),
        }
        .into());
    }
    let mut data = DataSet::default();
    for (i, file) in files.iter().enumerate() {
        data.table
            .add(stem(&file.file), file.table.column(0).clone());
        data.roles.push(if i < references.len() {
            Role::Reference
        } else {
            Role::Hypothesis
        });
    }
    Ok(data)
}

/// Gives `role` to the named columns alone; without names the guess stands.
fn choose(data: &mut DataSet, names: &[String], role: Role) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    for current in &mut data.roles {
        if *current == role {
            *current = Role::Ignored;
        }
    }
    for name in names {
        let list = format!("{name}[");
        let mut found = false;
        for (i, column) in data.table.names().iter().enumerate() {
            if column == name || column.starts_with(&list) {
                data.roles[i] = role;
                found = true;
            }
        }
        if !found {
            return Err(format!(
                "there is no column {name}; there are {}",
                data.table.names().join(", ")
            )
            .into());
        }
    }
    Ok(())
}

fn score(
    arguments: &Arguments,
    data: &DataSet,
    spec: &MetricSpec,
    first: usize,
) -> Result<Value, Failure> {
    let metric = spec.metric();
    let width = metric.width();
    let systems = data.systems();
    let referenced = data.column_with(Role::Reference).is_some();
    if systems.is_empty() || (metric.properties().needs_reference && !referenced) {
        return Err("no column was recognised as a system or as a reference; name them with --system and --reference-column".into());
    }
    let test = paired_test(arguments);
    let (spec, matrices) = if metric.properties().needs_encoder {
        &encoded(arguments, data, spec, first)?
    } else {
        let rows = |column| statistics(data, metric, column, 0..first);
        let matrices = systems.iter().map(|(column, _)| rows(*column));
        &(spec.clone(), matrices.collect::<Vec<_>>())
    };
    let metric = spec.scoring();
    let baseline = match &arguments.settings.baseline {
        None => 0,
        Some(name) => systems
            .iter()
            .position(|(_, n)| n == name || *n == stem(name))
            .ok_or(format!("there is no system {name}"))?,
    };
    let clusters = data.clusters();
    let sample = Sample::new(spec, matrices, clusters.as_ref());
    let mut out = Vec::new();
    for (i, ((_, name), rows)) in systems.iter().zip(matrices).enumerate() {
        let score = metric.score(&sum_rows(rows.chunks_exact(width), width));
        let details: Map<String, Value> = score
            .details
            .iter()
            .map(|(k, v)| (k.clone(), json!(v)))
            .collect();
        let segments: Vec<f64> = rows
            .chunks_exact(width)
            .map(|r| metric.segment_score(r))
            .collect();
        let mut system =
            json!({"name": name, "score": score.value, "details": details, "segments": segments});
        if let Some(test) = &test {
            let p = (i != baseline)
                .then(|| test.p_value(metric, &sample.all(baseline), &sample.all(i)))
                .flatten();
            let interval = test.interval(metric, &sample.all(i), i == baseline);
            system["p"] = json!(p);
            system["mean"] = json!(interval.map(|i| i.mean));
            system["ci"] = json!(interval.map(|i| i.half_width()));
        }
        out.push(system);
    }
    let signature = signature(data, spec, test.as_ref());
    Ok(json!({"metric": metric.name(), "signature": signature, "systems": out}))
}

/// The default encoder's folder, where the build puts it.
const ENCODER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../target/models/all-MiniLM-L6-v2"
);

/// The rows of a metric that an encoder makes, on the processor.
fn encoded(
    arguments: &Arguments,
    data: &DataSet,
    spec: &MetricSpec,
    first: usize,
) -> Result<(MetricSpec, Vec<Vec<f64>>), Failure> {
    let folder = arguments.encoder.as_deref().unwrap_or(Path::new(ENCODER));
    let mut files: Vec<Named> = Vec::new();
    for name in FILES.iter().chain(&MORE_FILES) {
        let path = folder.join(name);
        if path.is_file() {
            files.push(((*name).to_owned(), Box::new(FileSource::open(&path)?)));
        }
    }
    let encoder = block_on(Encoder::open(files))?;
    let mut backend = block_on(CpuBackend::of(&encoder.store, &encoder.shape, |_| {}))?;
    let plan = match spec {
        MetricSpec::BertScore(metric) => Plan {
            layers: metric.layers,
            idf: metric.idf,
        },
        _ => Plan {
            layers: 0,
            idf: false,
        },
    };
    let info = EncoderInfo {
        id: encoder.id.clone(),
        name: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into(),
        base_name: encoder.base_name.clone(),
        layers: encoder.shape.layers,
        bytes: encoder.store.bytes_of(""),
    };
    let mut work = Semantic::new(plan, info, data);
    let plan = work.plan().clone();
    let mut frequencies = Frequencies::default();
    let segments = work.next(data, first);
    for (_, segment) in segments.iter().filter(|_| plan.idf) {
        count(&encoder, &mut frequencies, &segment.references)?;
    }
    for (row, segment) in segments {
        let rows = compare(&encoder, &mut backend, &plan, &frequencies, &segment);
        work.take(row, block_on(rows)?);
    }
    let found = work.matrices(data, script(data)).into_iter();
    let same = std::mem::discriminant(spec);
    let mut found = found.filter(|(s, _)| std::mem::discriminant(s) == same);
    Ok(found.next().ok_or("no reference to compare with")?)
}

fn paired_test(arguments: &Arguments) -> Option<PairedTest> {
    let (kind, usual) = match arguments.significance? {
        Significance::Bs => (PairedTestKind::Bootstrap, 1_000),
        Significance::Ar => (PairedTestKind::Randomization, 10_000),
    };
    Some(PairedTest {
        kind,
        samples: arguments.samples.unwrap_or(usual),
        seed: arguments.settings.seed,
    })
}
