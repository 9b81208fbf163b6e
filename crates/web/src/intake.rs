//! Files that hold no outputs, for the services that take them: training logs, trials, programs, a saved
//! evaluation.

use super::channel::breathe;
use super::data_worker::{Owner, send};
use super::owner_desk;
use assay_calls::Job;
use assay_codeeval::Programs;
use assay_core::beside::{FileKind, HEAD, kind};
use assay_core::code::code_view;
use assay_core::data::{OtherServices, SortedFiles};
use assay_core::platform::{InputFile, LocalFuture, read_head};
use assay_data::import::{ImportError, Imported, Importer, PASTED};
use assay_protocol::beside::{BesideCommand, BesideNews};
use assay_protocol::code::{CodeCommand, CodeNews};
use assay_protocol::data::{FoundInFiles, ImportFailure};
use assay_protocol::messages::Response;
use assay_protocol::topics::IMPORT;
use assay_training::read::{LogError, LogFile, MAX_BYTES};
use std::rc::{Rc, Weak};

/// What goes with the example: logs of two runs, an experiment, and what came of tasks.
const DEMO_LOGS: [(&str, &str); 2] = [
    ("run-a.jsonl", include_str!("../../../www/demo/run-a.jsonl")),
    ("run-b.jsonl", include_str!("../../../www/demo/run-b.jsonl")),
];
const DEMO_TRIALS: [(&str, &str); 2] = [
    ("demo-ab.csv", include_str!("../../../www/demo/demo-ab.csv")),
    (
        "demo-tasks.csv",
        include_str!("../../../www/demo/demo-tasks.csv"),
    ),
];

/// Tells of all runs and trials.
pub fn tell_all(owner: &Rc<Owner>) {
    tell(owner.beside.borrow().runs_news());
    tell(owner.beside.borrow().trials_news());
}

fn tell(news: BesideNews) {
    send(&Response::Beside {
        news: Box::new(news),
    });
}

/// The services that outputs have nothing to do with.
pub struct Others(pub Weak<Owner>);

impl OtherServices for Others {
    fn take_judgements<'a>(
        &'a self,
        files: &'a [Rc<dyn InputFile>],
    ) -> LocalFuture<'a, Result<bool, ImportFailure>> {
        Box::pin(async move {
            let Some(owner) = self.0.upgrade() else {
                return Ok(false);
            };
            Ok(owner_desk::take_files(&owner, files).await)
        })
    }

    fn take<'a>(
        &'a self,
        files: &'a SortedFiles,
        job: &'a Job,
    ) -> LocalFuture<'a, Result<Option<FoundInFiles>, ImportFailure>> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(owner) => take(&owner, files, job).await,
                None => Ok(None),
            }
        })
    }

    fn take_text(&self, text: &str, kind: FileKind) -> Result<FoundInFiles, ImportFailure> {
        match self.0.upgrade() {
            Some(owner) => take_text(&owner, text, kind),
            None => Ok(FoundInFiles::default()),
        }
    }

    fn load_demo(&self) -> FoundInFiles {
        if let Some(owner) = self.0.upgrade() {
            demo(&owner);
        }
        FoundInFiles {
            runs: true,
            experiments: true,
            ..FoundInFiles::default()
        }
    }

    fn before_data_changes(&self) {
        if let Some(owner) = self.0.upgrade() {
            owner.models.interrupt();
        }
    }

    fn after_data_changed(&self) {
        send(&Response::RatingsChanged);
    }
}

async fn take(
    owner: &Rc<Owner>,
    files: &SortedFiles,
    job: &Job,
) -> Result<Option<FoundInFiles>, ImportFailure> {
    let mut found = FoundInFiles::default();
    if let Some(file) = files.evaluations.first() {
        super::report_desk::open(owner, &**file).await?;
        found.evaluation = true;
        return Ok(Some(found));
    }
    if !files.logs.is_empty() {
        if !take_logs(owner, &files.logs, Vec::new()).await {
            return Ok(None);
        }
        found.runs = true;
    }
    if !files.experiments.is_empty() {
        take_trials(owner, &files.experiments, job).await?;
        found.experiments = true;
    }
    if !files.programs.is_empty() {
        let read = owner.data.read_tables(job, &files.programs).await?;
        if !take_programs(owner, &read) {
            return Ok(None);
        }
        found.programs = true;
    }
    Ok(Some(found))
}

fn tell_code(news: CodeNews) {
    send(&Response::Code {
        news: Box::new(news),
    });
}

/// Takes programs, which wait for the owner's yes; whether they are there now.
fn take_programs(owner: &Rc<Owner>, imported: &[Imported]) -> bool {
    let taken = Programs::of(imported);
    let there = taken.is_ok();
    match taken {
        Ok(programs) => {
            let view = Some(code_view(&programs));
            *owner.programs.borrow_mut() = Some(programs);
            tell_code(CodeNews::View { view });
        }
        Err(error) => tell_code(CodeNews::Failed { error }),
    }
    there
}

/// Hands programs to the page's sandbox and takes what they came to.
pub fn run_code(owner: &Rc<Owner>, command: CodeCommand) {
    let mut slot = owner.programs.borrow_mut();
    let Some(programs) = slot.as_mut() else {
        return;
    };
    let hand_out = |programs: &mut Programs| match programs.next_program() {
        Some((place, program)) => tell_code(CodeNews::Run { place, program }),
        None if programs.done() == programs.size().1 => tell_code(CodeNews::Through),
        None => {}
    };
    match command {
        CodeCommand::Begin { lanes } => {
            programs.again();
            (0..lanes).for_each(|_| hand_out(programs));
        }
        CodeCommand::Done { place, outcome } => {
            programs.take(place, outcome);
            tell_code(CodeNews::View {
                view: Some(code_view(programs)),
            });
            hand_out(programs);
        }
        CodeCommand::End { keep } => {
            let outcomes = (keep && programs.done() > 0).then(|| programs.outcomes());
            if outcomes.is_none() {
                *slot = None;
                tell_code(CodeNews::View { view: None });
            }
            drop(slot);
            if let Some(outcomes) = outcomes {
                if let Err(error) = owner.data.load(vec![outcomes]) {
                    send(&Response::Failed { error });
                }
            }
        }
    }
}

fn take_text(owner: &Rc<Owner>, text: &str, kind: FileKind) -> Result<FoundInFiles, ImportFailure> {
    let mut found = FoundInFiles::default();
    match kind {
        FileKind::Log => {
            let file = LogFile {
                path: PASTED.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
            let news = owner.beside.borrow_mut().take_logs(vec![file]);
            found.runs = !matches!(news, BesideNews::LogsFailed { .. });
            tell(news);
        }
        FileKind::Trial => {
            let file = import_text(PASTED, text)?;
            let news = owner.beside.borrow_mut().take_trials(vec![file])?;
            tell(news);
            found.experiments = true;
        }
        FileKind::Evaluation => {
            super::report_desk::restore(owner, PASTED, text);
            found.evaluation = true;
        }
        FileKind::Code => found.programs = take_programs(owner, &[import_text(PASTED, text)?]),
        FileKind::Outputs => {}
    }
    Ok(found)
}

fn import_text(name: &str, text: &str) -> Result<Imported, ImportError> {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes())?;
    importer.finish()
}

/// What goes with the example, beside its outputs.
fn demo(owner: &Rc<Owner>) {
    let logs = DEMO_LOGS.map(|(path, text)| LogFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    tell(owner.beside.borrow_mut().take_logs(logs.into()));
    let trials: Result<Vec<Imported>, ImportError> = DEMO_TRIALS
        .iter()
        .map(|(name, text)| import_text(name, text))
        .collect();
    if let Ok(Ok(news)) = trials.map(|files| owner.beside.borrow_mut().take_trials(files)) {
        tell(news);
    }
}

/// Answers what is asked of runs and trials.
pub async fn answer(owner: &Rc<Owner>, command: BesideCommand, files: Vec<Rc<dyn InputFile>>) {
    match command {
        BesideCommand::OpenLogs { paths } => {
            take_logs(owner, &files, paths).await;
        }
        BesideCommand::OpenTrials => {
            let job = owner.jobs.start(IMPORT);
            match take_trials(owner, &files, &job).await {
                Ok(()) | Err(ImportFailure::Stopped) => job.finish(),
                Err(ImportFailure::Table { error }) => {
                    job.fail(&error);
                    send(&Response::Failed { error });
                }
            }
        }
        command => {
            let news = owner.beside.borrow_mut().answer(command);
            news.into_iter().for_each(tell);
        }
    }
}

async fn take_trials(
    owner: &Rc<Owner>,
    files: &[Rc<dyn InputFile>],
    job: &Job,
) -> Result<(), ImportFailure> {
    let imported = owner.data.read_tables(job, files).await?;
    let news = owner.beside.borrow_mut().take_trials(imported)?;
    tell(news);
    Ok(())
}

/// Takes logs, under the paths they had in a folder; whether they are there now. Of a folder only what is a
/// log is read.
async fn take_logs(owner: &Rc<Owner>, files: &[Rc<dyn InputFile>], paths: Vec<String>) -> bool {
    let mut logs = Vec::new();
    let mut left = MAX_BYTES as u64;
    for (i, file) in files.iter().enumerate() {
        let path = paths.get(i).cloned().unwrap_or_else(|| file.name());
        let unreadable = |_| LogError::Unreadable { file: path.clone() };
        let head = read_head(&**file, HEAD as u64).await.map_err(unreadable);
        let wanted = head
            .as_ref()
            .is_ok_and(|head| kind(&path, head) == FileKind::Log);
        if !paths.is_empty() && !wanted {
            continue;
        }
        let bytes = match head {
            Ok(_) if file.bytes() > left => Err(LogError::TooLarge {
                file: path.clone(),
                limit_mb: MAX_BYTES / 1_000_000,
            }),
            Ok(_) => file.read(0, file.bytes()).await.map_err(unreadable),
            Err(error) => Err(error),
        };
        match bytes {
            Ok(bytes) => {
                left -= bytes.len() as u64;
                logs.push(LogFile { path, bytes });
            }
            Err(error) => {
                tell(BesideNews::LogsFailed { error });
                return false;
            }
        }
        breathe().await;
    }
    if logs.is_empty() {
        let file = files.first().map_or(String::new(), |file| file.name());
        tell(BesideNews::LogsFailed {
            error: LogError::NoLog { file },
        });
        return false;
    }
    let news = owner.beside.borrow_mut().take_logs(logs);
    let failed = matches!(news, BesideNews::LogsFailed { .. });
    tell(news);
    !failed
}
