//! JSON as tools write it: with NaN and infinities, numbers that overflow, and names that stand twice.

use serde_json::{Map, Value};

/// Parses a value. Python writes numbers that JSON lacks, NaN and infinities; they are missing numbers. A number that
/// is greater than any that can be computed with stays the text that it is.
///
/// # Errors
/// Where and why it is no JSON.
pub fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| match with_json_numbers(text) {
        Some(text) => serde_json::from_str(&text).map_err(|_| error),
        None => Err(error),
    })
}

/// Parses an object of a file's rows. A name that stands twice in it gets a number the second time, as a column's name
/// in the header of a table does.
pub(super) fn parse_line(text: &str) -> Result<Value, serde_json::Error> {
    match serde_json::from_str::<Distinct>(text) {
        Ok(Distinct(object)) => Ok(Value::Object(object)),
        Err(_) => parse(text),
    }
}

/// An object whose names are all kept.
struct Distinct(Map<String, Value>);

impl<'de> serde::Deserialize<'de> for Distinct {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Names)
    }
}

struct Names;

impl<'de> serde::de::Visitor<'de> for Names {
    type Value = Distinct;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut entries: A) -> Result<Distinct, A::Error> {
        let mut object = Map::new();
        while let Some((name, value)) = entries.next_entry::<String, Value>()? {
            let mut unique = name.clone();
            let mut number = 2;
            while object.contains_key(&unique) {
                unique = format!("{name} ({number})");
                number += 1;
            }
            object.insert(unique, value);
        }
        Ok(Distinct(object))
    }
}

/// The text with `null` for each NaN and infinity outside strings, and numbers that overflow in quotes; nothing where
/// there is neither.
fn with_json_numbers(text: &str) -> Option<String> {
    const WORDS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];
    let mut out = String::new();
    let (mut in_string, mut escaped, mut from) = (false, false, 0);
    for (at, c) in text.char_indices() {
        if at < from {
            continue;
        }
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            in_string = true;
        } else if let Some(word) = WORDS.iter().find(|word| text[at..].starts_with(**word)) {
            out.push_str(&text[from..at]);
            out.push_str("null");
            from = at + word.len();
        } else if let Some(number) = overflowing_number(text, at) {
            out.push_str(&text[from..at]);
            out.push_str(&format!("\"{number}\""));
            from = at + number.len();
        }
    }
    let found = from > 0;
    out.push_str(&text[from..]);
    found.then_some(out)
}

/// The number that begins at this byte, where it does begin there and is too great for one.
fn overflowing_number(text: &str, at: usize) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let begins = text[at..].starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if !begins || text[..at].ends_with(is_part) {
        return None;
    }
    let rest = &text[at..];
    let number = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
    number.parse().ok().filter(|x: &f64| x.is_infinite())?;
    Some(number)
}
