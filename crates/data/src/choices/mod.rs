//! Multiple-choice questions in a table: which column holds the questions, which hold the choices, and which the right
//! one, as C-Eval, CMMLU, MMLU, ARC, HellaSwag and files like theirs have them.

mod error;
mod prompt;
mod right;

pub use error::ChoicesError;
pub use prompt::{ChoiceStyle, Prompt, Prompts};

use crate::import::Imported;
use right::Right;
use serde_json::Value;

/// A question with its choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question, or the beginning of a text that the choices continue.
    pub text: String,
    /// The choices, two at least.
    pub choices: Vec<String>,
    /// The place of the right one.
    pub right: usize,
}

/// Names of the column of questions, the surest first.
const QUESTION: [&str; 9] = [
    "question", "query", "题目", "问题", "ctx", "prompt", "input", "goal", "sentence",
];
/// Names of a column that holds all choices as a list.
const LIST: [&str; 6] = [
    "choices",
    "options",
    "endings",
    "选项",
    "candidates",
    "answers",
];
/// Names of the column of the right choice.
const RIGHT: [&str; 11] = [
    "answer",
    "answerkey",
    "answer_key",
    "答案",
    "label",
    "gold",
    "target",
    "correct",
    "correct_answer",
    "answer_idx",
    "正确答案",
];
/// What stands before the letter in the names of columns that hold a choice each.
const BEFORE_LETTER: [&str; 8] = [
    "", "option_", "option", "op", "choice_", "choice", "选项", "选项_",
];
/// The most choices that columns of their own hold.
const MOST_LETTERS: u8 = 26;

/// The letter of a choice: A is the first.
#[must_use]
pub fn letter(place: usize) -> String {
    match u8::try_from(place) {
        Ok(place) if place < MOST_LETTERS => char::from(b'A' + place).to_string(),
        _ => (place + 1).to_string(),
    }
}

/// Where a row's choices are.
enum Choices {
    /// In a column each, beside a column for each label where there are labels.
    Columns {
        texts: Vec<usize>,
        labels: Vec<usize>,
    },
    /// In a list, written as JSON in one cell.
    List(usize),
}

/// The questions of a table, a row each. `first_place` is the number of the first choice where right choices are given by
/// number; without it, the file has to show whether it is 0 or 1.
///
/// # Errors
/// When a column is missing, or a row has no right choice among its choices.
pub fn questions(
    file: &Imported,
    first_place: Option<usize>,
) -> Result<Vec<Question>, ChoicesError> {
    let names: Vec<String> = file
        .table
        .names()
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let columns = || file.table.names().to_vec();
    let named = |wanted: &[&str]| {
        let place = |name: &&str| names.iter().position(|own| own == name);
        wanted.iter().find_map(place)
    };
    let question =
        named(&QUESTION).ok_or_else(|| ChoicesError::NoQuestion { columns: columns() })?;
    let choices =
        choices(&names, &named).ok_or_else(|| ChoicesError::NoChoices { columns: columns() })?;
    let answer = named(&RIGHT).ok_or_else(|| ChoicesError::NoAnswer { columns: columns() })?;
    let cell = |column: usize, row: usize| file.table.cell(column, row).unwrap_or("");
    let mut rows = Vec::new();
    for row in 0..file.table.rows() {
        let (texts, labels) = choices.of_row(|column| cell(column, row));
        if texts.iter().any(|text| text.trim().is_empty()) {
            return Err(ChoicesError::EmptyChoice { row: row + 1 });
        }
        if texts.len() < 2 {
            return Err(ChoicesError::TooFew {
                row: row + 1,
                found: texts.len(),
            });
        }
        let right = Right::read(cell(answer, row), &texts, &labels);
        let right = right.ok_or_else(|| ChoicesError::Answer {
            row: row + 1,
            found: cell(answer, row).to_owned(),
            choices: texts.len(),
        })?;
        rows.push((cell(question, row).to_owned(), texts, right));
    }
    let first = right::first_place(
        rows.iter().map(|(_, texts, right)| (texts.len(), right)),
        first_place,
    )?;
    let mut questions = Vec::with_capacity(rows.len());
    for (row, (text, choices, right)) in rows.into_iter().enumerate() {
        let place = right.place(first, choices.len());
        let right = place.ok_or_else(|| ChoicesError::Answer {
            row: row + 1,
            found: right.to_string(),
            choices: choices.len(),
        })?;
        questions.push(Question {
            text,
            choices,
            right,
        });
    }
    Ok(questions)
}

/// Where the choices are, by the names of the columns. The reader of JSON has made a column of each entry of a list:
/// `choices[0]`, or `choices.text[0]` beside `choices.label[0]`.
fn choices(names: &[String], named: &impl Fn(&[&str]) -> Option<usize>) -> Option<Choices> {
    let columns = |name: &dyn Fn(u8) -> String| -> Vec<usize> {
        let place = |number: u8| {
            let name = name(number);
            names.iter().position(|own| *own == name)
        };
        (0..MOST_LETTERS).map_while(place).collect()
    };
    let entries = |list: &str| columns(&|number| format!("{list}[{number}]"));
    let by_letter = BEFORE_LETTER
        .iter()
        .map(|before| columns(&|number| format!("{before}{}", char::from(b'a' + number))));
    let by_entry = LIST.iter().map(|list| entries(list));
    let with_labels = LIST.iter().map(|list| entries(&format!("{list}.text")));
    let of_each = by_letter.chain(by_entry).chain(with_labels);
    let texts = of_each.into_iter().find(|columns| columns.len() >= 2);
    let labels = LIST.iter().map(|list| entries(&format!("{list}.label")));
    let labels = labels.into_iter().find(|columns| !columns.is_empty());
    let columns = texts.map(|texts| Choices::Columns {
        texts,
        labels: labels.unwrap_or_default(),
    });
    columns.or_else(|| named(&LIST).map(Choices::List))
}

impl Choices {
    /// A row's choices, and their labels where the file gives them. A question with fewer choices than others has empty
    /// cells at the end.
    fn of_row<'a>(&self, cell: impl Fn(usize) -> &'a str) -> (Vec<String>, Vec<String>) {
        let filled = |columns: &[usize]| {
            let mut texts: Vec<String> =
                columns.iter().map(|c| cell(*c).trim().to_owned()).collect();
            let end = texts.iter().rposition(|text| !text.is_empty());
            texts.truncate(end.map_or(0, |last| last + 1));
            texts
        };
        match self {
            Self::Columns { texts, labels } => (filled(texts), filled(labels)),
            Self::List(column) => {
                let found: Value = serde_json::from_str(cell(*column)).unwrap_or_default();
                match found.is_object() {
                    true => (list(&found["text"]), list(&found["label"])),
                    false => (list(&found), Vec::new()),
                }
            }
        }
    }
}

/// The texts of a JSON list; none of anything else.
fn list(value: &Value) -> Vec<String> {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    value
        .as_array()
        .map_or(Vec::new(), |all| all.iter().map(text).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Importer;

    fn read(name: &str, text: &str) -> Result<Vec<Question>, ChoicesError> {
        let mut importer = Importer::new(name);
        importer.push(text.as_bytes()).unwrap();
        questions(&importer.finish().unwrap(), None)
    }

    fn rights(found: &[Question]) -> Vec<usize> {
        found.iter().map(|question| question.right).collect()
    }

    #[test]
    fn columns_by_letter_as_c_eval_and_cmmlu_have_them() {
        let text = "id,question,A,B,C,D,answer,explanation\n0,下列哪项正确？,甲,乙,丙,丁,C,\n1,\"一加一，等于\",一,二,三,,B,\n";
        let found = read("law_dev.csv", text).unwrap();
        assert_eq!(rights(&found), [2, 1]);
        assert_eq!(found[1].choices, ["一", "二", "三"]);
        let cmmlu = ",Question,A,B,C,D,Answer\n0,天空的颜色,蓝,绿,红,黑,A\n";
        assert_eq!(rights(&read("cmmlu.csv", cmmlu).unwrap()), [0]);
    }

    #[test]
    fn lists_as_mmlu_arc_and_hellaswag_have_them() {
        let mmlu = "{\"question\":\"2+2?\",\"subject\":\"math\",\"choices\":[\"3\",\"4\",\"5\",\"6\"],\"answer\":1}\n\
                    {\"question\":\"0?\",\"subject\":\"math\",\"choices\":[\"0\",\"1\",\"2\",\"3\"],\"answer\":0}\n";
        assert_eq!(rights(&read("mmlu.jsonl", mmlu).unwrap()), [1, 0]);
        let arc = "{\"id\":\"a\",\"question\":\"Why?\",\"choices\":{\"text\":[\"x\",\"y\",\"z\"],\"label\":[\"1\",\"2\",\"3\"]},\"answerKey\":\"3\"}\n";
        let found = read("arc.jsonl", arc).unwrap();
        assert_eq!((found[0].choices.len(), found[0].right), (3, 2));
        let cell = "question,choices,answerKey\nWhy?,\"{\"\"text\"\":[\"\"x\"\",\"\"y\"\"],\"\"label\"\":[\"\"A\"\",\"\"B\"\"]}\",B\n";
        assert_eq!(rights(&read("arc.csv", cell).unwrap()), [1]);
        let hellaswag = "{\"ctx\":\"A man\",\"endings\":[\"runs.\",\"flies.\"],\"label\":\"0\"}\n";
        assert_eq!(rights(&read("hellaswag.jsonl", hellaswag).unwrap()), [0]);
    }

    #[test]
    fn the_right_choice_may_be_its_text_or_a_number_that_the_file_explains() {
        let texts = "question,A,B,answer\nq,red,blue,blue\n";
        assert_eq!(rights(&read("t.csv", texts).unwrap()), [1]);
        let from_one = "question,A,B,answer\nq,red,blue,2\nq,red,blue,1\n";
        assert_eq!(rights(&read("t.csv", from_one).unwrap()), [1, 0]);
        let either = "question,A,B,C,answer\nq,red,blue,green,1\n";
        assert_eq!(read("t.csv", either), Err(ChoicesError::FirstPlace));
        let mut importer = Importer::new("t.csv");
        importer.push(either.as_bytes()).unwrap();
        let file = importer.finish().unwrap();
        let with = |first| rights(&questions(&file, Some(first)).unwrap());
        assert_eq!((with(0), with(1)), (vec![1], vec![0]));
    }

    #[test]
    fn what_is_missing_is_named_with_its_row() {
        let empty = "{\"question\":\"q\",\"choices\":[\"a\",\" \",\"c\"],\"answer\":0}\n";
        assert_eq!(
            read("t.jsonl", empty),
            Err(ChoicesError::EmptyChoice { row: 1 })
        );
        let found = read("t.csv", "text,A,B,answer\nq,1,2,A\n");
        assert!(matches!(found, Err(ChoicesError::NoQuestion { .. })));
        let found = read("t.csv", "question,reply,answer\nq,1,A\n");
        assert!(matches!(found, Err(ChoicesError::NoChoices { .. })));
        let found = read("t.csv", "question,A,B\nq,1,2\n");
        assert!(matches!(found, Err(ChoicesError::NoAnswer { .. })));
        let found = read("t.csv", "question,A,B,answer\nq,1,2,A\nq,x,y,E\n");
        let wrong = ChoicesError::Answer {
            row: 2,
            found: "E".into(),
            choices: 2,
        };
        assert_eq!(found, Err(wrong));
        let found = read("t.csv", "question,A,B,answer\nq,x,,A\n");
        assert_eq!(found, Err(ChoicesError::TooFew { row: 1, found: 1 }));
    }
}
