//! Model files: what is said of them.

use super::folder;
use assay_lm::Model;
use assay_lm::arch::ArchError;
use assay_lm::chat::{ChatError, ChatTemplate};
use assay_lm::model::ModelError;
use assay_lm::source::FileSource;
use std::path::Path;
use std::time::{Duration, Instant};

fn open(path: &Path) -> Result<Model, ModelError> {
    let file = FileSource::open(path).unwrap();
    futures_executor::block_on(Model::open(vec![Box::new(file)]))
}

fn prompt(path: &Path) -> Result<String, ChatError> {
    let model = open(path).unwrap();
    let source = model.gguf.metadata.text("tokenizer.chat_template");
    ChatTemplate::of_source(source.unwrap(), "", "")?.prompt("Why?")
}

#[test]
fn a_tag_that_marks_what_a_model_wrote_is_written_as_its_inside() {
    let Some(folder) = folder("82") else {
        return;
    };
    let prompt = prompt(&folder.join("tpl-generation.gguf")).unwrap();
    assert!(
        prompt.contains("Why?") && !prompt.contains("generation"),
        "{prompt}"
    );
}

#[test]
fn an_adapter_is_told_from_a_whole_model() {
    let Some(folder) = folder("83") else {
        return;
    };
    let refused = open(&folder.join("lora-adapter.gguf"));
    assert!(
        matches!(&refused, Err(ModelError::Arch(ArchError::Adapter))),
        "{:?}",
        refused.err()
    );
}

#[test]
fn a_template_that_doubles_a_list_is_stopped() {
    let Some(cases) = assay_testing::shared("cases") else {
        return;
    };
    let started = Instant::now();
    let refused = prompt(&cases.join("hostile/template-memory-bomb.gguf"));
    assert_eq!(refused, Err(ChatError::TooCostly));
    assert!(started.elapsed() < Duration::from_secs(2));
}
