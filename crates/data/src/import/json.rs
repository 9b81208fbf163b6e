//! JSON Lines, and JSON documents that are one object: an object of columns, an object with a list
//! of examples inside (LLM Comparator among them), and promptfoo's output. Nested values become
//! columns named by their path: `doc.question`, `references[0]`. An array of objects is cut up by
//! [`super::json_array`].

use super::error::{ImportError, Reason, line_within, within};
use super::flatten::flatten;
use super::imported::{Imported, damaged};
use super::json_text::{parse, parse_line};
use super::lines::LineSplitter;
use super::promptfoo::{promptfoo_results, push_promptfoo};
use super::{batch, chat, layouts, likelihood, options, pandas, totals};
use serde_json::{Map, Value};

/// Bytes of a JSON document that is one object; parsed whole, it takes several times its length.
const MAX_DOCUMENT: u64 = 250_000_000;

/// Reads one object a line.
#[derive(Default)]
pub struct JsonLines {
    lines: LineSplitter,
}

impl JsonLines {
    /// Takes the next piece of text.
    pub fn push(
        &mut self,
        text: &str,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        self.lines
            .push(text, |line, number| read_line(line, number, bad, out))?;
        let (line, bytes) = self.lines.pending();
        line_within(&out.file, line, bytes)
    }

    /// Ends the file.
    pub fn finish(self, bad: Option<&'static str>, out: &mut Imported) -> Result<(), ImportError> {
        match self.lines.finish() {
            Some((line, number)) => read_line(&line, number, bad, out),
            None => Ok(()),
        }
    }
}

/// A document that is one object, kept until its end has come. The pieces stay as they are: a text that doubles as it
/// grows would take its memory twice.
#[derive(Default)]
pub struct JsonDocument {
    pieces: Vec<String>,
    bytes: usize,
    lines: u64,
    /// Bytes since the last quote: a string's, so far, if one is open.
    since_quote: usize,
}

impl JsonDocument {
    /// Takes the next piece of text.
    pub fn push(&mut self, text: &str, out: &Imported) -> Result<(), ImportError> {
        self.since_quote = match text.rfind('"') {
            Some(at) => text.len() - at,
            None => self.since_quote + text.len(),
        };
        self.bytes += text.len();
        self.lines += text.matches('\n').count() as u64;
        line_within(&out.file, self.lines + 1, self.since_quote)?;
        within(&out.file, self.bytes as u64, MAX_DOCUMENT)?;
        self.pieces.push(text.to_owned());
        Ok(())
    }

    /// Ends the file.
    pub fn finish(self, out: &mut Imported) -> Result<(), ImportError> {
        let text = self.pieces.concat();
        drop(self.pieces);
        read_document(&text, out)
    }
}

fn read_line(
    line: &str,
    number: u64,
    bad: Option<&'static str>,
    out: &mut Imported,
) -> Result<(), ImportError> {
    if line.trim().is_empty() {
        return Ok(());
    }
    read_element(line, (number, 0), bad, out)
}

/// Reads one object that begins at `place` (its line, from 1, and the columns before it).
pub(super) fn read_element(
    text: &str,
    place: (u64, usize),
    bad: Option<&'static str>,
    out: &mut Imported,
) -> Result<(), ImportError> {
    let (line, column) = place;
    if let Some(reason) = damaged(bad, text) {
        out.set_aside(line, reason);
        return Ok(());
    }
    let reason = match parse_line(text) {
        Ok(Value::Object(object)) => return push_object(&object, out),
        Ok(other) => Reason::NotAnObject {
            found: kind(&other).to_owned(),
        },
        Err(e) => Reason::Json {
            column: e.column() + if e.line() == 1 { column } else { 0 },
            detail: plain(&e),
        },
    };
    out.set_aside(line, reason);
    Ok(())
}

/// Reads a document that is one object: its parts have to be seen together.
fn read_document(text: &str, out: &mut Imported) -> Result<(), ImportError> {
    let value = parse(text).map_err(|e| ImportError::Json {
        file: out.file.clone(),
        line: e.line(),
        column: e.column(),
        detail: plain(&e),
    })?;
    match value {
        Value::Object(object) => read_object(&object, out),
        _ => Err(ImportError::NoRows {
            file: out.file.clone(),
        }),
    }
}

fn read_object(object: &Map<String, Value>, out: &mut Imported) -> Result<(), ImportError> {
    if let Some(results) = promptfoo_results(object) {
        out.layout = "promptfoo";
        return push_promptfoo(results, out);
    }
    totals::check_object(&out.file, object)?;
    if let Some(taken) = layouts::take(object, out) {
        return taken;
    }
    if let Some(rows) = pandas::rows(object) {
        out.layout = "pandas";
        return rows.iter().try_for_each(|row| push_object(row, out));
    }
    if let Some(rows) = layouts::squad::predictions(object) {
        out.layout = "squad";
        return rows.iter().try_for_each(|row| push_object(row, out));
    }
    if let Some(rows) = keyed_rows(object) {
        for row in rows {
            push_object(&row, out)?;
        }
        return Ok(());
    }
    if out.system.is_none() {
        let name = ["model", "model_name", "model_id"]
            .iter()
            .find_map(|name| object.get(*name)?.as_str());
        out.system = name.map(str::to_owned);
    }
    let lists: Vec<(&String, &Vec<Value>)> = object
        .iter()
        .filter_map(|(k, v)| Some((k, v.as_array()?)))
        .collect();
    let longest = lists.iter().map(|(_, l)| l.len()).max().unwrap_or(0);
    let of_objects = lists
        .iter()
        .filter(|(_, l)| !l.is_empty() && l.iter().all(Value::is_object))
        .max_by_key(|(_, l)| l.len());
    if let Some((_, items)) = of_objects
        && items.len() == longest
    {
        return push_items(items, out);
    }
    if longest == 0 || lists.iter().any(|(_, l)| l.len() != longest) {
        return Err(ImportError::NoRows {
            file: out.file.clone(),
        });
    }
    for row in 0..longest {
        let object: Map<String, Value> = lists
            .iter()
            .map(|(k, l)| ((*k).clone(), l[row].clone()))
            .collect();
        push_object(&object, out)?;
    }
    Ok(())
}

/// The rows of an object of objects, as OpenCompass and pandas write them: what names a row is its id.
fn keyed_rows(object: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let rows = object.iter().map(|(key, value)| {
        let mut row = Map::new();
        let inside = value.as_object().filter(|inside| !inside.is_empty())?;
        if !inside.contains_key("id") {
            row.insert("id".to_owned(), key.as_str().into());
        }
        for (name, value) in inside {
            let text = spoken(value).map(Value::String);
            row.insert(name.clone(), text.unwrap_or_else(|| value.clone()));
        }
        Some(row)
    });
    let rows: Vec<Map<String, Value>> = rows.collect::<Option<_>>()?;
    // One object in one object is more likely a setting than a row.
    (rows.len() > 1).then_some(rows)
}

/// The text of OpenCompass's prompts, a list of turns each with its `prompt`.
fn spoken(value: &Value) -> Option<String> {
    let turns = value.as_array()?.iter();
    let texts: Option<Vec<&str>> = turns.map(|turn| turn.get("prompt")?.as_str()).collect();
    texts
        .filter(|texts| !texts.is_empty())
        .map(|texts| texts.join("\n\n"))
}

fn push_items(items: &[Value], out: &mut Imported) -> Result<(), ImportError> {
    for (i, item) in items.iter().enumerate() {
        match item {
            Value::Object(object) => push_object(object, out)?,
            // An element's line is not known after parsing: its place in the list stands for it.
            other => out.set_aside(
                i as u64 + 1,
                Reason::NotAnObject {
                    found: kind(other).to_owned(),
                },
            ),
        }
    }
    Ok(())
}

/// Appends an object as a row, its nested values as columns that are named by their path.
///
/// # Errors
/// [`ImportError::TooManyColumns`], [`ImportError::TooManyCells`] and [`ImportError::LongCell`].
pub fn push_object(object: &Map<String, Value>, out: &mut Imported) -> Result<(), ImportError> {
    if let Some(taken) = layouts::take(object, out) {
        return taken;
    }
    let mut cells = Vec::new();
    if let Some(answer) = batch::answer(object) {
        out.layout = "openai-batch";
        return out.push_cells(&answer);
    }
    if let Some(cells) = likelihood::cells(object, out) {
        return out.push_cells(&cells);
    }
    let chat = chat::prompt_and_reference(object);
    let choice = options::chosen(object);
    if chat.is_some() {
        out.layout = "conversations";
    }
    for (key, value) in object {
        match (&chat, choice) {
            (Some((field, turns)), _) if key == field => cells.extend(turns.iter().cloned()),
            (_, Some((field, index))) if key == field => {
                cells.push((format!("{field}[0]"), Some(index.to_string())));
            }
            _ => flatten(key, value, &mut cells, &mut out.left_out),
        }
    }
    out.push_cells(&cells)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The parser's words without the place, which stands beside them.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
