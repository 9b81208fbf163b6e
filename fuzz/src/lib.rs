//! Every reader of outside bytes as a function over bytes that must neither panic, nor hang, nor take memory out
//! of proportion. `cargo fuzz run <name> --features libfuzzer` explores one without end; the tests run all of
//! them a bounded number of times on stable Rust (`tests/bounded.rs`).
//!
//! The first byte of the input chooses between the formats of a reader where the file's name does.

use assay_codeeval::{Outcome, Programs, State};
use assay_containers::{Limits, read as read_container};
use assay_core::projects::OpenProject;
use assay_core::saved::Saved;
use assay_data::DataSet;
use assay_data::import::Importer;
use assay_experiment::Trial;
use assay_experiment::view::TrialView;
use assay_lm::adapter::{CONFIG, Named, WEIGHTS};
use assay_lm::chat::ChatTemplate;
use assay_lm::encoder::Encoder;
use assay_lm::source::Source;
use assay_lm::tokenizer::Tokenizer;
use assay_lm::{Adapter, Model};
use assay_protocol::markup::TextToParse;
use assay_rating::envelope::{self, AnswerKey, Envelope};
use assay_rating::exchange;
use assay_rating::owner::OwnerSecret;
use assay_training::read::{self, LogFile};
use assay_training::view::RunView;
use pollster::block_on;
use std::rc::Rc;

pub mod mutate;
mod targets;

pub use targets::{Target, targets};

/// Names under which a table of outputs may come.
const TABLES: [&str; 6] = ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.txt", "a.csv.gz"];
/// Names under which programs may come.
const PROGRAMS: [&str; 3] = ["p.jsonl", "p.csv", "p.json"];
/// Names under which a training log may come.
const LOGS: [&str; 9] = [
    "trainer_state.json",
    "events.out.tfevents.1",
    "log.txt",
    "run.zip",
    "metrics.csv",
    "log.jsonl",
    "all_results.json",
    "run-a-tag-loss.csv",
    "run-a-tag-loss.json",
];
/// Names under which judgements may come.
const JUDGEMENTS: [&str; 4] = ["r.csv", "r.json", "r.jsonl", "r.tsv"];
/// Bytes in a piece that the importer gets at once: odd, so that characters are cut.
const PIECE: usize = 61;

fn chosen<'a>(data: &'a [u8], names: &[&'static str]) -> Option<(&'static str, &'a [u8])> {
    let (first, rest) = data.split_first()?;
    Some((names[usize::from(*first) % names.len()], rest))
}

/// Outputs, in every format, whole and in pieces; what was read becomes a data set and an experiment.
pub fn import(data: &[u8]) {
    let Some((name, bytes)) = chosen(data, &TABLES) else {
        return;
    };
    let read = |pieces: &mut dyn Iterator<Item = &[u8]>| {
        let mut importer = Importer::new(name);
        for piece in pieces {
            importer.push(piece)?;
        }
        importer.finish()
    };
    let whole = read(&mut std::iter::once(bytes));
    let pieces = read(&mut bytes.chunks(PIECE));
    assert_eq!(whole.is_ok(), pieces.is_ok(), "pieces read otherwise");
    let (Ok(whole), Ok(pieces)) = (whole, pieces) else {
        return;
    };
    assert_eq!(whole.table.rows(), pieces.table.rows());
    if let Ok(trial) = Trial::of(pieces) {
        // A view of any table must be made without a panic; its contents are tested elsewhere.
        std::hint::black_box(TrialView::of(&trial));
    }
    if let Ok(data) = DataSet::join(vec![whole]) {
        for row in 0..data.table.rows().min(50) {
            std::hint::black_box(data.references(row));
        }
    }
}

/// Workbooks, Parquet, Arrow and archives, told apart by their first bytes.
pub fn container(data: &[u8]) {
    match read_container("a", Rc::new(data.to_vec()), &Limits::default()) {
        Ok(opened) => assert!(opened.tables.iter().all(|t| t.table.rows() > 0)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Programs and their tests in one file; each becomes a source to run, and outcomes become a table.
pub fn programs(data: &[u8]) {
    let Some((name, bytes)) = chosen(data, &PROGRAMS) else {
        return;
    };
    let mut importer = Importer::new(name);
    let Ok(imported) = importer.push(bytes).and_then(|()| importer.finish()) else {
        return;
    };
    let Ok(mut programs) = Programs::of(&[imported]) else {
        return;
    };
    let (tasks, samples, systems) = programs.size();
    assert!(tasks > 0 && samples > 0 && !systems.is_empty());
    while let Some((place, source)) = programs.next_program() {
        assert!(!source.is_empty());
        let state = State::ALL[place % State::ALL.len()].0;
        let outcome = Outcome {
            state,
            detail: String::new(),
        };
        programs.take(place, outcome);
    }
    assert_eq!(programs.done(), samples);
    std::hint::black_box(programs.outcomes());
}

/// A rating link: a task, a locked task or answers.
pub fn envelope(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    std::hint::black_box(envelope::find(&text));
    match envelope::open(&text) {
        Ok(Envelope::Locked(locked)) => {
            std::hint::black_box(locked.unlock("passphrase").is_ok());
        }
        Ok(Envelope::Answers(sealed)) => {
            std::hint::black_box(sealed.open(AnswerKey::Shared(&[0; 32])).is_ok());
            let secret = OwnerSecret([0; 32]);
            std::hint::black_box(sealed.open(AnswerKey::Owner(&secret)).is_ok());
        }
        Ok(Envelope::Task(task)) => {
            let again = envelope::open(&envelope::of_task(&envelope::packed(&task), None));
            assert!(again.is_ok(), "a task that was read can be written");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A report that came in a link.
pub fn report_link(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(content) = assay_report::link::decode(&text) {
        let verdict = assay_report::rules::verdict(&content);
        std::hint::black_box(verdict);
    }
}

/// A saved evaluation.
pub fn saved_evaluation(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    std::hint::black_box(assay_core::sniff::is_saved_evaluation(data));
    if let Ok((saved, _)) = Saved::read("a.json", &text) {
        std::hint::black_box(saved);
    }
}

/// A rating project, as a file and as it is kept, with a log of events.
pub fn saved_project(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (head, lines) = text.split_once('\n').unwrap_or((&text, ""));
    for project in [OpenProject::saved(&text), OpenProject::kept(head, lines)]
        .into_iter()
        .flatten()
    {
        std::hint::black_box(project.view());
        assert!(OpenProject::saved(&project.to_file()).is_ok());
    }
}

/// A part of a project on this device, read as each kind of part: texts, list of contents, results and the rest.
pub fn project_part(data: &[u8]) {
    std::hint::black_box(assay_core::workspace::kept::reads_as_any(data));
}

/// A backup of a project that has no passphrase: its list of contents, and each member.
pub fn backup(data: &[u8]) {
    std::hint::black_box(assay_core::sniff::is_backup(data));
    std::hint::black_box(assay_core::workspace::backup::whole_members(data));
}

/// Judgements from another tool's file.
pub fn judgements(data: &[u8]) {
    let Some((name, bytes)) = chosen(data, &JUDGEMENTS) else {
        return;
    };
    std::hint::black_box(exchange::read(name, bytes).is_ok());
}

/// Training logs: a trainer's state, event files, printed logs, tables, archives of them.
pub fn training_log(data: &[u8]) {
    let Some((name, bytes)) = chosen(data, &LOGS) else {
        return;
    };
    std::hint::black_box(read::is_log(name, bytes));
    let file = LogFile {
        path: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    for run in read::runs(vec![file]).unwrap_or_default() {
        std::hint::black_box(RunView::of(&run, None));
    }
}

/// A reference and an output with mathematics, which a zero byte divides.
pub fn math_answer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (reference, output) = text.split_once('\0').unwrap_or((&text, &text));
    std::hint::black_box(assay_math::is_formula(reference));
    std::hint::black_box(assay_math::equal(reference, output));
}

/// A text as a tree, as it is shown.
pub fn markup(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let is_whole = data.len().is_multiple_of(2);
    std::hint::black_box(assay_markup::parse(&TextToParse { text, is_whole }));
}

/// A language model's file: header, shape, tokeniser.
pub fn gguf(data: &[u8]) {
    let source: Box<dyn Source> = Box::new(data.to_vec());
    match block_on(Model::open(vec![source])) {
        Ok(model) => {
            if let Ok(tokenizer) = Tokenizer::new(&model.gguf) {
                std::hint::black_box(tokenizer.len());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// The files of an adapter that are read.
const ADAPTER: [&str; 3] = ["adapter.gguf", CONFIG, WEIGHTS];
/// Sound ones, for the model in [`ADAPTED`].
const SOUND_ADAPTER: [&[u8]; 3] = [
    include_bytes!("../../crates/lm/tests/lm/adapters/llama/adapter.gguf"),
    include_bytes!("../../crates/lm/tests/lm/adapters/llama/adapter_config.json"),
    include_bytes!("../../crates/lm/tests/lm/adapters/llama/adapter_model.safetensors"),
];
const ADAPTED: &[u8] = include_bytes!("../../crates/lm/tests/lm/adapters/llama.gguf");

/// A LoRA adapter for a small model: a GGUF file, or one of PEFT's two files beside the other one sound.
pub fn adapter(data: &[u8]) {
    let Some((name, bytes)) = chosen(data, &ADAPTER) else {
        return;
    };
    let base: Box<dyn Source> = Box::new(ADAPTED.to_vec());
    let Ok(model) = block_on(Model::open(vec![base])) else {
        return;
    };
    let file = |place: usize| -> Named {
        let is_changed = ADAPTER[place] == name;
        let bytes = if is_changed {
            bytes
        } else {
            SOUND_ADAPTER[place]
        };
        (ADAPTER[place].to_owned(), Box::new(bytes.to_vec()))
    };
    let files = match name {
        "adapter.gguf" => vec![file(0)],
        _ => vec![file(1), file(2)],
    };
    match block_on(Adapter::open(&files, &model)) {
        Ok(adapter) => assert!(adapter.matrices() > 0),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// An encoder's folder, small and sound.
const ENCODER: [(&str, &[u8]); 3] = [
    (
        "config.json",
        include_bytes!("../seeds/encoder/config.json"),
    ),
    (
        "tokenizer.json",
        include_bytes!("../seeds/encoder/tokenizer.json"),
    ),
    (
        "model.safetensors",
        include_bytes!("../seeds/encoder/model.safetensors"),
    ),
];

fn encoder_with(name: &str, data: &[u8]) {
    let files = ENCODER.iter().map(|(known, bytes)| {
        let bytes = if *known == name { data } else { *bytes };
        (
            (*known).to_owned(),
            Box::new(bytes.to_vec()) as Box<dyn Source>,
        )
    });
    match block_on(Encoder::open(files.collect())) {
        Ok(encoder) => {
            std::hint::black_box(encoder.ids("ab ba", 16).is_ok());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// An encoder's configuration beside its sound other files.
pub fn encoder_config(data: &[u8]) {
    encoder_with("config.json", data);
}

/// A model's chat template, which is run.
pub fn chat_template(data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    let prompt = ChatTemplate::of_source(&source, "<s>", "</s>").and_then(|t| t.prompt("Why?"));
    match prompt {
        Ok(prompt) => {
            std::hint::black_box(prompt);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// An encoder's weights beside its sound other files.
pub fn safetensors(data: &[u8]) {
    encoder_with("model.safetensors", data);
}

/// An encoder's tokeniser beside its sound other files.
pub fn tokenizer_json(data: &[u8]) {
    encoder_with("tokenizer.json", data);
}
