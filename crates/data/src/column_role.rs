//! What a column is for by its own name and cells, and by what else there is in the table.

use super::column_names::{
    is_about_a_reference, is_label, is_measure, is_output, is_prediction, is_question,
    is_reference, is_remark, names_a_language, numbered, part_role,
};
use super::names::{
    ACTUAL, CLUSTER, ID, LABEL, NESTED, NOISE, OUTPUT, PREDICTION, REFERENCE, REPEAT, SLICE,
    SOURCE, TEXT,
};
use super::role::Role;
use crate::cell_content::Content;

/// What a table has by the names of its columns.
pub(crate) struct Context {
    lm_eval: bool,
    filtered: bool,
    classes: bool,
    predictions: bool,
    outputs: bool,
    references: bool,
}

impl Context {
    pub(crate) fn of(names: &[(String, String)]) -> Self {
        let any = |list: &[&str]| names.iter().any(|(full, _)| list.contains(&full.as_str()));
        let says = |is: fn(&str) -> bool| names.iter().any(|(full, _)| is(full));
        let predictions = any(PREDICTION) || says(is_prediction);
        Self {
            lm_eval: any(&["doc_id"]) && (any(&["filtered_resps"]) || any(&["resps"])),
            filtered: any(&["filtered_resps"]),
            classes: any(LABEL) || says(is_label) || (any(ACTUAL) && predictions),
            predictions,
            outputs: any(OUTPUT) || says(is_output),
            references: any(REFERENCE) || says(is_reference),
        }
    }

    /// The role of a column called `raw`, which is `full` in one spelling and `last` in its last part.
    pub(crate) fn role(
        &self,
        raw: &str,
        (full, last): &(String, String),
        content: &Content,
    ) -> Role {
        let is = |list: &[&str]| list.contains(&full.as_str());
        let nested = full != last;
        if content.present == 0 {
            return Role::Ignored;
        }
        if self.lm_eval {
            match full.as_str() {
                "filtered_resps" => return first_only(raw, Role::Hypothesis),
                "resps" if !self.filtered => return first_only(raw, Role::Hypothesis),
                "target" => return Role::Reference,
                _ => {}
            }
        }
        if is(ID) {
            return Role::Id;
        }
        // Whether they are, the joined rows decide: `crate::clusters`.
        if is(CLUSTER) {
            return match content.distinct < content.present {
                true => Role::Cluster,
                false => Role::Ignored,
            };
        }
        if is(REPEAT) && content.numeric && !content.fractional {
            return Role::Repeat;
        }
        if nested && full.starts_with("doc.") {
            return if SOURCE.contains(&last.as_str()) {
                Role::Source
            } else {
                Role::Ignored
            };
        }
        // Directly within: deeper down and as numbers stands what is said of an output, such as its tokens.
        if let Some((first, _)) = full.split_once('.').filter(|(_, rest)| !rest.contains('.'))
            && !content.numeric
            && let Some((_, role)) = NESTED.iter().find(|(names, _)| names.contains(&first))
        {
            return *role;
        }
        if is(NOISE) || NOISE.contains(&full.split('.').next().unwrap_or("")) {
            return Role::Ignored;
        }
        if names_a_language(full) && content.longest < 40 {
            return Role::Slice;
        }
        if is(SOURCE) || (nested && SOURCE.contains(&last.as_str())) {
            return Role::Source;
        }
        // SQuAD's answers: their texts, and where in the context they begin.
        if full == "answers.text" {
            return Role::Reference;
        }
        if full == "answers.answer_start" {
            return Role::Ignored;
        }
        if self.classes && is(TEXT) {
            return Role::Source;
        }
        if is_about_a_reference(full) {
            return Role::Ignored;
        }
        let known = is(REFERENCE) || numbered(full, "ref");
        if known || is_reference(last) || (nested && REFERENCE.contains(&last.as_str())) {
            return Role::Reference;
        }
        // LLaMA-Factory and ms-swift call their references so, beside outputs; classes are no such texts.
        let is_named_label = is(&["label", "labels"]);
        if is_named_label && self.outputs && !self.references && !content.is_class() {
            return Role::Reference;
        }
        if is(LABEL) || is_label(full) || (self.predictions && is(ACTUAL)) {
            return Role::Label;
        }
        if is_prediction(full) {
            return Role::Prediction;
        }
        // Few words that are repeated are properties, whatever they are called.
        let is_property = content.is_class() && content.present > 4;
        if is_remark(full) && !content.numeric && !is_property {
            return Role::Ignored;
        }
        // One of several classifiers: prediction_base, pred_tuned.
        let first = full.split_once('_').map_or("", |(first, _)| first);
        let predicted = first == "prediction" || PREDICTION.contains(&first);
        if predicted && self.classes && content.is_class() {
            return Role::Prediction;
        }
        if !nested
            && !content.numeric
            && let Some(role) = part_role(full)
        {
            return role;
        }
        let is_said = is(OUTPUT) || is_output(last) || (nested && OUTPUT.contains(&last.as_str()));
        if is(PREDICTION) || (self.classes && is_said && content.is_class()) {
            return Role::Prediction;
        }
        if is_said && !(nested && content.numeric) {
            return Role::Hypothesis;
        }
        if is_question(last) && !content.numeric {
            return Role::Source;
        }
        // A judge may be the model that judged, or the mark that it gave.
        let is_mark = content.numeric && is_measure(full);
        if (is(SLICE) && !is_mark) || full == "tags" || full.ends_with("_verdict") {
            return Role::Slice;
        }
        if content.numeric {
            let probability = content.unit_interval
                && (numbered(full, "p")
                    || (self.classes && full.starts_with("p_"))
                    || full.contains("prob")
                    || full.contains("概率"));
            return if probability && content.fractional {
                Role::Probability
            } else {
                Role::Number
            };
        }
        if nested {
            return Role::Ignored;
        }
        if content.boolean || is_property {
            Role::Slice
        } else {
            Role::Hypothesis
        }
    }
}

fn first_only(raw: &str, role: Role) -> Role {
    let later =
        raw.matches('[').count() > 0 && !raw.replace("[0]", "").is_empty() && raw.contains("[1");
    if later { Role::Ignored } else { role }
}
