//! A row of a tool's log, each cell with what it is for; and how values of JSON become texts and numbers.

use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::{Map, Value};

/// An object of JSON.
pub(super) type Object = Map<String, Value>;

/// A cell with its column's name and role.
pub(super) struct Cell {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) text: Option<String>,
}

/// A row.
#[derive(Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// Adds a cell; a missing one keeps its column.
    pub(super) fn put(&mut self, role: Role, name: &str, text: Option<String>) {
        self.cells.push(Cell {
            name: name.to_owned(),
            role,
            text,
        });
    }

    /// Adds the item's id.
    pub(super) fn id(&mut self, id: &Value) {
        self.put(Role::Id, "id", text(id));
    }

    /// Adds a system's output.
    pub(super) fn output(&mut self, system: &str, output: Option<String>) {
        self.put(Role::Hypothesis, system, output);
    }

    /// Adds references: a text, or a list of texts.
    pub(super) fn references(&mut self, value: &Value) {
        let all = match value {
            Value::Array(all) => all.as_slice(),
            Value::Null => &[],
            one => std::slice::from_ref(one),
        };
        for (place, reference) in all.iter().enumerate() {
            let name = match place {
                0 => "reference".to_owned(),
                place => format!("reference ({})", place + 1),
            };
            self.put(Role::Reference, &name, text(reference));
        }
    }

    /// Adds what a system's output scores: a number, or yes and no as 1 and 0. A text that is neither is a property.
    pub(super) fn score(&mut self, name: &str, system: &str, value: &Value) {
        let column = column(name, system);
        match value {
            Value::Null => {}
            Value::Object(parts) => {
                for (part, value) in parts {
                    self.score(&format!("{name}.{part}"), system, value);
                }
            }
            Value::Array(parts) => {
                for (place, value) in parts.iter().enumerate() {
                    self.score(&format!("{name}[{place}]"), system, value);
                }
            }
            Value::String(said) if number(value).is_none() => {
                self.put(Role::Slice, &column, Some(said.clone()));
            }
            value => {
                let number = number(value).map(|number| number.to_string());
                self.put(Role::Measure, &column, number);
            }
        }
    }

    /// Adds what is said of a system's output and is no score: an explanation, an error.
    pub(super) fn about(&mut self, name: &str, system: &str, said: Option<String>) {
        self.put(Role::Ignored, &column(name, system), said);
    }

    /// Adds the scalar fields of an object as properties, named as they are, or `NAME.FIELD` where `name` is given. One
    /// whose name the row has already is called `metadata.FIELD`.
    pub(super) fn properties(&mut self, name: &str, fields: &Value) {
        let Value::Object(fields) = fields else {
            return;
        };
        for (field, value) in fields {
            let name = match name {
                "" => field.clone(),
                name => format!("{name}.{field}"),
            };
            let is_taken = self.cells.iter().any(|cell| cell.name == name);
            let name = if is_taken {
                format!("metadata.{name}")
            } else {
                name
            };
            match value {
                Value::Object(_) => self.properties(&name, value),
                Value::Number(number) => self.put(Role::Number, &name, Some(number.to_string())),
                Value::Null => {}
                value => self.put(Role::Slice, &name, text(value)),
            }
        }
    }
}

/// The column of what is said of a system's output. One that nothing names yet gets its name when files are joined.
fn column(name: &str, system: &str) -> String {
    match system {
        UNNAMED => name.to_owned(),
        system => format!("{name} ({system})"),
    }
}

/// A value as text: strings as they are, lists of texts line by line, other lists and objects as JSON.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let texts: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            Some(texts.join("\n"))
        }
        other => Some(other.to_string()),
    }
}

/// A value as a number: yes and no are 1 and 0. Nothing where it is neither, or not finite.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Bool(yes) => f64::from(u8::from(*yes)),
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => 1.0,
            "false" | "no" => 0.0,
            text => text.parse().ok()?,
        },
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// What messages say: a text; one message's content; or of several each after who says it.
pub(super) fn conversation(value: &Value) -> Option<String> {
    let Value::Array(turns) = value else {
        return text(value);
    };
    if let [only] = turns.as_slice() {
        return content(only);
    }
    let lines = turns.iter().filter_map(|turn| {
        let said = content(turn)?;
        let speaker = turn.get("role").and_then(Value::as_str);
        Some(speaker.map_or_else(|| said.clone(), |speaker| format!("{speaker}: {said}")))
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}

/// The text of one message, whose content is a text or a list of parts.
pub(super) fn content(message: &Value) -> Option<String> {
    match message.get("content") {
        None => text(message),
        Some(Value::Array(parts)) => {
            let texts = parts.iter().filter_map(|part| part.get("text")?.as_str());
            let texts: Vec<&str> = texts.collect();
            (!texts.is_empty()).then(|| texts.join("\n"))
        }
        Some(content) => text(content),
    }
}

/// The text of a completion, as OpenAI's and most others' responses hold it: the first of `choices`.
pub(super) fn completion(output: &Value) -> Option<String> {
    let first = output.get("choices").and_then(|choices| choices.get(0));
    let said = first
        .and_then(|choice| choice.get("message"))
        .and_then(content);
    said.or_else(|| first.and_then(|choice| text(choice.get("text")?)))
        .or_else(|| text(output.get("completion")?))
}

/// The name of the system whose outputs the file holds: by its path, or else what the object says, which is kept for
/// the objects after it. Without either it is named after the file when files are joined.
pub(super) fn system(out: &mut Imported, said: Option<&str>) -> String {
    if out.system.is_none() {
        out.system = said
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(str::to_owned);
    }
    out.system.clone().unwrap_or_else(|| UNNAMED.to_owned())
}

/// The column of outputs whose system nothing names.
const UNNAMED: &str = "output";

/// Names fields that are left out.
pub(super) fn leave_out(object: &Object, fields: &[&str], out: &mut Imported) {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    };
    for field in fields {
        if object.get(*field).is_some_and(|value| !is_empty(value)) {
            out.left_out.insert((*field).to_owned());
        }
    }
}
