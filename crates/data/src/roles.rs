//! What each column is for, guessed from its name and cells in English and Chinese.

use super::names::{
    ABOUT, ACTUAL, CLUSTER, ID, LABEL, MEASURES, NESTED, NOISE, OUTPUT, PREDICTION, REFERENCE,
    REPEAT, SLICE, SOURCE, TEXT,
};
use super::table::Table;
use crate::cell_content::{Content, SAMPLE, content};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Names the row, the same in every file.
    Id,
    /// What the systems were given.
    Source,
    /// A text the hypotheses are compared with.
    Reference,
    /// A system's output; the column's name is the system's.
    Hypothesis,
    /// The true class.
    Label,
    /// A predicted class.
    Prediction,
    /// A class's probability, 0 to 1.
    Probability,
    /// A number that measures a system's outputs; the column's name says whose.
    Measure,
    /// A number that is none of these.
    Number,
    /// A property to group rows by.
    Slice,
    /// What several rows come from, such as a document, a conversation or a user: such rows are not independent.
    Cluster,
    /// Which of several samples of one item a row is.
    Repeat,
    /// Not used.
    Ignored,
}

impl Role {
    /// Every role, in the order the page offers them.
    pub const ALL: [Self; 13] = [
        Self::Id,
        Self::Source,
        Self::Reference,
        Self::Hypothesis,
        Self::Slice,
        Self::Cluster,
        Self::Repeat,
        Self::Label,
        Self::Prediction,
        Self::Probability,
        Self::Measure,
        Self::Number,
        Self::Ignored,
    ];

    /// The name in files and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Source => "source",
            Self::Reference => "reference",
            Self::Hypothesis => "hypothesis",
            Self::Label => "label",
            Self::Prediction => "prediction",
            Self::Probability => "probability",
            Self::Measure => "measure",
            Self::Number => "number",
            Self::Slice => "slice",
            Self::Cluster => "cluster",
            Self::Repeat => "repeat",
            Self::Ignored => "ignored",
        }
    }
}

/// The column's name without list index, case and separators (`expectedOutput` and `Expected output` are
/// `expected_output`); and, for nested names, the last part alone.
pub(crate) fn normalized(name: &str) -> (String, String) {
    let base = snake_case(name.split('[').next().unwrap_or(name).trim());
    let base = base.replace([' ', '-'], "_");
    let last = base.rsplit('.').next().unwrap_or(&base).to_owned();
    (base, last)
}

/// `expectedOutput` as `expected_output`.
fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && after_lower {
            out.push('_');
        }
        after_lower = c.is_lowercase();
        out.extend(c.to_lowercase());
    }
    out
}

/// Whether a table holds outputs beside references: texts of at least one system, which are not classes. Such a
/// table is outputs, whatever else stands in it.
#[must_use]
pub fn holds_outputs(table: &Table) -> bool {
    let roles = guess(table);
    let is_text = |(column, role): (usize, &Role)| {
        let content = content(table.column(column));
        *role == Role::Hypothesis && !content.numeric && content.distinct > 1
    };
    roles.contains(&Role::Reference) && roles.iter().enumerate().any(is_text)
}

/// A role for every column of `table`.
pub fn guess(table: &Table) -> Vec<Role> {
    guess_beside(table, false)
}

/// The same, where other files may hold the outputs: then short texts are outputs only where
/// references have the same ones.
pub(crate) fn guess_beside(table: &Table, has_outputs_beside: bool) -> Vec<Role> {
    let contents: Vec<Content> = (0..table.names().len())
        .map(|i| content(table.column(i)))
        .collect();
    let names: Vec<(String, String)> = table.names().iter().map(|n| normalized(n)).collect();
    let any = |list: &[&str]| names.iter().any(|(full, _)| list.contains(&full.as_str()));
    let context = Context {
        lm_eval: any(&["doc_id"]) && (any(&["filtered_resps"]) || any(&["resps"])),
        filtered: any(&["filtered_resps"]),
        classes: any(LABEL) || (any(ACTUAL) && any(PREDICTION)),
        predictions: any(PREDICTION),
        outputs: any(OUTPUT),
        references: any(REFERENCE),
    };
    let guessed = table.names().iter().zip(names.iter().zip(&contents));
    let mut roles: Vec<Role> = guessed
        .map(|(raw, (name, content))| context.role(raw, name, content))
        .collect();
    let is_answer = |column: usize, references: &[usize]| {
        let fits = |reference: &usize| has_its_words(table, column, *reference);
        !has_outputs_beside || references.iter().any(fits)
    };
    settle(&mut roles, &names, &contents, is_answer);
    take_output_for_reference(&mut roles, &names);
    take_numbers_for_outputs(&mut roles, &names, &contents);
    take_agreeing_numbers_for_outputs(&mut roles, table, &names, &contents);
    roles
}

struct Context {
    lm_eval: bool,
    filtered: bool,
    classes: bool,
    predictions: bool,
    outputs: bool,
    references: bool,
}

impl Context {
    fn role(&self, raw: &str, (full, last): &(String, String), content: &Content) -> Role {
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
        if is(REFERENCE) || numbered(full, "ref") || (nested && REFERENCE.contains(&last.as_str()))
        {
            return Role::Reference;
        }
        // LLaMA-Factory calls its references so: texts beside outputs, which are no classes.
        let is_text = !content.numeric && !content.is_class();
        if full == "label" && self.outputs && !self.references && is_text {
            return Role::Reference;
        }
        if is(LABEL) || (self.predictions && is(ACTUAL)) {
            return Role::Label;
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
        if is(PREDICTION) || (self.classes && is(OUTPUT) && content.is_class()) {
            return Role::Prediction;
        }
        if is(OUTPUT) {
            return Role::Hypothesis;
        }
        if is(SLICE) || full == "tags" || full.ends_with("_verdict") {
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
        if content.boolean || (content.is_class() && content.present > 4) {
            Role::Slice
        } else {
            Role::Hypothesis
        }
    }
}

/// Whether a name says where a reference is from: `reference_url`.
fn is_about_a_reference(name: &str) -> bool {
    let mut words = name.split('_');
    let is_reference = words.next().is_some_and(|first| REFERENCE.contains(&first));
    is_reference && words.next_back().is_some_and(|last| ABOUT.contains(&last))
}

/// The role that one part of a longer name gives: `newstest14.ref`, `human_reference`,
/// `参考-人工`. Only words that mean nothing else; a label's name says what it is.
fn part_role(name: &str) -> Option<Role> {
    const PARTS: [(&str, Role); 10] = [
        ("ref", Role::Reference),
        ("refs", Role::Reference),
        ("reference", Role::Reference),
        ("references", Role::Reference),
        ("gold", Role::Reference),
        ("golden", Role::Reference),
        ("参考", Role::Reference),
        ("src", Role::Source),
        ("source", Role::Source),
        ("prompt", Role::Source),
    ];
    if name.contains("label") || name.contains("标签") {
        return None;
    }
    let mut parts = name.split(['_', '.', ' ']);
    parts.find_map(|part| {
        PARTS
            .iter()
            .find(|(word, _)| *word == part)
            .map(|(_, role)| *role)
    })
}

/// `ref1`, `ref_2`, `refB`, `reference 1`; for `p`: `p0`, `p_1`.
fn numbered(name: &str, prefix: &str) -> bool {
    let Some(rest) = name.strip_prefix(prefix) else {
        return false;
    };
    let rest = if prefix == "ref" {
        rest.strip_prefix("erence").unwrap_or(rest)
    } else {
        rest
    };
    let rest = rest.trim_start_matches('_');
    !rest.is_empty()
        && (rest.bytes().all(|b| b.is_ascii_digit())
            || (prefix == "ref" && rest.len() == 1 && rest.as_bytes()[0].is_ascii_lowercase()))
}

fn first_only(raw: &str, role: Role) -> Role {
    let later =
        raw.matches('[').count() > 0 && !raw.replace("[0]", "").is_empty() && raw.contains("[1");
    if later { Role::Ignored } else { role }
}

/// Whether a name, or a word of it, is of a number that measures something.
fn is_measure(name: &str) -> bool {
    let mut words = name.split(['_', '.']);
    MEASURES.contains(&name) || words.any(|word| MEASURES.contains(&word))
}

/// Beside references that are all numbers the other numbers are answers, but for those that measure something.
fn take_numbers_for_outputs(roles: &mut [Role], names: &[(String, String)], contents: &[Content]) {
    let references = (0..roles.len()).filter(|&c| roles[c] == Role::Reference);
    let mut references = references.peekable();
    let are_numbers = references.peek().is_some() && references.all(|c| contents[c].numeric);
    let has_outputs = [Role::Hypothesis, Role::Prediction, Role::Label]
        .iter()
        .any(|role| roles.contains(role));
    if !are_numbers || has_outputs {
        return;
    }
    for (c, role) in roles.iter_mut().enumerate() {
        if *role == Role::Number && !is_measure(&names[c].0) {
            *role = Role::Hypothesis;
        }
    }
}

/// Beside numeric references and outputs that are texts, numbers are outputs too where a fifth of them or more are
/// the reference's: a model that answers with the number alone beside one that explains it.
fn take_agreeing_numbers_for_outputs(
    roles: &mut [Role],
    table: &Table,
    names: &[(String, String)],
    contents: &[Content],
) {
    let references: Vec<usize> = (0..roles.len())
        .filter(|&c| roles[c] == Role::Reference)
        .collect();
    let [reference] = references[..] else {
        return;
    };
    if !contents[reference].numeric || !roles.contains(&Role::Hypothesis) {
        return;
    }
    let value = |c: usize, row: usize| table.cell(c, row)?.trim().parse::<f64>().ok();
    for c in 0..roles.len() {
        let is_same = |row: usize| value(c, row).is_some_and(|x| value(reference, row) == Some(x));
        if roles[c] == Role::Number && !is_measure(&names[c].0) && is_often(table, is_same) {
            roles[c] = Role::Hypothesis;
        }
    }
}

/// Whether a fifth of a column's cells or more are what some row has for its reference, whatever the case of letters:
/// wrong answers are still answers.
fn has_its_words(table: &Table, column: usize, reference: usize) -> bool {
    let cell = |column: usize, row: usize| Some(table.cell(column, row)?.trim().to_lowercase());
    let rows = 0..table.rows().min(SAMPLE);
    let answers: BTreeSet<String> = rows.filter_map(|row| cell(reference, row)).collect();
    is_often(table, |row| {
        cell(column, row).is_some_and(|text| answers.contains(&text))
    })
}

/// Whether something holds of a fifth of the first rows or more.
fn is_often(table: &Table, holds: impl Fn(usize) -> bool) -> bool {
    let rows = 0..table.rows().min(SAMPLE);
    let all = rows.len();
    rows.filter(|row| holds(*row)).count() * 5 >= all
}

/// Properties of rows whose names also head the outputs of a system.
const CALLED_LIKE_SYSTEMS: [&str; 5] = ["model", "model_name", "generator", "version", "mode"];

/// Mends what only the whole shows: one text column too many for a slice, or none for a system. `is_answer` says of a
/// column and the references whether it can hold answers.
fn settle(
    roles: &mut [Role],
    names: &[(String, String)],
    contents: &[Content],
    is_answer: impl Fn(usize, &[usize]) -> bool,
) {
    let references: Vec<usize> = (0..roles.len())
        .filter(|&column| roles[column] == Role::Reference)
        .collect();
    let has = |roles: &[Role], role| roles.contains(&role);
    if !has(roles, Role::Hypothesis) && has(roles, Role::Reference) && !has(roles, Role::Prediction)
    {
        // Short answers look like classes: with a reference and no system they are outputs. What is named after a
        // property of rows is none: the systems are in another file then.
        for (column, role) in roles.iter_mut().enumerate() {
            let name = names[column].0.as_str();
            let is_property = SLICE.contains(&name) && !CALLED_LIKE_SYSTEMS.contains(&name);
            let is_several = *role == Role::Slice && contents[column].distinct > 1;
            if is_several && !is_property && is_answer(column, &references) {
                *role = Role::Hypothesis;
            }
        }
    }
}

/// In the training format of Alpaca `output` is what is to be answered. Beside an instruction and outputs of systems
/// it is their reference.
fn take_output_for_reference(roles: &mut [Role], names: &[(String, String)]) {
    let place = |name: &str| names.iter().position(|(full, _)| full == name);
    let (Some(output), Some(_)) = (place("output"), place("instruction")) else {
        return;
    };
    let systems = roles
        .iter()
        .filter(|role| **role == Role::Hypothesis)
        .count();
    if systems > 1 && roles[output] == Role::Hypothesis && !roles.contains(&Role::Reference) {
        roles[output] = Role::Reference;
    }
}
