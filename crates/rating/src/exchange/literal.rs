//! Values within cells: JSON, or what Python prints of a list or a dictionary, as pandas writes it into CSV.

use serde_json::Value;

/// The list or object in a cell; nothing where it holds neither.
pub(super) fn opened(cell: &str) -> Option<Value> {
    let cell = cell.trim();
    if !cell.starts_with(['[', '{']) {
        return None;
    }
    let json = serde_json::from_str(cell).ok();
    json.or_else(|| serde_json::from_str(&as_json(cell)).ok())
}

/// What Python prints, as JSON: other quotes, other words for what is true, false or missing.
fn as_json(text: &str) -> String {
    const WORDS: [(&str, &str); 4] = [
        ("None", "null"),
        ("True", "true"),
        ("False", "false"),
        ("nan", "null"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if matches!(c, '\'' | '"') {
            rest = string(&rest[1..], c, &mut out);
        } else if let Some((word, json)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            out.push_str(json);
            rest = &rest[word.len()..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Writes the string that `text` begins with, and gives what is after its closing quote.
fn string<'a>(text: &'a str, quote: char, out: &mut String) -> &'a str {
    out.push('"');
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => {
                out.push('"');
                return &text[at + c.len_utf8()..];
            }
            '"' => out.push_str("\\\""),
            '\\' => match chars.next() {
                Some((_, '\'')) => out.push('\''),
                // JSON writes bytes with four digits.
                Some((_, 'x')) => out.push_str("\\u00"),
                Some((_, escaped)) => out.extend(['\\', escaped]),
                None => {}
            },
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::opened;
    use serde_json::json;

    #[test]
    fn json_and_what_python_prints_say_the_same() {
        let expected = json!([{"user_id": "it's", "value": 4, "status": null, "ok": true}]);
        for cell in [
            r#"[{"user_id": "it's", "value": 4, "status": null, "ok": true}]"#,
            r#" [{'user_id': "it's", 'value': 4, 'status': None, 'ok': True}]"#,
            r"[{'user_id': 'it\'s', 'value': 4, 'status': None, 'ok': True}]",
        ] {
            assert_eq!(opened(cell), Some(expected.clone()), "{cell}");
        }
        assert_eq!(opened(r"['say \xe9\n']"), Some(json!(["say é\n"])));
        for other in ["", "4", "[a]", "{'a'", "['", "[CLS] text", "['a' 'b']"] {
            assert_eq!(opened(other), None, "{other}");
        }
    }
}
