//! The steps that a system's outputs call for, from the outputs themselves.

use super::{apply_steps, markup};
use assay_data::{DataSet, Role};
use assay_results::extraction::ExtractionStep;
use assay_text::{fences, reasoning};

/// Gives each system the steps that its outputs call for: reasoning blocks and special tokens are left out wherever
/// there are some, and fences around whole outputs, unless references have the same.
pub fn prepare(data: &mut DataSet) {
    let columns: Vec<usize> = data.systems().iter().map(|(column, _)| *column).collect();
    for column in columns {
        prepare_system(data, column);
    }
}

/// The same for one system.
pub fn prepare_system(data: &mut DataSet, column: usize) {
    let references = data.columns_with(Role::Reference);
    let of_references = Marks {
        reasoning: any_text(data, &references, reasoning::is_marked),
        fence: any_text(data, &references, |text| {
            fences::inside_fence(text).is_some()
        }),
    };
    let steps = steps_for(data, column, &of_references);
    apply_steps(data, column, steps);
}

/// What references hold themselves, and outputs may therefore hold too.
struct Marks {
    reasoning: bool,
    fence: bool,
}

fn any_text(data: &DataSet, columns: &[usize], is: impl Fn(&str) -> bool) -> bool {
    let cells = columns.iter().flat_map(|c| data.table.column(*c).iter());
    cells.flatten().any(is)
}

fn steps_for(data: &DataSet, column: usize, of_references: &Marks) -> Vec<ExtractionStep> {
    let mut steps = Vec::new();
    if !of_references.reasoning && any_text(data, &[column], reasoning::is_marked) {
        steps.push(ExtractionStep::Reasoning);
    }
    let ends = |text: &str| markup::before_end_token(text).len() < text.len();
    if any_text(data, &[column], ends) {
        steps.push(ExtractionStep::EndTokens);
    }
    let is_fenced = |text: &str| {
        let answer = reasoning::without_reasoning(text);
        fences::inside_fence(&answer).is_some()
    };
    if !of_references.fence && any_text(data, &[column], is_fenced) {
        steps.push(ExtractionStep::Fence);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_data::Importer;

    #[test]
    fn defaults_follow_the_outputs() {
        let json = |reference: &str, output: &str| {
            serde_json::json!({"reference": reference, "output": output}).to_string() + "\n"
        };
        let steps = |reference: &str, output: &str| {
            let text = json(reference, output) + &json("plain words here", "plain words here");
            let mut importer = Importer::new("a.jsonl");
            importer.push(text.as_bytes()).unwrap();
            let mut data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
            prepare(&mut data);
            let column = data.systems()[0].0;
            let names = data.steps(column).iter().map(ExtractionStep::name);
            names.collect::<Vec<_>>().join("+")
        };
        assert_eq!(steps("a b", "a b"), "");
        assert_eq!(
            steps("a b", "<think>x</think>a b<|im_end|>"),
            "reasoning+end-tokens"
        );
        assert_eq!(
            steps("{}", "<think>x</think>```json\n{}\n```"),
            "reasoning+fence"
        );
        assert_eq!(steps("```\nx\n```", "```\nx\n```"), "");
        assert_eq!(steps("<think>x</think>a", "<think>y</think>a"), "");
    }
}
