//! Roles that only the whole table shows: which of several texts the reference is, which columns are choices of a
//! question. Numbers and pairs of texts have files of their own.

use super::baseline::is_of_a_system;
use super::cell_content::SAMPLE;
use super::column_names::{is_measure, is_often_reference, is_remark, is_taken_out, without_said};
use super::names::{SLICE, TEXT};
use super::role::Role;
use super::whole::{Whole, of_role};
use std::collections::BTreeSet;

/// Mends the roles that columns have by themselves.
pub(crate) fn settle(whole: &Whole<'_>, roles: &mut [Role]) {
    whole.take_judged_pairs_for_sources(roles);
    whole.take_predicted_degrees_for_outputs(roles);
    whole.take_languages_for_parallel_texts(roles);
    whole.leave_out_choices(roles);
    whole.take_index_for_id(roles);
    whole.pair_predictions(roles);
    whole.take_references_for_classes(roles);
    whole.take_outputs_for_classes(roles);
    whole.leave_out_remarks(roles);
    whole.take_answer_for_output(roles);
    whole.take_label_for_reference(roles);
    whole.take_often_references(roles);
    whole.take_short_texts_for_outputs(roles);
    whole.take_repeated_texts_for_outputs(roles);
    whole.take_texts_for_sources(roles);
    whole.take_output_for_reference(roles);
    whole.take_numbers_for_outputs(roles);
    whole.take_agreeing_numbers_for_outputs(roles);
}

/// Properties of rows whose names also head the outputs of a system.
const CALLED_LIKE_SYSTEMS: [&str; 5] = ["model", "model_name", "generator", "version", "mode"];

impl Whole<'_> {
    /// Columns A, B, C and so on are the choices of a question where the answers are letters, places or one of them.
    fn leave_out_choices(&self, roles: &mut [Role]) {
        const LETTERS: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        let places = LETTERS.iter().map_while(|letter| self.place(letter));
        let choices: Vec<usize> = places.collect();
        let references = of_role(roles, Role::Reference);
        let [reference] = references[..] else {
            return;
        };
        let is_letter = |cell: &str| cell.len() == 1 && LETTERS.contains(&&*cell.to_lowercase());
        let is_place = |cell: &str| cell.parse::<f64>().is_ok_and(|x| (0.0..=10.0).contains(&x));
        let are_places = self
            .cells(reference)
            .all(|cell| is_letter(cell) || is_place(cell));
        let is_one = |row: usize| {
            let answer = self.table.cell(reference, row);
            choices.iter().any(|c| self.table.cell(*c, row) == answer)
        };
        let rows = self.table.rows().min(SAMPLE);
        let are_choices =
            are_places || (0..rows).filter(|row| is_one(*row)).count() * 5 >= rows * 4;
        if choices.len() > 2 && are_choices {
            for choice in choices {
                roles[choice] = Role::Ignored;
            }
        }
    }

    /// A first column without a name whose numbers are all different is the index that pandas writes.
    fn take_index_for_id(&self, roles: &mut [Role]) {
        let is_unnamed = self.names.first().is_some_and(|(name, _)| {
            let starts = ["unnamed:", "column_", "level_"];
            name.is_empty() || starts.iter().any(|start| name.starts_with(start))
        });
        if !is_unnamed || roles[0] != Role::Number {
            return;
        }
        let content = &self.contents[0];
        if content.distinct == content.present && !content.fractional {
            roles[0] = match roles.contains(&Role::Id) {
                true => Role::Ignored,
                false => Role::Id,
            };
        }
    }

    /// What is called `predicted_intent` beside `intent` is the prediction of it; of texts, the output beside its
    /// reference.
    fn pair_predictions(&self, roles: &mut [Role]) {
        for predicted in 0..roles.len() {
            let known = without_said(self.name(predicted)).and_then(|name| self.place(name));
            let Some(known) = known.filter(|known| *known != predicted) else {
                continue;
            };
            let free = [Role::Hypothesis, Role::Slice, Role::Number];
            if !free.contains(&roles[known]) {
                continue;
            }
            let [is_class, is_predicted_class] =
                [known, predicted].map(|c| self.contents[c].is_class() || self.contents[c].boolean);
            let is_text = |c: usize| !self.contents[c].numeric && !self.contents[c].is_class();
            if is_class && is_predicted_class {
                (roles[known], roles[predicted]) = (Role::Label, Role::Prediction);
            } else if is_text(known) && is_text(predicted) && !roles.contains(&Role::Reference) {
                (roles[known], roles[predicted]) = (Role::Reference, Role::Hypothesis);
            }
        }
    }

    /// Predictions without true classes have them in the one reference, if that holds classes too; beside texts they are
    /// outputs.
    fn take_references_for_classes(&self, roles: &mut [Role]) {
        let predictions = of_role(roles, Role::Prediction);
        let references = of_role(roles, Role::Reference);
        if predictions.is_empty() || references.is_empty() || roles.contains(&Role::Label) {
            return;
        }
        let is_class = |c: &usize| self.contents[*c].is_class() || self.contents[*c].boolean;
        match references[..] {
            [only] if is_class(&only) && predictions.iter().all(is_class) => {
                roles[only] = Role::Label;
            }
            _ => predictions
                .iter()
                .for_each(|c| roles[*c] = Role::Hypothesis),
        }
    }

    /// Beside true classes that nothing predicts, properties with the same values are predictions.
    fn take_outputs_for_classes(&self, roles: &mut [Role]) {
        let Some(label) = self.true_classes(roles) else {
            return;
        };
        let probabilities = of_role(roles, Role::Probability);
        let taken = match probabilities.is_empty() {
            true => vec![Role::Prediction, Role::Hypothesis],
            false => vec![Role::Prediction],
        };
        if taken.iter().any(|role| roles.contains(role)) || self.contents[label].numeric {
            return;
        }
        // Beside probabilities a property may have the same values as the classes, such as yes and no: then the name has
        // to go with that of a probability, as `base` with `base_prob`, or say that it predicts.
        let goes = |column: &usize| {
            let name = self.name(*column);
            let predicts = ["pred", "预测"].iter().any(|word| name.contains(word));
            let has_its_own = |p: &usize| {
                let own = self.name(*p);
                own.starts_with(name) || own.ends_with(name)
            };
            predicts || probabilities.is_empty() || probabilities.iter().any(has_its_own)
        };
        let classes = self.classes(label);
        let free = [Role::Slice, Role::Hypothesis].map(|role| of_role(roles, role));
        for column in free.concat().into_iter().filter(goes) {
            if self.holds_only(column, &classes) {
                roles[column] = Role::Prediction;
                roles[label] = Role::Label;
            }
        }
    }

    /// The column of true classes: the only label, or beside probabilities the only reference that holds classes.
    fn true_classes(&self, roles: &[Role]) -> Option<usize> {
        let [labels, references] = [Role::Label, Role::Reference].map(|role| of_role(roles, role));
        let is_classified = roles.contains(&Role::Probability);
        match (&labels[..], &references[..]) {
            ([label], _) => Some(*label),
            ([], [only]) if is_classified && self.contents[*only].is_class() => Some(*only),
            _ => None,
        }
    }

    /// Addresses, hashes and times of day are no outputs, unless references are such; nor is what a tool took out of an
    /// output that stands beside it.
    fn leave_out_remarks(&self, roles: &mut [Role]) {
        let references = of_role(roles, Role::Reference);
        let is_expected = references.iter().any(|c| self.contents[*c].technical);
        for column in of_role(roles, Role::Hypothesis) {
            let others = of_role(roles, Role::Hypothesis).len() > 1;
            let is_technical = self.contents[column].technical && !is_expected;
            if is_technical || (others && is_taken_out(self.name(column))) {
                roles[column] = Role::Ignored;
            }
        }
    }

    /// What is classified, and texts beside outputs that are named so or are questions, are sources.
    fn take_texts_for_sources(&self, roles: &mut [Role]) {
        let has = |role: Role| roles.contains(&role);
        let is_classified = has(Role::Label) && has(Role::Prediction) && !has(Role::Reference);
        let references = of_role(roles, Role::Reference);
        let answers_are_questions = references.iter().any(|c| self.contents[*c].questions);
        let outputs = of_role(roles, Role::Hypothesis);
        let is_free = |column: &usize| !self.is_said(*column);
        for column in outputs.iter().copied().filter(is_free) {
            let has_source = roles.contains(&Role::Source);
            let others = of_role(roles, Role::Hypothesis).len() > 1;
            let is_named = TEXT.contains(&self.name(column)) && !references.is_empty();
            let asks = self.contents[column].questions && !answers_are_questions && !has_source;
            if is_classified {
                roles[column] = match has_source {
                    true => Role::Ignored,
                    false => Role::Source,
                };
            } else if others && (is_named || asks) {
                roles[column] = Role::Source;
            }
        }
    }

    /// Beside a reference of another name `answer` is what a system answered, where nothing else is.
    fn take_answer_for_output(&self, roles: &mut [Role]) {
        let references = of_role(roles, Role::Reference);
        let outputs = [Role::Hypothesis, Role::Prediction, Role::Label];
        let answer = references
            .iter()
            .find(|c| ["answer", "答案"].contains(&self.name(**c)));
        let (Some(answer), true) = (answer, references.len() == 2) else {
            return;
        };
        if !outputs.iter().any(|role| roles.contains(role)) {
            roles[*answer] = Role::Hypothesis;
        }
    }

    /// A label that no column predicts is what outputs are compared with.
    fn take_label_for_reference(&self, roles: &mut [Role]) {
        let labels = of_role(roles, Role::Label);
        let [label] = labels[..] else {
            return;
        };
        let has = |role: Role| roles.contains(&role);
        let outputs = of_role(roles, Role::Hypothesis);
        let is_output = outputs.iter().any(|c| self.is_said(*c));
        if is_output && !has(Role::Prediction) && !has(Role::Reference) {
            roles[label] = Role::Reference;
        }
    }

    /// A solution or a summary is the reference of the other outputs, where nothing else is.
    fn take_often_references(&self, roles: &mut [Role]) {
        let is_code = ["task_id", "entry_point", "test"]
            .iter()
            .any(|n| self.place(n).is_some());
        let has_reference = [Role::Reference, Role::Label]
            .iter()
            .any(|r| roles.contains(r));
        let free = [Role::Hypothesis, Role::Slice, Role::Number];
        for column in 0..roles.len() {
            if is_code || !is_often_reference(self.name(column)) || !free.contains(&roles[column]) {
                continue;
            }
            let others = of_role(roles, Role::Hypothesis).into_iter();
            let others = others.filter(|c| *c != column).count();
            if has_reference {
                roles[column] = Role::Ignored;
            } else if others > 0 && !roles.contains(&Role::Reference) {
                roles[column] = Role::Reference;
            }
        }
    }

    /// Short answers look like classes: with a reference and no system they are outputs. What is named after a property
    /// of rows is none: the systems are in another file then.
    fn take_short_texts_for_outputs(&self, roles: &mut [Role]) {
        let references = of_role(roles, Role::Reference);
        let has = |role: Role| roles.contains(&role);
        // A text that is classified or asked is no system that would make others unnecessary.
        let outputs = of_role(roles, Role::Hypothesis).into_iter();
        let has_output = outputs.into_iter().any(|c| !TEXT.contains(&self.name(c)));
        if references.is_empty() || has_output || has(Role::Prediction) {
            return;
        }
        for column in of_role(roles, Role::Slice) {
            let is_several = self.contents[column].distinct > 1;
            if is_several
                && self.may_be_output(roles, column)
                && self.is_answer(column, &references)
            {
                roles[column] = Role::Hypothesis;
            }
        }
    }

    /// A system that often says the same looks like a property beside systems that don't. It is an output where it says
    /// what references say, or is called like a system.
    fn take_repeated_texts_for_outputs(&self, roles: &mut [Role]) {
        let references = of_role(roles, Role::Reference);
        let has_output = roles.contains(&Role::Hypothesis);
        if references.is_empty() || !has_output {
            return;
        }
        for column in of_role(roles, Role::Slice) {
            let is_named = is_of_a_system(&self.table.names()[column]);
            let says = || references.iter().any(|r| self.has_its_words(column, *r));
            if self.may_be_output(roles, column) && (is_named || says()) {
                roles[column] = Role::Hypothesis;
            }
        }
    }

    /// Whether a property's name leaves it open that it is an output.
    fn may_be_output(&self, roles: &[Role], column: usize) -> bool {
        let name = self.name(column);
        let is_property = SLICE.contains(&name) && !CALLED_LIKE_SYSTEMS.contains(&name);
        let is_verdict = is_measure(name) || name.ends_with("verdict") || name == "tags";
        // Yes and no are answers only where they are asked for.
        let mut references = (0..roles.len()).filter(|c| roles[*c] == Role::Reference);
        let is_yes_or_no = self.contents[column].boolean;
        let mut is_asked = || references.any(|c| self.contents[c].boolean);
        !is_property && !is_verdict && !is_remark(name) && (!is_yes_or_no || is_asked())
    }

    /// Whether a column can hold answers: beside other files only where references have the same texts.
    fn is_answer(&self, column: usize, references: &[usize]) -> bool {
        let fits = |reference: &usize| self.has_its_words(column, *reference);
        !self.has_outputs_beside || references.iter().any(fits)
    }

    /// Whether a fifth of a column's cells or more are what some row has for its reference, whatever the case of
    /// letters: wrong answers are still answers.
    fn has_its_words(&self, column: usize, reference: usize) -> bool {
        let cell =
            |column: usize, row: usize| Some(self.table.cell(column, row)?.trim().to_lowercase());
        let rows = 0..self.table.rows().min(SAMPLE);
        let answers: BTreeSet<String> = rows.filter_map(|row| cell(reference, row)).collect();
        self.is_often(|row| cell(column, row).is_some_and(|text| answers.contains(&text)))
    }

    /// In the training format of Alpaca `output` is what is to be answered. Beside an instruction and outputs of systems
    /// it is their reference.
    fn take_output_for_reference(&self, roles: &mut [Role]) {
        let (Some(output), Some(_)) = (self.place("output"), self.place("instruction")) else {
            return;
        };
        let systems = of_role(roles, Role::Hypothesis).len();
        if systems > 1 && roles[output] == Role::Hypothesis && !roles.contains(&Role::Reference) {
            roles[output] = Role::Reference;
        }
    }
}
