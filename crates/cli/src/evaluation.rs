//! An evaluation of files on the command line: the page's session and services, with tasks run on threads.

use crate::failure::Failure;
use crate::input::{Input, load_asset};
use assay_calls::{Announcer, Jobs};
use assay_core::experiments::ExperimentService;
use assay_core::session::Session;
use assay_core::sniff::sniff;
use assay_core::training::TrainingService;
use assay_data::DataSet;
use assay_eval::{Parcel, Task, TaskError};
use assay_platform::{Clock, LocalFuture};
use assay_protocol::data::FileKind;
use assay_protocol::doubts::DataAnswer;
use assay_protocol::scores::ScoresError;
use assay_results::extraction::ExtractionStep;
use assay_stats::PairedTest;
use assay_training::read::LogFile;
use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How the files are evaluated.
#[derive(clap::Args)]
pub(crate) struct Settings {
    /// The system that others are compared with; the first otherwise
    #[arg(long, value_name = "SYSTEM")]
    pub(crate) baseline: Option<String>,
    /// Measures beside those that suit the data, by name (`assay score --list`)
    #[arg(long, value_name = "NAME")]
    pub(crate) metric: Vec<String>,
    /// Compute the metrics of a tool as it computes them, in place of those that suit the data: sacrebleu, evaluate,
    /// lm-eval or llamafactory
    #[arg(long, value_name = "TOOL")]
    pub(crate) preset: Option<String>,
    /// Steps from outputs to answers, in order, such as `reasoning`, `boxed`, `last-match=EXPRESSION`; `raw` for none.
    /// Without this they follow the outputs
    #[arg(long, value_name = "STEP")]
    pub(crate) answer: Vec<String>,
    /// The seed of resampling
    #[arg(long, default_value_t = 12345)]
    pub(crate) seed: u64,
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
    pub(crate) fn of(paths: &[String], settings: &Settings) -> Result<Self, Failure> {
        let clock = || Rc::new(SystemClock);
        let (jobs, announcer) = (Jobs::default, Announcer::default);
        let evaluation = Self {
            session: Rc::new(RefCell::new(Session::default())),
            training: Rc::new(TrainingService::new(jobs(), announcer(), clock())),
            experiments: Rc::new(ExperimentService::new(jobs(), announcer(), clock())),
            left_out: Vec::new(),
        };
        evaluation.read(paths)?.evaluate(settings)
    }

    fn read(mut self, paths: &[String]) -> Result<Self, Failure> {
        let (mut outputs, mut logs, mut trials) = (Vec::new(), Vec::new(), Vec::new());
        for input in Input::all(paths)? {
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
            let data = DataSet::join(outputs)?;
            let mut session = self.session.borrow_mut();
            session.load(data);
            // A command has nobody to ask; `assay inspect` says what is in doubt.
            while session.answer(&DataAnswer::AsItIs {}).is_ok() {}
            drop(session);
        }
        if !logs.is_empty() {
            self.training.take(logs)?;
        }
        if !trials.is_empty() {
            self.experiments.take(trials)?;
        }
        Ok(self)
    }

    fn evaluate(self, settings: &Settings) -> Result<Self, Failure> {
        let mut session = self.session.borrow_mut();
        let summary = session.summary();
        let baseline = match &settings.baseline {
            None => 0,
            Some(name) => {
                let place = summary.systems.iter().position(|s| s == name);
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
        for name in &settings.metric {
            match session.add_metric(name) {
                Ok(_) | Err(ScoresError::AlreadyThere { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        session.give();
        let test = PairedTest {
            seed: settings.seed,
            ..PairedTest::default()
        };
        session.evaluate(baseline, test);
        run(&mut session)?;
        drop(session);
        Ok(self)
    }
}

/// The steps that arguments name.
pub(crate) fn steps(names: &[String]) -> Result<Vec<ExtractionStep>, Failure> {
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
    let mut bar = Bar::default();
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

/// Progress on the error stream, where that is a terminal and the work takes longer than a second.
struct Bar {
    start: std::time::Instant,
    is_shown: bool,
}

impl Default for Bar {
    fn default() -> Self {
        Self {
            start: std::time::Instant::now(),
            is_shown: false,
        }
    }
}

impl Bar {
    fn show(&mut self, (done, total): (f64, f64)) {
        let is_long = self.start.elapsed() > Duration::from_secs(1);
        if is_long && total > 0.0 && std::io::stderr().is_terminal() {
            eprint!("\rscoring: {:.0} %", 100.0 * done / total);
            // A bar that can't be shown is no reason to stop.
            self.is_shown = std::io::stderr().flush().is_ok();
        }
    }

    fn end(&self) {
        if self.is_shown {
            eprintln!();
        }
    }
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
