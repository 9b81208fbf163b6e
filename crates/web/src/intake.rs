//! Files that hold no outputs, for the services that take them: training logs, trials, programs, a saved
//! evaluation.

use super::data_worker::{Owner, send};
use assay_calls::Job;
use assay_codeeval::Programs;
use assay_core::code::code_view;
use assay_core::data::{OtherServices, SortedFiles};
use assay_core::file_kind::FileKind;
use assay_core::platform::{InputFile, LocalFuture};
use assay_data::import::{ImportError, Imported, Importer, PASTED};
use assay_protocol::code::{CodeCommand, CodeNews};
use assay_protocol::data::{FoundInFiles, ImportFailure};
use assay_protocol::messages::Response;
use assay_protocol::training::OpenLogsError;
use assay_training::read::LogFile;
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
            let are_links = owner.projects.are_collectable(files).await;
            if are_links {
                owner.projects.collect("", files).await;
            }
            Ok(are_links)
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

    /// Judgements are joined with the rows of the data anew when they are asked for.
    fn after_data_changed(&self) {}
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
        if !take_logs(owner, &files.logs).await? {
            return Ok(None);
        }
        found.runs = true;
    }
    if !files.experiments.is_empty() {
        take_experiments(owner, &files.experiments, job).await?;
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
            if let Some(outcomes) = outcomes
                && let Err(error) = owner.data.load(vec![outcomes])
            {
                send(&Response::Failed { error });
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
            match owner.training.take(vec![file]) {
                Ok(()) => found.runs = true,
                Err(error) => send(&Response::LogsFailed { error }),
            }
        }
        FileKind::Trial => {
            let file = import_text(PASTED, text)?;
            owner.experiments.take(vec![file])?;
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
    if let Err(error) = owner.training.take(logs.into()) {
        send(&Response::LogsFailed { error });
    }
    let trials: Result<Vec<Imported>, ImportError> = DEMO_TRIALS
        .iter()
        .map(|(name, text)| import_text(name, text))
        .collect();
    if let Err(error) = trials.and_then(|files| owner.experiments.take(files)) {
        send(&Response::Failed { error });
    }
}

async fn take_experiments(
    owner: &Rc<Owner>,
    files: &[Rc<dyn InputFile>],
    job: &Job,
) -> Result<(), ImportFailure> {
    let imported = owner.data.read_tables(job, files).await?;
    Ok(owner.experiments.take(imported)?)
}

/// Takes training logs; whether they are there now.
async fn take_logs(owner: &Rc<Owner>, files: &[Rc<dyn InputFile>]) -> Result<bool, ImportFailure> {
    match owner.training.open(files.to_vec(), Vec::new()).await {
        Ok(()) => Ok(true),
        Err(OpenLogsError::Log { error }) => {
            send(&Response::LogsFailed { error });
            Ok(false)
        }
        Err(OpenLogsError::Stopped) => Err(ImportFailure::Stopped),
    }
}
