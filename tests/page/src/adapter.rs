//! A LoRA adapter on the page: added to an open base model, scored beside it from one copy of the weights; one of
//! another base is refused with the reason.

use crate::browser::{Browser, Site};
use crate::file;
use crate::words::Words;
use std::path::{Path, PathBuf};

/// A file of the engine's tests: tiny models and adapters that PEFT saved.
fn tiny(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/lm/tests/lm/adapters");
    folder.join(name).canonicalize().unwrap()
}

/// Chooses both files of an adapter at once.
async fn choose_adapter(b: &Browser, family: &str) {
    let names = ["adapter_config.json", "adapter_model.safetensors"];
    let paths = names.map(|name| tiny(&format!("{family}/{name}")).display().to_string());
    b.choose_file_in("#add-adapter", Path::new(&paths.join("\n")))
        .await;
}

#[tokio::test]
async fn a_base_model_is_scored_against_the_same_with_an_adapter() {
    let rows: Vec<String> = (0..6)
        .map(|i| format!("{{\"reference\": \"ab ab {i}\", \"base\": \"ab b a {i}\"}}"))
        .collect();
    let path = file("adapter.jsonl", &rows.join("\n"));
    let site = Site::start();
    let b = &Browser::start("en-US").await;
    b.client.goto(&site.origin).await.unwrap();
    b.js("location.hash = '#/data'").await;
    b.until("document.querySelector('#files')").await;
    b.choose_file(&path).await;
    b.until("document.querySelector('#loaded')").await;
    b.js("location.hash = '#/perplexity'").await;
    b.until("document.querySelector('#model-file')").await;
    assert_eq!(b.count("#add-adapter").await, 0, "there is no base yet");
    b.choose_file_in("#model-file", &tiny("llama.gguf")).await;
    b.until("document.querySelector('#add-adapter')").await;

    // One for another family, by its modules.
    choose_adapter(b, "gpt2").await;
    let refused = Words::english().say(
        "adapter-error-unknown",
        &[
            (
                "tensor",
                "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight",
            ),
            ("family", "llama"),
            ("layers", "2"),
        ],
    );
    b.shows(".notice", refused).await;

    choose_adapter(b, "llama").await;
    b.until(
        "document.querySelector('#model-name-2')?.innerText.startsWith('llama + adapter_model')",
    )
    .await;
    assert_eq!(
        b.count("#keep-model-2").await,
        0,
        "its base is kept instead"
    );
    b.until("document.querySelector('#score-perplexity:not(:disabled)')")
        .await;
    b.click("#score-perplexity").await;
    b.long_until("document.querySelectorAll('#perplexity-table td .worse, #perplexity-table td .better, #perplexity-table td .same').length >= 1")
        .await;
    // Loaded once: both say the same of it.
    let seconds = b.text("#model-seconds").await;
    assert_eq!(seconds, b.text("#model-seconds-2").await);
    let score =
        "document.querySelector('#perplexity-table tbody tr:nth-child(ROW) .score').innerText";
    let of = |row: &str| format!("return {}", score.replace("ROW", row));
    let (base, tuned) = (b.js(&of("1")).await, b.js(&of("2")).await);
    assert_ne!(base, tuned);
    b.assert_clean(&site.origin).await;
}
