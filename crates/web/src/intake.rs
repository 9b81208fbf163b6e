//! Files that are dropped together, sorted by what they are: outputs, training logs, trials, a saved
//! evaluation.

use super::channel::breathe;
use super::data_worker::{Owner, finish_import, load_text, read_slice, send};
use super::platform::input_files;
use assay_codeeval::Programs;
use assay_core::code::code_view;
use assay_core::file_kind::{FileKind, HEAD, kind};
use assay_data::import::{ImportError, Imported, Importer, MAX_TEXT, PASTED, within};
use assay_protocol::code::{CodeCommand, CodeNews};
use assay_protocol::messages::Response;
use assay_protocol::training::OpenLogsError;
use assay_training::read::LogFile;
use assay_web_calls::Attachments;
use std::rc::Rc;
use web_sys::File;

/// Bytes read at once.
const SLICE_BYTES: f64 = (4 << 20) as f64;

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

/// Takes files of any kind.
pub async fn take(owner: &Rc<Owner>, files: Vec<File>) {
    let mut code = Vec::new();
    let (mut outputs, mut logs, mut trials, mut saved) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let head = read_slice(&file, 0.0, file.size().min(HEAD as f64)).await;
        let Ok(head) = head else {
            let error = ImportError::Unreadable { file: file.name() };
            return send(&Response::Failed { error });
        };
        match kind(&file.name(), &head) {
            FileKind::Log => logs.push(file),
            FileKind::Trial => trials.push(file),
            FileKind::Evaluation => saved.push(file),
            FileKind::Code => code.push(file),
            FileKind::Outputs => outputs.push(file),
        }
    }
    if let Some(file) = saved.first() {
        return super::report_desk::open(owner, file).await;
    }
    let (has_logs, has_trials) = (!logs.is_empty(), !trials.is_empty());
    if has_logs && !take_logs(owner, logs).await {
        return;
    }
    if has_trials && !take_trials(owner, trials).await {
        return;
    }
    let has_code = !code.is_empty();
    if has_code && !take_code(owner, code).await {
        return;
    }
    if !outputs.is_empty() {
        import(owner, outputs).await;
    } else if !has_code {
        send(&Response::Took { runs: has_logs });
    }
}

fn tell_code(news: CodeNews) {
    send(&Response::Code {
        news: Box::new(news),
    });
}

/// Takes programs, which wait for the owner's yes; whether they are there now.
async fn take_code(owner: &Rc<Owner>, files: Vec<File>) -> bool {
    let Some(imported) = read(owner, &files).await else {
        return false;
    };
    take_programs(owner, &imported)
}

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
                finish_import(owner, Ok(vec![outcomes]));
            }
        }
    }
}

/// What can be told before a byte is read.
fn too_large(files: &[File]) -> Option<ImportError> {
    let names: Vec<String> = files.iter().map(File::name).collect();
    let plain = files.iter().filter(|f| !f.name().ends_with(".gz"));
    let bytes: f64 = plain.map(|f| f.size()).sum();
    within(&names.join(", "), bytes as u64, MAX_TEXT).err()
}

/// Reads tables slice by slice; `None` where that failed or was stopped, which is told.
async fn read(owner: &Rc<Owner>, files: &[File]) -> Option<Vec<Imported>> {
    let mine = owner.generation.get();
    let total: f64 = files.iter().map(|f| f.size()).sum();
    if let Some(error) = too_large(files) {
        send(&Response::Failed { error });
        return None;
    }
    let mut done = 0.0;
    let mut imported = Vec::new();
    for file in files {
        let mut importer = Importer::new(&file.name());
        let mut start = 0.0;
        while start < file.size() {
            let end = (start + SLICE_BYTES).min(file.size());
            let bytes = read_slice(file, start, end).await;
            if owner.generation.get() != mine {
                send(&Response::Cancelled);
                return None;
            }
            let pushed = match bytes {
                Ok(bytes) => importer.push(&bytes),
                Err(_) => Err(ImportError::Unreadable { file: file.name() }),
            };
            if let Err(error) = pushed {
                send(&Response::Failed { error });
                return None;
            }
            done += end - start;
            start = end;
            send(&Response::Importing {
                done,
                total,
                rows: importer.rows(),
            });
            breathe().await;
        }
        match importer.finish() {
            Ok(file) => imported.push(file),
            Err(error) => {
                send(&Response::Failed { error });
                return None;
            }
        }
    }
    Some(imported)
}

async fn import(owner: &Rc<Owner>, files: Vec<File>) {
    if let Some(imported) = read(owner, &files).await {
        finish_import(owner, Ok(imported));
    }
}

/// Takes pasted text of any kind.
pub fn paste(owner: &Rc<Owner>, text: &str) {
    let end = (0..=text.len().min(HEAD))
        .rev()
        .find(|i| text.is_char_boundary(*i));
    match kind(PASTED, &text.as_bytes()[..end.unwrap_or(0)]) {
        FileKind::Log => {
            let file = LogFile {
                path: PASTED.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
            match owner.training.take(vec![file]) {
                Ok(()) => send(&Response::Took { runs: true }),
                Err(error) => send(&Response::LogsFailed { error }),
            }
        }
        FileKind::Trial => {
            let taken = import_text(PASTED, text);
            match taken.and_then(|file| owner.experiments.take(vec![file])) {
                Ok(()) => send(&Response::Took { runs: false }),
                Err(error) => send(&Response::Failed { error }),
            }
        }
        FileKind::Evaluation => super::report_desk::restore(owner, PASTED, text),
        FileKind::Code => match import_text(PASTED, text) {
            Ok(file) => {
                take_programs(owner, &[file]);
            }
            Err(error) => send(&Response::Failed { error }),
        },
        FileKind::Outputs => load_text(owner, PASTED, text),
    }
}

fn import_text(name: &str, text: &str) -> Result<Imported, ImportError> {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes())?;
    importer.finish()
}

/// What goes with the example, beside its outputs.
pub fn demo(owner: &Rc<Owner>) {
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

/// Takes experiments; whether they are there now.
async fn take_trials(owner: &Rc<Owner>, files: Vec<File>) -> bool {
    let Some(imported) = read(owner, &files).await else {
        return false;
    };
    match owner.experiments.take(imported) {
        Ok(()) => true,
        Err(error) => {
            send(&Response::Failed { error });
            false
        }
    }
}

/// Takes logs; whether they are there now.
async fn take_logs(owner: &Rc<Owner>, files: Vec<File>) -> bool {
    let files = input_files(Attachments::files(files));
    match owner.training.open(files, Vec::new()).await {
        Ok(()) => return true,
        Err(OpenLogsError::Log { error }) => send(&Response::LogsFailed { error }),
        Err(OpenLogsError::Stopped) => send(&Response::Cancelled),
    }
    false
}
