//! An evaluation of files on the command line: the page's session and services, with tasks run on threads.

use crate::encoder::compare_all;
use crate::failure::Failure;
use crate::input::{Input, load_asset};
use crate::progress::Bar;
use crate::sources::Sources;
use assay_calls::{Announcer, Jobs};
use assay_core::experiments::ExperimentService;
use assay_core::session::Session;
use assay_core::sniff::sniff;
use assay_core::training::TrainingService;
use assay_data::DataSet;
use assay_data::import::stem;
use assay_eval::{Parcel, Task, TaskError};
use assay_metrics::registry::MetricSpec;
use assay_platform::{Clock, LocalFuture};
use assay_protocol::data::FileKind;
use assay_protocol::doubts::DataAnswer;
use assay_protocol::scores::ScoresError;
use assay_results::extraction::ExtractionStep;
use assay_stats::{PairedTest, PairedTestKind};
use assay_training::read::LogFile;
use clap::ValueEnum;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

/// How the files are evaluated.
#[derive(clap::Args)]
pub(crate) struct Settings {
    /// The system that others are compared with; otherwise one whose name says so (base, before, 原始), or the first
    #[arg(long, value_name = "SYSTEM")]
    baseline: Option<String>,
    /// Compute these measures alone, by name (`assay score --list`), in place of those that suit the data
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        conflicts_with = "preset"
    )]
    metric: Vec<String>,
    /// Options of the measures that --metric names, by the reference tool's names
    #[arg(long, value_name = "KEY=VALUE", value_parser = setting, requires = "metric")]
    option: Vec<(String, String)>,
    /// Compute these measures beside the others
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    add: Vec<String>,
    /// Compute the metrics of a tool as it computes them, in place of those that suit the data: sacrebleu, evaluate,
    /// lm-eval or llamafactory
    #[arg(long, value_name = "TOOL")]
    preset: Option<String>,
    /// Steps from outputs to answers, in order, such as `reasoning`, `boxed`, `last-match=EXPRESSION`; `raw` for none.
    /// Without this they follow the outputs
    #[arg(long, value_name = "STEP")]
    answer: Vec<String>,
    /// How systems are tested against the baseline
    #[arg(long, default_value = "bs")]
    significance: Significance,
    /// Resamples: 1,000 of the bootstrap, 10,000 of randomisation
    #[arg(long)]
    samples: Option<usize>,
    /// The seed of resampling
    #[arg(long, default_value_t = 12345)]
    seed: u64,
    /// The folder of the encoder, for measures that need one; the default encoder's otherwise
    #[arg(long, value_name = "FOLDER")]
    encoder: Option<PathBuf>,
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

impl Settings {
    fn test(&self) -> PairedTest {
        let (kind, usual) = match self.significance {
            Significance::Bs => (PairedTestKind::Bootstrap, 1_000),
            Significance::Ar => (PairedTestKind::Randomization, 10_000),
        };
        PairedTest {
            kind,
            samples: self.samples.unwrap_or(usual),
            seed: self.seed,
        }
    }

    /// The measures that are named, with their options.
    fn specs(&self) -> Result<Vec<MetricSpec>, Failure> {
        let mut options: Vec<&(String, String)> = self.option.iter().collect();
        // A smoothing value needs its method first, in whatever order they were given.
        options.sort_by_key(|(key, _)| key == "smooth_value");
        let mut specs = Vec::new();
        for name in &self.metric {
            specs.push(MetricSpec::named(name)?);
        }
        for (key, value) in options {
            let has_it = |spec: &&mut MetricSpec| spec.options().iter().any(|o| o.name == *key);
            let mut with_it = specs.iter_mut().filter(has_it).peekable();
            if with_it.peek().is_none() {
                return Err(format!("none of the measures has an option {key}").into());
            }
            for spec in with_it {
                spec.set(key, value)?;
            }
        }
        for spec in &specs {
            spec.metric().check()?;
        }
        Ok(specs)
    }
}

/// Files that were read and evaluated.
pub(crate) struct Evaluation {
    pub(crate) session: Rc<RefCell<Session>>,
    pub(crate) training: Rc<TrainingService>,
    pub(crate) experiments: Rc<ExperimentService>,
    /// Files that hold nothing that is evaluated here, with their kind.
    pub(crate) left_out: Vec<(String, FileKind)>,
}

impl Evaluation {
    /// Reads the files, each as what it is, and computes all that there is to compute.
    ///
    /// # Errors
    /// When a file can't be read, or an argument names nothing that is there.
    pub(crate) fn of(sources: &Sources, settings: &Settings) -> Result<Self, Failure> {
        let clock = || Rc::new(SystemClock);
        let (jobs, announcer) = (Jobs::default, Announcer::default);
        let evaluation = Self {
            session: Rc::new(RefCell::new(Session::default())),
            training: Rc::new(TrainingService::new(jobs(), announcer(), clock())),
            experiments: Rc::new(ExperimentService::new(jobs(), announcer(), clock())),
            left_out: Vec::new(),
        };
        evaluation.read(sources)?.evaluate(settings)
    }

    fn read(mut self, sources: &Sources) -> Result<Self, Failure> {
        if let Some(data) = sources.lines()? {
            self.load(data);
            return Ok(self);
        }
        let paths = sources.named();
        if paths.is_empty() {
            return Err("name files, or give --reference and --system with files of lines".into());
        }
        let (mut outputs, mut logs, mut trials) = (Vec::new(), Vec::new(), Vec::new());
        for input in Input::all(&paths)? {
            match sniff(input.path(), &input.head()?).kind {
                FileKind::Outputs => outputs.push(input.table()?),
                FileKind::Trial => trials.push(input.table()?),
                FileKind::Log => logs.push(LogFile {
                    path: input.path().to_owned(),
                    bytes: input.bytes()?,
                }),
                kind => self.left_out.push((input.path().to_owned(), kind)),
            }
        }
        if !outputs.is_empty() {
            self.load(sources.applied(DataSet::join(outputs)?)?);
        }
        if !logs.is_empty() {
            self.training.take(logs)?;
        }
        if !trials.is_empty() {
            self.experiments.take(trials)?;
        }
        Ok(self)
    }

    fn load(&self, data: DataSet) {
        let mut session = self.session.borrow_mut();
        session.load(data);
        // A command has nobody to ask; `assay inspect` says what is in doubt.
        while session.answer(&DataAnswer::AsItIs {}).is_ok() {}
    }

    fn evaluate(self, settings: &Settings) -> Result<Self, Failure> {
        let mut session = self.session.borrow_mut();
        let summary = session.summary();
        let baseline = match &settings.baseline {
            None => summary.baseline.system,
            Some(name) => {
                let place = summary
                    .systems
                    .iter()
                    .position(|s| s == name || s == stem(name));
                place.ok_or_else(|| {
                    let names = summary.systems.join(", ");
                    format!("there is no system {name}; there are {names}")
                })?
            }
        };
        if !settings.answer.is_empty() {
            let columns: Vec<usize> = summary.answers.iter().map(|a| a.column).collect();
            session.set_steps(&columns, &steps(&settings.answer)?)?;
        }
        if settings.preset.is_some() {
            session.set_preset(settings.preset.as_deref())?;
        }
        let specs = settings.specs()?;
        let (by_encoder, specs): (Vec<MetricSpec>, Vec<MetricSpec>) = specs
            .into_iter()
            .partition(|spec| spec.scoring().properties().needs_encoder);
        if !settings.metric.is_empty() {
            session.compute_only(specs)?;
        }
        for name in &settings.add {
            match session.add_metric(name) {
                Ok(_) | Err(ScoresError::AlreadyThere { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        for spec in &by_encoder {
            compare_all(&mut session, settings.encoder.as_deref(), spec)?;
        }
        session.give();
        session.evaluate(baseline, settings.test());
        run(&mut session)?;
        drop(session);
        Ok(self)
    }
}

/// The steps that arguments name.
fn steps(names: &[String]) -> Result<Vec<ExtractionStep>, Failure> {
    if names == ["raw"] {
        return Ok(Vec::new());
    }
    let parse = |name: &String| {
        ExtractionStep::parse(name).ok_or_else(|| {
            let all = ExtractionStep::all();
            let names: Vec<&str> = all.iter().map(ExtractionStep::name).collect();
            format!(
                "there is no step {name}; there are raw, {}",
                names.join(", ")
            )
            .into()
        })
    };
    names.iter().map(parse).collect()
}

/// Runs all tasks of a session, as many at once as there are cores.
fn run(session: &mut Session) -> Result<(), Failure> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut bar = Bar::new("scoring");
    loop {
        let mut jobs = Vec::new();
        while jobs.len() < cores {
            let Some(job) = session.next_job() else { break };
            jobs.push(job);
        }
        if jobs.is_empty() {
            bar.end();
            return Ok(());
        }
        // A missing dictionary is loaded once, before the tasks that need it.
        for (_, task, _) in &jobs {
            if let Some(asset) = task.missing() {
                load_asset(asset)?;
            }
        }
        let work: Vec<(&Task, &Parcel)> = jobs
            .iter()
            .map(|(_, task, parcel)| (task, parcel))
            .collect();
        let outcomes = together(&work)?;
        for ((job, ..), outcome) in jobs.iter().zip(outcomes) {
            session.accept(job, outcome);
        }
        bar.show(session.progress());
    }
}

fn together(work: &[(&Task, &Parcel)]) -> Result<Vec<Vec<f64>>, Failure> {
    let outcomes: Vec<Result<Vec<f64>, TaskError>> = std::thread::scope(|scope| {
        let start = |(task, parcel): &(&'_ Task, &'_ Parcel)| {
            let (task, parcel) = ((*task).clone(), (*parcel).clone());
            scope.spawn(move || task.run(&parcel))
        };
        let threads: Vec<_> = work.iter().map(start).collect();
        let end = |thread: std::thread::ScopedJoinHandle<'_, _>| match thread.join() {
            Ok(outcome) => outcome,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().map(end).collect()
    });
    outcomes
        .into_iter()
        .map(|outcome| outcome.map_err(Failure::from))
        .collect()
}

/// The machine's clock. Nothing here waits or makes keys.
struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> f64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0.0, |since| since.as_secs_f64() * 1e3)
    }

    fn sleep(&self, _: u32) -> LocalFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    fn fill_random(&self, _: &mut [u8]) -> bool {
        false
    }
}
