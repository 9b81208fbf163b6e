//! Which format a file has, recognised from its name and its first text.

use super::PASTED;
use super::file_name::is_sheet;

/// The formats that are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Delimited(u8),
    /// As Excel writes it: the first line says what separates fields (`sep=;`).
    Announced(u8),
    Jsonl,
    Json,
    JsonArray,
    /// Objects one after the other, over several lines each.
    JsonStream,
    Lines,
}

impl Format {
    /// The name on the command line.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Delimited(b',') | Self::Announced(b',') => "csv",
            Self::Delimited(b'\t') | Self::Announced(b'\t') => "tsv",
            Self::Delimited(_) | Self::Announced(_) => "delimited",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::JsonArray => "json-array",
            Self::JsonStream => "json-stream",
            Self::Lines => "lines",
        }
    }
}

/// What fields are separated by, the likeliest first.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Endings of JSON Lines, and of what is given as such.
const LINES: [&str; 10] = [
    ".jsonl", ".ndjson", ".xlsx", ".xls", ".ods", ".parquet", ".arrow", ".feather", ".arrows",
    ".eval",
];

/// The delimiter that a first line `sep=;` names.
fn announced(first_line: &str) -> Option<u8> {
    match first_line
        .trim_end_matches('\r')
        .strip_prefix("sep=")?
        .as_bytes()
    {
        [delimiter] if DELIMITERS.contains(delimiter) => Some(*delimiter),
        _ => None,
    }
}

/// Fields of each record, as far as the text goes. Line breaks within quotes are part of a field.
fn field_counts(text: &str, delimiter: u8) -> Vec<usize> {
    let (mut counts, mut fields) = (Vec::new(), 1);
    let (mut in_quotes, mut at_start) = (false, true);
    for byte in text.bytes() {
        if in_quotes {
            in_quotes = byte != b'"';
            continue;
        }
        match byte {
            // Behind a closing quote too: a doubled one closes and opens again.
            b'"' => in_quotes = at_start,
            b'\n' => {
                counts.push(fields);
                fields = 1;
            }
            b if b == delimiter => fields += 1,
            _ => {}
        }
        at_start = byte == delimiter || byte == b'\n' || (byte == b'"' && in_quotes);
    }
    if !text.ends_with('\n') && !in_quotes {
        counts.push(fields);
    }
    counts
}

/// How many fields all records have under a delimiter, where it is the same number and more than one.
fn agreeing_fields(text: &str, delimiter: u8) -> Option<usize> {
    let counts = field_counts(text.trim_end(), delimiter);
    let first = *counts.first()?;
    let agree = counts.len() > 1 && first > 1 && counts.iter().all(|c| *c == first);
    agree.then_some(first)
}

/// The delimiter under which records agree, with the most fields.
fn agreeing_delimiter(text: &str) -> Option<u8> {
    let fields = DELIMITERS
        .into_iter()
        .filter_map(|d| Some((agreeing_fields(text, d)?, d)));
    // Of equals the first: `max_by_key` would take the last.
    fields
        .rev()
        .max_by_key(|(fields, _)| *fields)
        .map(|(_, d)| d)
}

/// The format of a file of this name that begins with this text.
pub(super) fn guess_format(file: &str, start: &str) -> Format {
    let name = file
        .strip_suffix(".gz")
        .unwrap_or(file)
        .to_ascii_lowercase();
    let first = start.trim_start().chars().next();
    let first_line = start.trim_start().lines().next().unwrap_or("");
    if let Some(delimiter) = announced(first_line) {
        return Format::Announced(delimiter);
    }
    // Tables out of workbooks and the like come as JSON Lines, under their file's name.
    let is_lines = LINES.iter().any(|ending| name.ends_with(ending)) || is_sheet(&name);
    // What begins with a bracket is an array, whatever the ending says.
    if is_lines && first != Some('[') {
        return match is_pretty_printed(start) {
            true => Format::JsonStream,
            false => Format::Jsonl,
        };
    }
    if name.ends_with(".json") || matches!(first, Some('{' | '[')) {
        let whole_line = first == Some('{')
            && serde_json::from_str::<serde_json::Value>(first_line).is_ok()
            && start.trim().lines().count() > 1;
        return match first {
            _ if whole_line => Format::Jsonl,
            Some('[') => Format::JsonArray,
            _ => Format::Json,
        };
    }
    if name.ends_with(".tsv") {
        return Format::Delimited(b'\t');
    }
    if name.ends_with(".csv") {
        let count = |delimiter: &u8| first_line.matches(char::from(*delimiter)).count();
        let most = [b',', b';', b'\t'].into_iter().rev().max_by_key(count);
        return Format::Delimited(agreeing_delimiter(start).or(most).unwrap_or(b','));
    }
    // Pasted text has no name: a table when its records agree on their fields, and its first line is a header.
    let delimiter = agreeing_delimiter(start).filter(|_| first_line.len() < 200);
    // In a file of lines a tab stands between fields where the first line is a header: short names that are all different.
    let has_header = || {
        let mut names: Vec<&str> = first_line.trim_end().split('\t').map(str::trim).collect();
        let are_names = names.len() > 1 && names.iter().all(|n| !n.is_empty() && n.len() < 40);
        let are_words = names.iter().all(|name| name.parse::<f64>().is_err());
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        are_names && are_words && names.len() == count && start.trim().lines().count() > 2
    };
    let is_table = |delimiter: &u8| match delimiter {
        b'\t' => file == PASTED || (name.ends_with(".txt") && has_header()),
        b',' | b';' => file == PASTED,
        _ => false,
    };
    match delimiter.filter(is_table) {
        Some(delimiter) => Format::Delimited(delimiter),
        None => Format::Lines,
    }
}

/// Whether objects that should be a line each are spread over lines.
fn is_pretty_printed(start: &str) -> bool {
    let first_line = start.trim_start().lines().next().unwrap_or("").trim();
    let is_whole = serde_json::from_str::<serde_json::Value>(first_line).is_ok();
    !is_whole && matches!(first_line, "{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_told_by_records_that_agree() {
        let sheet = "id\treference\tbase\n0\tIt is so.\t\"Two\nlines, with \"\"quotes\"\".\"\n1\tYes.\tNo.\n";
        assert_eq!(guess_format(PASTED, sheet), Format::Delimited(b'\t'));
        let excel = "id;reference;judge\n1;a, b and c;0,5\n2;d, e;0,75\n";
        assert_eq!(guess_format("a.csv", excel), Format::Delimited(b';'));
        assert_eq!(
            guess_format("a.csv", "a,b\n1,2\n3\n"),
            Format::Delimited(b',')
        );
        assert_eq!(
            guess_format("a.csv", "text\n\"a, b\"\n"),
            Format::Delimited(b',')
        );
        let prose = "One line, of words.\nAnother line\n";
        assert_eq!(guess_format(PASTED, prose), Format::Lines);
        assert_eq!(guess_format("a.txt", "a,b\nc,d\n"), Format::Lines);
    }

    #[test]
    fn json_is_told_by_how_it_begins() {
        assert_eq!(
            guess_format("a.jsonl", "{\"a\": 1}\n{\"a\": 2}\n"),
            Format::Jsonl
        );
        assert_eq!(guess_format("a.jsonl", "[{\"a\": 1}]"), Format::JsonArray);
        assert_eq!(
            guess_format("a.jsonl", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n"),
            Format::JsonStream
        );
        assert_eq!(guess_format("a.json", "{\"a\": [1]}"), Format::Json);
        assert_eq!(
            guess_format("a.csv", "sep=;\na;b\n"),
            Format::Announced(b';')
        );
    }
}
