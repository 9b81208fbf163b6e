//! Models' names in the paths under which tools write their logs.

/// Folders of OpenCompass and evalscope whose folders are named after models.
const OF_MODELS: [&str; 2] = ["predictions", "reviews"];
/// The folder of OpenCompass whose folders are named so, with a document for each data set. The harness has one too.
const RESULTS: &str = "results";

/// The model that a path names: `results/ORG__MODEL/samples_*.jsonl` of lm-evaluation-harness,
/// `predictions/MODEL/*` and `reviews/MODEL/*` of OpenCompass and evalscope, `TASK:…,model=MODEL/*` of HELM.
#[must_use]
pub(crate) fn model(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty()).collect();
    let (file, folders) = parts.split_last()?;
    let is_named = |name: &&&str| !name.is_empty();
    let of_predictions = folders
        .iter()
        .rposition(|folder| OF_MODELS.contains(folder))
        .and_then(|at| folders.get(at + 1));
    if let Some(model) = of_predictions.filter(is_named) {
        return Some((*model).to_owned());
    }
    if let Some(model) = folders.iter().rev().find_map(|folder| of_helm(folder)) {
        return Some(model);
    }
    let of_results = folders.split_last().filter(|_| file.ends_with(".json"));
    if let Some((model, [.., RESULTS])) = of_results
        && !file.starts_with("results_")
    {
        return Some((*model).to_owned());
    }
    let is_samples = file.starts_with("samples_") && file.ends_with(".jsonl");
    // The harness writes the slash of `ORG/MODEL` as two underscores.
    let folder = folders.last().filter(|_| is_samples)?;
    Some(folder.replace("__", "/"))
}

/// The model of a run of HELM: `mmlu:subject=anatomy,model=openai_gpt2`.
fn of_helm(folder: &str) -> Option<String> {
    let (_, settings) = folder.split_once([':', ','])?;
    let model = settings
        .split(',')
        .find_map(|part| part.strip_prefix("model="))?;
    (!model.is_empty()).then(|| model.to_owned())
}

#[cfg(test)]
mod tests {
    use super::model;

    #[test]
    fn tools_name_models_in_folders() {
        for (path, found) in [
            (
                "results/Qwen__Qwen3-8B/samples_gsm8k_2026.jsonl",
                Some("Qwen/Qwen3-8B"),
            ),
            (
                "outputs/default/20260101/predictions/qwen3-8b/gsm8k.json",
                Some("qwen3-8b"),
            ),
            ("outputs/2026/reviews/base/gsm8k_main.jsonl", Some("base")),
            (
                "runs/v1/mmlu:subject=law,model=openai_gpt2/scenario_state.json",
                Some("openai_gpt2"),
            ),
            ("samples_gsm8k.jsonl", None),
            ("base/generated_predictions.jsonl", None),
        ] {
            assert_eq!(model(path).as_deref(), found, "{path}");
        }
    }
}
