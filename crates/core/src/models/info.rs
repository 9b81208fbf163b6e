//! What a model's header says, as the page shows it.

use assay_lm::Model;
use assay_lm::model::ModelError;
use assay_protocol::models::ModelInfo;

/// Tokens of a batch on a fast GPU.
const BATCH_TOKENS: f64 = 2048.0;

/// What `model`'s header says.
///
/// # Errors
/// When its file can't be read.
pub async fn model_info(model: &Model) -> Result<ModelInfo, ModelError> {
    let data = &model.gguf.metadata;
    let mut kinds: Vec<(&str, u64)> = Vec::new();
    for info in model.store.tensors.values() {
        let name = info.kind.name();
        match kinds.iter_mut().find(|(n, _)| *n == name) {
            Some((_, bytes)) => *bytes += info.bytes(),
            None => kinds.push((name, info.bytes())),
        }
    }
    let commonest = kinds.iter().max_by_key(|(_, bytes)| *bytes);
    let text = |key: &str| data.text(key).map(str::to_owned);
    let tensors: u64 = model.store.bytes_of("");
    Ok(ModelInfo {
        id: model.fingerprint().await?,
        needs: tensors as f64 + BATCH_TOKENS * model.shape.working_bytes() as f64,
        name: text("general.name").unwrap_or_else(|| model.shape.family.to_owned()),
        family: model.shape.family.to_owned(),
        kind: commonest.map_or(String::new(), |(name, _)| (*name).to_owned()),
        parameters: model.parameters() as f64,
        bytes: model.gguf.bytes as f64,
        context: model.shape.context,
        licence: text("general.license"),
        chat: data.text("tokenizer.chat_template").is_some(),
    })
}
