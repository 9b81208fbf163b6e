//! Logs of evaluation tools: each has a layout of its own, in which an object is one or more rows whose columns are
//! known. `READERS` lists them; an object that none of them knows is read like any other.
//!
//! All give the same columns: the item's id, the prompt, its references, the output under the model's name, and each
//! score as `NAME (MODEL)`. What a log says besides (traces, lists of events) is named among the fields left out.

mod arena_hard;
mod braintrust;
mod deepeval;
mod evalplus;
mod evalscope;
mod every_eval_ever;
mod helm;
mod inspect;
pub(super) mod known_roles;
mod llm_comparator;
mod merge;
mod openai_evals;
mod opencompass;
pub(crate) mod path;
mod ragas;
mod row;
pub(super) mod squad;

use super::error::ImportError;
use super::imported::Imported;
use merge::merged_by_id;
use row::{Object, Row};

/// Reads an object of a tool's log as rows; nothing where it is of another tool.
type Reader = fn(&Object, &mut Imported) -> Option<Vec<Row>>;

/// The tools' names and readers, of lines and of whole documents; the first that knows an object reads it.
const READERS: [(&str, Reader); 12] = [
    ("inspect", inspect::rows),
    ("evalscope", evalscope::rows),
    ("helm", helm::rows),
    ("every-eval-ever", every_eval_ever::rows),
    ("llm-comparator", llm_comparator::rows),
    ("openai-evals", openai_evals::rows),
    ("deepeval", deepeval::rows),
    ("braintrust", braintrust::rows),
    ("arena-hard", arena_hard::rows),
    ("evalplus", evalplus::rows),
    ("opencompass", opencompass::rows),
    ("squad", squad::rows),
];

/// Tools whose tables have no reader of their own, each with columns that are of no other table.
const BY_COLUMNS: [(&str, &[&str]); 3] = [
    ("lm-evaluation-harness", &["doc_id", "filtered_resps[0]"]),
    ("opencompass", &["origin_prompt", "prediction"]),
    ("llama-factory", &["prompt", "predict", "label"]),
];

/// Whether a document that is one object begins as a tool's log: it can't be read by its beginning, and these names in
/// it are of no other file. A log that is read whole is told by its columns.
#[must_use]
pub fn begins_as_log(head: &[u8]) -> bool {
    const NAMES: [&str; 3] = [
        "\"output_text_a\"",
        "\"request_states\"",
        "\"actualOutput\"",
    ];
    let text = String::from_utf8_lossy(head);
    text.trim_start().starts_with('{') && NAMES.iter().any(|name| text.contains(name))
}

/// Takes an object of a tool's log into the table; nothing where it is of no known tool.
pub(super) fn take(object: &Object, out: &mut Imported) -> Option<Result<(), ImportError>> {
    let (name, rows) = READERS
        .iter()
        .find_map(|(name, read)| Some((*name, read(object, out)?)))?;
    out.layout = name;
    Some(rows.into_iter().try_for_each(|row| push(row, out)))
}

fn push(row: Row, out: &mut Imported) -> Result<(), ImportError> {
    let mut cells = Vec::with_capacity(row.cells.len());
    for cell in row.cells {
        out.known.set(&cell.name, cell.role);
        cells.push((cell.name, cell.text));
    }
    out.push_cells(&cells)
}

/// Ends a file: rows of one item become one, and what the columns are for is settled.
pub(super) fn finish(out: &mut Imported) {
    if out.known.is_empty() {
        ragas::tell(out);
        name_by_columns(out);
    }
    if out.known.merges {
        merged_by_id(out);
    }
    out.roles = out.known.roles(&out.table).or(out.roles.take());
}

/// Names the tool of a table that is known by its columns alone.
fn name_by_columns(out: &mut Imported) {
    let names = out.table.names();
    let has = |column: &&str| {
        let is_left_out = out.left_out.contains(*column);
        is_left_out || names.iter().any(|name| name == column)
    };
    let mut tools = BY_COLUMNS.iter();
    if !out.known.is_empty() {
        out.layout = "ragas";
    } else if let Some((tool, _)) = tools.find(|(_, columns)| columns.iter().all(has)) {
        out.layout = tool;
    }
}
