//! What each column is for, guessed from its name and cells in English and Chinese: by itself first, and then by what
//! only the whole table shows.

use super::cell_content::{Content, content};
use super::column_names::normalized;
use super::column_role::Context;
use super::table::Table;
use super::whole::Whole;
use super::whole_table::settle;

pub use super::role::Role;

/// Whether a table holds outputs beside references: texts of at least one system, which are not classes. Such a
/// table is outputs, whatever else stands in it.
#[must_use]
pub fn holds_outputs(table: &Table) -> bool {
    // What Prodigy puts into every task that it asks about: its answers are a person's.
    let is_asked = |name: &String| matches!(name.as_str(), "_task_hash" | "_input_hash");
    if table.names().iter().any(is_asked) {
        return false;
    }
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
    let context = Context::of(&names);
    let guessed = table.names().iter().zip(names.iter().zip(&contents));
    let mut roles: Vec<Role> = guessed
        .map(|(raw, (name, content))| context.role(raw, name, content))
        .collect();
    let whole = Whole {
        table,
        names: &names,
        contents: &contents,
        has_outputs_beside,
    };
    settle(&whole, &mut roles);
    roles
}

#[cfg(test)]
mod tests {
    use super::{Role, guess};
    use crate::import::Importer;

    /// The roles of a table with this head and ten rows in turn of these cells.
    fn roles(head: &str, rows: [&str; 2]) -> Vec<Role> {
        let mut text = format!("{head}\n");
        (0..10).for_each(|i| text.push_str(&format!("text number {i},{}\n", rows[i % 2])));
        let mut importer = Importer::new("classes.csv");
        importer.push(text.as_bytes()).unwrap();
        guess(&importer.finish().unwrap().table)
    }

    #[test]
    fn predictions_beside_their_probabilities_are_seen_whatever_they_are_called() {
        let two = ["spam,spam,0.91,ham,0.43", "ham,ham,0.15,spam,0.62"];
        for head in [
            "text,label,base_pred,base_prob,tuned_pred,tuned_prob",
            "text,label,base_prediction,base_probability,tuned_prediction,tuned_probability",
            "text,label,base,base_prob,tuned,tuned_prob",
            "text,gold,base_pred,base_spam_prob,tuned_pred,tuned_spam_prob",
            "文本,真实标签,基线预测,基线概率,微调预测,微调概率",
        ] {
            use Role::{Label, Prediction, Probability};
            let found = roles(head, two);
            let expected = [Label, Prediction, Probability, Prediction, Probability];
            assert_eq!(found[1..], expected, "{head}");
        }
    }

    #[test]
    fn a_property_with_the_values_of_the_classes_is_no_prediction() {
        let found = roles(
            "text,label,member,churn_prob",
            ["yes,no,0.91", "no,no,0.55"],
        );
        assert_eq!(found[1..], [Role::Label, Role::Slice, Role::Probability]);
    }
}
