//! Scores a file from the command line with the code that the page runs.
//!
//! ```text
//! assay score --input outputs.jsonl --metric bleu --option tokenize=zh --json
//! assay score --reference ref.txt --system a.txt b.txt --metric chrf \
//!     --significance bs --baseline a --json
//! ```

use assay_core::semantic::{EncoderInfo, Semantic};
use assay_data::import::{ImportError, Importer, stem};
use assay_data::{DataSet, Role};
use assay_eval::advice::script;
use assay_eval::results::tested_signature;
use assay_eval::statistics;
use assay_lm::cpu::CpuBackend;
use assay_lm::encoder::compare::{compare, count};
use assay_lm::encoder::{Encoder, FILES, Frequencies, MORE_FILES, Named};
use assay_lm::source::FileSource;
use assay_metrics::registry::{ALL, MetricSpec};
use assay_metrics::resampling::ResampleRows;
use assay_metrics::{asset, sum_rows};
use assay_results::encoder::Plan;
use assay_stats::{PairedTest, PairedTestKind};
use pollster::block_on;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::path::Path;

use crate::Failure;

const USAGE: &str = "usage: assay score --input FILE [--reference-column C]… [--system C]… \
| --reference FILE… --system FILE… ; [--first N] --metric NAME [--option key=value]… [--json] \
[--encoder FOLDER] [--significance bs|ar --baseline NAME [--seed 12345] [--samples N]] ; --list names the metrics";

/// The values given to each flag.
struct Arguments(HashMap<String, Vec<String>>);

impl Arguments {
    fn parse(arguments: &[String]) -> Result<Self, Failure> {
        const FLAGS: [&str; 14] = [
            "encoder",
            "list",
            "input",
            "reference-column",
            "system",
            "reference",
            "first",
            "metric",
            "option",
            "json",
            "significance",
            "baseline",
            "seed",
            "samples",
        ];
        let mut flags: HashMap<String, Vec<String>> = HashMap::new();
        let mut current = String::new();
        for argument in arguments.iter().cloned() {
            match argument.strip_prefix("--") {
                Some(flag) if FLAGS.contains(&flag) => {
                    current = flag.to_owned();
                    flags.entry(current.clone()).or_default();
                }
                Some(_) if current.is_empty() || argument.len() > 2 => {
                    return Err(format!("{argument} is not understood\n{USAGE}").into());
                }
                _ => match flags.get_mut(&current) {
                    Some(values) => values.push(argument),
                    None => return Err(USAGE.into()),
                },
            }
        }
        Ok(Self(flags))
    }

    fn all(&self, flag: &str) -> &[String] {
        self.0.get(flag).map_or(&[], Vec::as_slice)
    }

    fn one(&self, flag: &str) -> Option<&str> {
        self.all(flag).last().map(String::as_str)
    }

    fn number(&self, flag: &str) -> Result<Option<u64>, Failure> {
        let parse = |text: &str| {
            text.parse()
                .map_err(|_| format!("--{flag} takes a whole number, not {text}").into())
        };
        self.one(flag).map(parse).transpose()
    }
}

/// Scores the files that the arguments name.
///
/// # Errors
/// What is wrong with the arguments or the files.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments)?;
    if arguments.0.contains_key("list") {
        return list();
    }
    let name = arguments.one("metric").ok_or(USAGE)?;
    let mut spec = MetricSpec::named(name)?;
    let mut options: Vec<(&str, &str)> = Vec::new();
    for option in arguments.all("option") {
        options.push(
            option
                .split_once('=')
                .ok_or(format!("--option takes key=value, not {option}"))?,
        );
    }
    // A smoothing value needs its method first, in whatever order they were given.
    options.sort_by_key(|(key, _)| *key == "smooth_value");
    for (key, value) in options {
        spec.set(key, value)?;
    }
    if let Some(asset) = spec.metric().properties().asset {
        let file = format!("{}/../../www/{}", env!("CARGO_MANIFEST_DIR"), asset.file());
        let bytes = std::fs::read(&file).map_err(|e| format!("{file}: {e}"))?;
        if !asset::load(asset, &bytes) {
            return Err(format!("{file} can't be read").into());
        }
    }
    let data = load(&arguments)?;
    let rows = data.table.rows();
    let first = arguments
        .number("first")?
        .map_or(rows, |n| rows.min(n as usize));
    let report = score(&arguments, &data, &spec, first)?;
    if arguments.0.contains_key("json") {
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

/// Every metric by name, with its options as they stand and the values they take.
fn list() -> Result<(), Failure> {
    for name in ALL {
        let spec = MetricSpec::named(name)?;
        let metric = spec.metric();
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

fn read(path: &str, mut importer: Importer) -> Result<assay_data::import::Imported, Failure> {
    use std::io::Read;
    let mut file = std::fs::File::open(path).map_err(|e| format!("{path}: {e}"))?;
    let mut slice = vec![0; 1 << 20];
    loop {
        match file.read(&mut slice).map_err(|e| format!("{path}: {e}"))? {
            0 => return importer.finish().map_err(ImportError::into),
            n => importer.push(&slice[..n])?,
        }
    }
}

fn load(arguments: &Arguments) -> Result<DataSet, Failure> {
    if let Some(path) = arguments.one("input") {
        let mut data = DataSet::join(vec![read(path, Importer::new(path))?])?;
        choose(
            &mut data,
            arguments.all("reference-column"),
            Role::Reference,
        )?;
        choose(&mut data, arguments.all("system"), Role::Hypothesis)?;
        return Ok(data);
    }
    let (references, systems) = (arguments.all("reference"), arguments.all("system"));
    if references.is_empty() || systems.is_empty() {
        return Err(USAGE.into());
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
    let test = paired_test(arguments)?;
    let (spec, matrices) = if metric.properties().needs_encoder {
        &encoded(arguments, data, spec, first)?
    } else {
        let rows = |column| statistics(data, metric, column, 0..first);
        let matrices = systems.iter().map(|(column, _)| rows(*column));
        &(spec.clone(), matrices.collect::<Vec<_>>())
    };
    let metric = spec.metric();
    let baseline = match arguments.one("baseline") {
        None => 0,
        Some(name) => systems
            .iter()
            .position(|(_, n)| *n == name || *n == stem(name))
            .ok_or(format!("there is no system {name}"))?,
    };
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
                .then(|| test.p_value(metric, &matrices[baseline], rows))
                .flatten();
            let interval = test.interval(metric, rows, i == baseline);
            system["p"] = json!(p);
            system["mean"] = json!(interval.map(|i| i.mean));
            system["ci"] = json!(interval.map(|i| i.half_width()));
        }
        out.push(system);
    }
    let refs = data.reference_count();
    let signature = match &test {
        Some(test) => tested_signature(spec, refs, test),
        None => metric.signature(refs, None),
    };
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
    let folder = Path::new(arguments.one("encoder").unwrap_or(ENCODER));
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

fn paired_test(arguments: &Arguments) -> Result<Option<PairedTest>, Failure> {
    let (kind, usual) = match arguments.one("significance") {
        None => return Ok(None),
        Some("bs") => (PairedTestKind::Bootstrap, 1_000),
        Some("ar") => (PairedTestKind::Randomization, 10_000),
        Some(other) => return Err(format!("--significance takes bs or ar, not {other}").into()),
    };
    let samples = arguments.number("samples")?.unwrap_or(usual) as usize;
    let seed = arguments.number("seed")?.unwrap_or(12345);
    Ok(Some(PairedTest {
        kind,
        samples,
        seed,
    }))
}
