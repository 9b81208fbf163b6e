//! What was decided about files where another reading was possible, and what of them is not used: each with its
//! place, so that nothing is lost in silence.

use crate::cell_content::number;
use crate::column_names::{is_often_reference, normalized};
use crate::languages::is_language;
use crate::roles::Role;
use crate::table::Table;
use crate::unlikely::unlikely_outputs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Names or ids that a notice gives as examples.
pub const MAX_EXAMPLES: usize = 5;

/// Something that a person may want to know, or to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// A file was joined to those before by ids.
    JoinedById {
        /// The file.
        file: String,
        /// The id column of the files before, and of the file.
        columns: [String; 2],
        /// Rows that found a partner.
        matched: usize,
        /// Rows of either side that did not.
        unmatched: usize,
        /// Some of their ids.
        examples: Vec<String>,
    },
    /// A file was joined line by line, although both sides have ids: the ids are of different kinds.
    JoinedByLine {
        /// The file.
        file: String,
        /// The id column of the files before, and of the file.
        columns: [String; 2],
    },
    /// A file was joined by a prompt or reference that both sides have, as there are no ids and the lines differ.
    JoinedByText {
        /// The file.
        file: String,
        /// The column of the files before, and of the file.
        columns: [String; 2],
        /// Rows that found a partner.
        matched: usize,
        /// Rows of either side that did not.
        unmatched: usize,
    },
    /// A table holds nothing that could be joined to the others, and has another number of rows.
    FileNotUsed {
        /// The file.
        file: String,
    },
    /// Files of several data sets of each system were put one below the other.
    DataSetsStacked {
        /// The column that says which data set a row is of.
        column: String,
        /// The data sets.
        names: Vec<String>,
    },
    /// Files may hold several data sets, but names and texts don't say clearly which of which system: their rows were
    /// joined as those of one data set.
    DataSetsUnclear {
        /// The files.
        files: Vec<String>,
    },
    /// Systems of several files would have the same name, and all but the first got a number.
    SystemsOfOneName {
        /// Their columns, the first without a number.
        names: Vec<String>,
    },
    /// Ids of a file match only as numbers, such as 1 and 1.0.
    IdsAsNumbers {
        /// The file.
        file: String,
        /// The id column of the files before, and of the file.
        columns: [String; 2],
    },
    /// A prompt or reference that a file shares with those before is another text in many rows.
    TextsDisagree {
        /// The file.
        file: String,
        /// The column of the files before, and of the file.
        columns: [String; 2],
        /// Rows in which both texts agree.
        agreeing: usize,
        /// Rows in which both have a text.
        compared: usize,
    },
    /// Numbers are taken for outputs, because the references are numbers.
    NumbersAsOutputs {
        /// The columns.
        columns: Vec<String>,
    },
    /// A column is taken for the reference that often holds something else.
    TakenForReference {
        /// The column.
        column: String,
    },
    /// Several columns are references; each output is compared with all of them.
    SeveralReferences {
        /// The columns.
        columns: Vec<String>,
    },
    /// Points in numbers of columns were read as separating thousands.
    PointsAsThousands {
        /// The columns.
        columns: Vec<String>,
    },
    /// Points in numbers of columns were read as decimal ones, though they may separate thousands.
    PointsAsDecimals {
        /// The columns.
        columns: Vec<String>,
    },
    /// Columns are taken for outputs that have hardly a word of the references, where other systems have many.
    UnlikelyOutputs {
        /// The columns.
        columns: Vec<String>,
    },
    /// Fields of JSON objects that are lists of objects, which are no text to compare.
    FieldsLeftOut {
        /// The file.
        file: String,
        /// The fields.
        fields: Vec<String>,
    },
    /// Columns that nothing is done with.
    ColumnsNotUsed {
        /// The columns.
        columns: Vec<String>,
    },
}

impl Notice {
    /// The name on the command line and in locale keys.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::JoinedById { .. } => "joined-by-id",
            Self::JoinedByLine { .. } => "joined-by-line",
            Self::JoinedByText { .. } => "joined-by-text",
            Self::FileNotUsed { .. } => "file-not-used",
            Self::DataSetsStacked { .. } => "data-sets-stacked",
            Self::DataSetsUnclear { .. } => "data-sets-unclear",
            Self::SystemsOfOneName { .. } => "systems-of-one-name",
            Self::IdsAsNumbers { .. } => "ids-as-numbers",
            Self::TextsDisagree { .. } => "texts-disagree",
            Self::NumbersAsOutputs { .. } => "numbers-as-outputs",
            Self::TakenForReference { .. } => "taken-for-reference",
            Self::SeveralReferences { .. } => "several-references",
            Self::PointsAsThousands { .. } => "points-as-thousands",
            Self::PointsAsDecimals { .. } => "points-as-decimals",
            Self::UnlikelyOutputs { .. } => "unlikely-outputs",
            Self::FieldsLeftOut { .. } => "fields-left-out",
            Self::ColumnsNotUsed { .. } => "columns-not-used",
        }
    }

    /// The key of the notice's sentence in locale files.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::JoinedById { unmatched: 0, .. } => "notice-joined-by-id-whole".to_owned(),
            other => format!("notice-{}", other.code()),
        }
    }

    /// Whether scores would be others if the decision were wrong. Pages that show scores say so.
    #[must_use]
    pub fn is_doubt(&self) -> bool {
        match self {
            Self::JoinedById { unmatched, .. } | Self::JoinedByText { unmatched, .. } => {
                *unmatched > 0
            }
            Self::JoinedByLine { .. }
            | Self::DataSetsUnclear { .. }
            | Self::IdsAsNumbers { .. }
            | Self::TextsDisagree { .. }
            | Self::NumbersAsOutputs { .. }
            | Self::TakenForReference { .. }
            | Self::SeveralReferences { .. }
            | Self::PointsAsDecimals { .. }
            | Self::UnlikelyOutputs { .. } => true,
            Self::DataSetsStacked { .. }
            | Self::SystemsOfOneName { .. }
            | Self::PointsAsThousands { .. }
            | Self::FileNotUsed { .. }
            | Self::FieldsLeftOut { .. }
            | Self::ColumnsNotUsed { .. } => false,
        }
    }

    /// What the notice's sentence is made with.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let list = |names: &[String]| names.join(", ");
        match self {
            Self::JoinedById {
                file,
                columns,
                matched,
                unmatched,
                examples,
            } => {
                let mut words = joined(file, columns, *matched, *unmatched);
                words.push(("examples", list(examples)));
                words
            }
            Self::JoinedByText {
                file,
                columns,
                matched,
                unmatched,
            } => joined(file, columns, *matched, *unmatched),
            Self::FileNotUsed { file } => vec![("file", file.clone())],
            Self::DataSetsStacked { column, names } => {
                vec![("column", column.clone()), ("names", list(names))]
            }
            Self::DataSetsUnclear { files } => vec![("files", list(files))],
            Self::SystemsOfOneName { names } => vec![("names", list(names))],
            Self::JoinedByLine { file, columns } | Self::IdsAsNumbers { file, columns } => {
                columns_of(file, columns)
            }
            Self::TextsDisagree {
                file,
                columns,
                agreeing,
                compared,
            } => {
                let mut words = columns_of(file, columns);
                words.push(("agreeing", agreeing.to_string()));
                words.push(("compared", compared.to_string()));
                words
            }
            Self::TakenForReference { column } => vec![("column", column.clone())],
            Self::FieldsLeftOut { file, fields } => {
                vec![("file", file.clone()), ("fields", list(fields))]
            }
            Self::NumbersAsOutputs { columns }
            | Self::PointsAsThousands { columns }
            | Self::PointsAsDecimals { columns }
            | Self::UnlikelyOutputs { columns }
            | Self::SeveralReferences { columns }
            | Self::ColumnsNotUsed { columns } => vec![("columns", list(columns))],
        }
    }
}

/// A file, and the two columns by which it is joined or compared.
fn columns_of(file: &str, [first, second]: &[String; 2]) -> Vec<(&'static str, String)> {
    vec![
        ("file", file.to_owned()),
        ("first", first.clone()),
        ("second", second.clone()),
    ]
}

/// The same, and how many rows have a partner and how many have none.
fn joined(
    file: &str,
    columns: &[String; 2],
    matched: usize,
    unmatched: usize,
) -> Vec<(&'static str, String)> {
    let mut words = columns_of(file, columns);
    words.push(("matched", matched.to_string()));
    words.push(("unmatched", unmatched.to_string()));
    words
}

/// What of the roles of a table was decided where another reading was possible.
#[must_use]
pub fn of_roles(table: &Table, roles: &[Role]) -> Vec<Notice> {
    let names = |role: Role| -> Vec<String> {
        let named = table.names().iter().zip(roles);
        let of_role = named.filter(|(_, r)| **r == role);
        of_role.map(|(name, _)| name.clone()).collect()
    };
    let mut notices = Vec::new();
    let is_number = |c: &usize| {
        let mut cells = table.column(*c).iter().flatten().peekable();
        let is_number = |cell: &str| cell.trim().is_empty() || number(cell).is_some();
        cells.peek().is_some() && cells.all(is_number)
    };
    let numbers = (0..roles.len()).filter(|&c| roles[c] == Role::Hypothesis);
    let numbers: Vec<String> = numbers
        .filter(is_number)
        .map(|c| table.names()[c].clone())
        .collect();
    if !numbers.is_empty() {
        notices.push(Notice::NumbersAsOutputs { columns: numbers });
    }
    let references = names(Role::Reference);
    for column in &references {
        let name = normalized(column).0;
        let is_other = matches!(&*name, "label" | "labels" | "output");
        if is_other || is_language(&name) || is_often_reference(&name) || name.starts_with("human")
        {
            let column = column.clone();
            notices.push(Notice::TakenForReference { column });
        }
    }
    let bases: BTreeSet<String> = references.iter().map(|name| family(name)).collect();
    if bases.len() > 1 {
        notices.push(Notice::SeveralReferences {
            columns: references,
        });
    }
    let unlikely = unlikely_outputs(table, roles).into_iter();
    let unlikely: Vec<String> = unlikely.map(|c| table.names()[c].clone()).collect();
    if !unlikely.is_empty() {
        notices.push(Notice::UnlikelyOutputs { columns: unlikely });
    }
    let ignored = names(Role::Ignored);
    if !ignored.is_empty() {
        notices.push(Notice::ColumnsNotUsed { columns: ignored });
    }
    notices
}

/// What several references of one kind share in their names: `ref` of `ref1`, `ref_2`, `refs[0]`.
fn family(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let plain = lower.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '[' | ']' | '_' | '-' | ' ' | '(' | ')' | '.')
    });
    let plain = match plain.strip_suffix(['a', 'b', 'c', 'd']) {
        Some(start) if start.ends_with("ref") => start,
        _ => plain,
    };
    plain.strip_suffix('s').unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::{DataSet, Importer};

    fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
        let read = |(name, text): &(&str, &str)| {
            let mut importer = Importer::new(name);
            importer.push(text.as_bytes()).unwrap();
            importer.finish().unwrap()
        };
        let data = DataSet::join(files.iter().map(read).collect()).unwrap();
        data.notices().iter().map(|notice| notice.code()).collect()
    }

    const TEST: (&str, &str) = ("test.csv", "id,reference\n1,a b\n2,c d\n3,e f\n");

    #[test]
    fn joins_are_told_with_what_found_no_partner() {
        let same = ("tuned.csv", "id,output\n1,a\n2,c\n3,e\n");
        assert_eq!(codes(&[TEST, same]), ["joined-by-id"]);
        let other = ("tuned.csv", "index,output\n0,a\n1,c\n2,e\n");
        assert_eq!(codes(&[TEST, other])[0], "joined-by-line");
        let part = ("tuned.csv", "id,output\n1,a\n2,c\n9,e\n");
        assert_eq!(codes(&[TEST, part]), ["joined-by-id"]);
    }

    #[test]
    fn what_could_be_read_otherwise_is_told() {
        let several = ("a.csv", "answer,target,base\na b,a c,a\nc d,c e,c\n");
        assert_eq!(codes(&[several]), ["several-references"]);
        let family = ("a.csv", "ref1,ref2,base\na b,a c,a\nc d,c e,c\n");
        assert_eq!(codes(&[family]), Vec::<&str>::new());
        let numbers = ("a.csv", "answer,base,tuned\n1,1,2\n2,2,2\n");
        assert_eq!(codes(&[numbers]), ["numbers-as-outputs"]);
        let line = |words: &str| {
            format!(
                "{{\"prompt\": \"p\", \"predict\": \"some {words}\", \"label\": \"other {words}\", \"tools\": [{{\"a\": 1}}]}}\n"
            )
        };
        let lines = ["words", "things", "days"].map(line).concat();
        let label = ("a.jsonl", lines.as_str());
        assert_eq!(codes(&[label]), ["fields-left-out", "taken-for-reference"]);
    }

    #[test]
    fn systems_that_got_a_number_are_named() {
        let file = |word: &str| format!("prompt,reference,prediction\nWhy?,a b,{word} b\n");
        let (first, second, third) = (file("a"), file("c"), file("d"));
        let two = [("p.csv", first.as_str()), ("p.csv", second.as_str())];
        assert_eq!(codes(&two), ["systems-of-one-name"]);
        let three = [two[0], two[1], ("p.csv", third.as_str())];
        assert_eq!(codes(&three), ["systems-of-one-name"], "one for all");
        let folders = [("base/p.csv", two[0].1), ("lora/p.csv", two[1].1)];
        assert_eq!(codes(&folders), Vec::<&str>::new());
    }

    #[test]
    fn rows_without_ids_are_joined_by_their_texts() {
        let test = (
            "test.csv",
            "question,reference\nWhy so?,a b\nHow so?,c d\nWho was it?,e f\n",
        );
        let turned = (
            "tuned.csv",
            "question,prediction\nWho was it?,e\nWhy so?,a\nHow so?,c\n",
        );
        assert_eq!(codes(&[test, turned]), ["joined-by-text"]);
        let part = (
            "tuned.csv",
            "question,prediction\nWho was it?,e\nWhy so?,a\n",
        );
        assert_eq!(codes(&[test, part]), ["joined-by-text"]);
        let totals = ("totals.csv", "metric,base,tuned\nBLEU,1,2\n");
        assert_eq!(codes(&[totals, test]), ["file-not-used"]);
    }
}
