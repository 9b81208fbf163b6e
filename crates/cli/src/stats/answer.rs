//! What is printed: names with values, and a table below them.

use serde_json::{Map, Value, json};
use std::fmt::{self, Display, Formatter};

/// An answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    values: Map<String, Value>,
    rows: Vec<Map<String, Value>>,
}

/// A number as JSON has it; what has no value is `null`, an infinite one a text.
pub(super) fn number(number: impl Into<Option<f64>>) -> Value {
    match number.into() {
        Some(x) if x.is_infinite() => json!(if x > 0.0 { "inf" } else { "-inf" }),
        Some(x) if !x.is_nan() => json!(x),
        _ => Value::Null,
    }
}

impl Answer {
    /// Adds a number.
    pub(super) fn with(self, name: &str, x: impl Into<Option<f64>>) -> Self {
        self.value(name, number(x))
    }

    /// Adds an interval.
    pub(super) fn interval(self, name: &str, ends: Option<[f64; 2]>) -> Self {
        let ends = ends.map(|ends| ends.map(number));
        self.value(name, json!(ends))
    }

    /// Adds any value.
    pub(super) fn value(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }

    /// Adds a row to the table.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = (&'a str, Value)>) {
        let cells = cells
            .into_iter()
            .map(|(name, cell)| (name.to_owned(), cell));
        self.rows.push(cells.collect());
    }

    /// The answer as JSON: the values under their names, the table as `rows`.
    pub(super) fn json(&self) -> Value {
        let mut all = self.values.clone();
        if !self.rows.is_empty() {
            all.insert("rows".to_owned(), json!(self.rows));
        }
        Value::Object(all)
    }
}

/// A value as it is printed.
fn printed(value: &Value) -> String {
    match value {
        Value::Null => "undefined".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(ends) => ends.iter().map(printed).collect::<Vec<_>>().join("\t"),
        other => other.to_string(),
    }
}

impl Display for Answer {
    /// A line for each value, then the table with its head, all parted by tabs.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.values {
            writeln!(f, "{name}\t{}", printed(value))?;
        }
        let Some(first) = self.rows.first() else {
            return Ok(());
        };
        let line = |cells: Vec<String>| cells.join("\t");
        writeln!(f, "{}", line(first.keys().cloned().collect()))?;
        for row in &self.rows {
            writeln!(f, "{}", line(row.values().map(printed).collect()))?;
        }
        Ok(())
    }
}
