//! The evaluation section of a model card: Hugging Face's `model-index` metadata, in YAML (huggingface_hub
//! 1.0's `EvalResult`), a model for each system.

use super::content::Content;

/// Writes it. JSON's strings are YAML's double-quoted ones, so that no name can break out of its place.
pub fn write(content: &Content) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let files = content
        .data
        .as_ref()
        .map_or(String::new(), |d| d.files.join(", "));
    let mut out = String::from("---\nmodel-index:\n");
    let systems = content.data.iter().flat_map(|d| &d.systems).enumerate();
    for (i, system) in systems {
        out.push_str(&format!("- name: {}\n  results:\n", quoted(system)));
        out.push_str("  - task:\n      type: text-generation\n    dataset:\n");
        out.push_str(&format!(
            "      type: private\n      name: {}\n    metrics:\n",
            quoted(&files)
        ));
        for metric in &content.metrics {
            let Some(result) = metric.result.systems.get(i) else {
                continue;
            };
            out.push_str(&format!(
                "    - type: {}\n      name: {}\n      value: {}\n",
                quoted(&kind(&metric.result.name)),
                quoted(&format!(
                    "{} ({})",
                    metric.result.name, metric.result.signature
                )),
                result.score.value
            ));
        }
    }
    out.push_str("---\n");
    out
}

/// A metric's type as the hub writes it: small letters and `_`.
fn kind(name: &str) -> String {
    let letters: String = name
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '+' {
                c
            } else {
                '_'
            }
        })
        .collect();
    letters
        .split('_')
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}
