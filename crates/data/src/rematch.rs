//! Asking a person about joins in doubt, and matching rows the other way.

use crate::column::TextColumn;
use crate::data_set::DataSet;
use crate::doubts::{JoinDoubt, JoinQuestion, MatchedBy, MatchedRow};
use crate::roles::Role;
use crate::table::Table;

/// Rows that are shown as examples of how a file was matched.
const EXAMPLES: usize = 3;

/// The first words of a cell.
fn beginning(cell: &str) -> String {
    const CHARACTERS: usize = 60;
    let mut characters = cell.trim().chars();
    let mut text: String = characters.by_ref().take(CHARACTERS).collect();
    if characters.next().is_some() {
        text.push('…');
    }
    text
}

impl DataSet {
    /// The first join in doubt that the person was not asked about.
    #[must_use]
    pub fn join_question(&self) -> Option<JoinQuestion> {
        let doubt = self.doubts.first()?;
        Some(JoinQuestion {
            file: doubt.file.clone(),
            columns: doubt.columns.clone(),
            reason: doubt.reason,
            matched_by: doubt.matched_by,
            can_change: doubt.can_change(self.table.rows()),
            matched: doubt.matched,
            compared: doubt.compared,
            examples: self.examples(doubt),
        })
    }

    /// Rows as they are matched now: what the data had beside what the file brought.
    fn examples(&self, doubt: &JoinDoubt) -> Vec<MatchedRow> {
        let is_shown = |c: &usize| {
            matches!(
                self.roles[*c],
                Role::Id | Role::Source | Role::Reference | Role::Hypothesis
            )
        };
        let before = doubt.added.first().copied().unwrap_or(0);
        let ours: Vec<usize> = (0..before).filter(is_shown).take(3).collect();
        let theirs: Vec<usize> = doubt
            .added
            .iter()
            .copied()
            .filter(is_shown)
            .take(2)
            .collect();
        let cells = |columns: &[usize], row: usize| -> Vec<String> {
            let cells = columns.iter().filter_map(|&c| self.table.cell(c, row));
            cells.map(beginning).collect()
        };
        let rows = 0..self.table.rows().min(EXAMPLES);
        rows.map(|row| MatchedRow {
            ours: cells(&ours, row),
            theirs: cells(&theirs, row),
        })
        .collect()
    }

    /// Takes the first join in doubt as it is; false where none is.
    pub fn accept_join(&mut self) -> bool {
        match self.doubts.is_empty() {
            true => false,
            false => {
                self.doubts.remove(0);
                true
            }
        }
    }

    /// Matches the rows of the first join in doubt the other way: line by line in place of by ids, or by ids in place
    /// of line by line. False where no join is in doubt, or there is no other way.
    pub fn change_join(&mut self) -> bool {
        let rows = self.table.rows();
        let can_change = self.doubts.first().is_some_and(|d| d.can_change(rows));
        if !can_change {
            return false;
        }
        let doubt = self.doubts.remove(0);
        let mut columns: Vec<(String, TextColumn)> =
            std::mem::take(&mut self.table).into_columns().collect();
        for (place, cells) in doubt.added.iter().zip(doubt.cells) {
            columns[*place].1 = match doubt.matched_by {
                MatchedBy::Ids => cells,
                MatchedBy::Lines => cells.reordered(&doubt.by_ids),
            };
        }
        let mut table = Table::default();
        for (name, column) in columns {
            table.add(&name, column);
        }
        self.table = table;
        true
    }

    /// Marks a question about columns as answered, as long as they stay what they are.
    pub fn settle(&mut self, question: Vec<String>) {
        self.settled.insert(question);
    }

    /// Whether that question was answered.
    #[must_use]
    pub fn is_settled(&self, question: &[String]) -> bool {
        self.settled.contains(question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Importer;
    use crate::doubts::JoinReason;

    fn joined(files: &[(&str, &str)]) -> DataSet {
        let read = |(name, text): &(&str, &str)| {
            let mut importer = Importer::new(name);
            importer.push(text.as_bytes()).unwrap();
            importer.finish().unwrap()
        };
        DataSet::join(files.iter().map(read).collect()).unwrap()
    }

    fn outputs(data: &DataSet) -> Vec<Option<&str>> {
        data.table.column(data.systems()[0].0).iter().collect()
    }

    const TEST: (&str, &str) = (
        "test.csv",
        "id,question,reference\n1,Q a,a b\n2,Q c,c d\n3,Q e,e f\n",
    );

    #[test]
    fn ids_of_another_kind_are_asked_about_and_can_be_used_after_all() {
        let mut data = joined(&[TEST, ("tuned.csv", "index,output\n0,x\n1,a\n2,c\n")]);
        let asked = data.join_question().unwrap();
        assert_eq!(asked.reason, JoinReason::OtherIds);
        assert_eq!((asked.matched, asked.compared), (2, 3));
        assert_eq!(asked.matched_by, MatchedBy::Lines);
        assert_eq!(asked.columns, ["id", "index"]);
        assert!(asked.can_change);
        assert_eq!(asked.examples[0].ours, ["1", "Q a", "a b"]);
        assert_eq!(asked.examples[0].theirs, ["x"]);
        assert!(data.change_join());
        assert_eq!(outputs(&data), [Some("a"), Some("c"), None]);
        assert_eq!(data.join_question(), None);
        assert!(!data.change_join() && !data.accept_join());
    }

    #[test]
    fn ids_that_match_as_numbers_are_asked_about_unless_texts_agree() {
        let numbers = ("tuned.csv", "id,output\n1.0,a\n2.0,c\n3.0,e\n");
        let mut data = joined(&[TEST, numbers]);
        let asked = data.join_question().unwrap();
        assert_eq!(asked.reason, JoinReason::IdsAsNumbers);
        assert!(asked.can_change && data.accept_join());
        assert_eq!(outputs(&data), [Some("a"), Some("c"), Some("e")]);
        let texts = "id,question,output\n1.0,Q a,a\n2.0,Q c,c\n3.0,Q e,e\n";
        let data = joined(&[TEST, ("tuned.csv", texts)]);
        assert_eq!(data.join_question(), None);
    }

    #[test]
    fn texts_that_disagree_are_asked_about_and_may_match_the_rows() {
        let test = (
            "test.csv",
            "question,reference\nQ a,a b\nQ c,c d\nQ e,e f\n",
        );
        let other_order = "question,output\nQ e,e\nQ a,a\nQ c,c\n";
        let data = joined(&[test, ("tuned.csv", other_order)]);
        assert_eq!(data.join_question(), None, "all texts match");
        assert_eq!(outputs(&data), [Some("a"), Some("c"), Some("e")]);
        let other_texts = "question,output\nQ e,e\nQ a,a\nQ x,c\n";
        let mut data = joined(&[test, ("tuned.csv", other_texts)]);
        let asked = data.join_question().unwrap();
        assert_eq!(asked.reason, JoinReason::TextsDisagree);
        assert_eq!((asked.matched, asked.compared), (0, 3));
        assert_eq!(asked.columns, ["question", "question"]);
        assert!(data.change_join());
        assert_eq!(outputs(&data), [Some("a"), None, Some("e")]);
        // The same ids of another test set: its rows can be matched line by line, or the file is the wrong one.
        let again = "id,question,output\n1,R x,x\n2,R y,y\n3,R z,z\n";
        let asked = joined(&[TEST, ("other.csv", again)])
            .join_question()
            .unwrap();
        assert_eq!(asked.matched_by, MatchedBy::Ids);
        assert!(asked.can_change);
    }

    #[test]
    fn joins_beyond_doubt_are_not_asked_about() {
        for other in [
            "id,output\n1,a\n2,c\n3,e\n",
            "number,output\n3,e\n1,a\n2,c\n",
            "id,question,output\n3,Q e,e\n1,Q a,a\n2,Q c,c\n",
            "id,question,output\n1,Q  a,a\n2,Q  c,c\n3,Q  e,e\n",
            "output\na\nc\ne\n",
        ] {
            let data = joined(&[TEST, ("tuned.csv", other)]);
            assert_eq!(data.join_question(), None, "{other}");
        }
    }
}
