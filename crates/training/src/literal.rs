//! Python's literals where they are not JSON: `NaN` in what `json.dump` wrote, and the dictionaries that
//! a Trainer prints.

use serde_json::Value;

/// The JSON that Python meant: bare `NaN`, `Infinity` and `-Infinity` become strings, which a number is
/// read from later ([`number`]).
pub(crate) fn to_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            let word = ["-Infinity", "Infinity", "NaN"]
                .iter()
                .find(|w| rest.starts_with(**w));
            if let Some(word) = word {
                out.push('"');
                out.push_str(word);
                out.push('"');
                rest = &rest[word.len()..];
                continue;
            }
            in_string = c == '"';
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// A number as JSON or Python has it, in a string too.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => n.as_f64(),
        Value::String(s) => parse(s),
        _ => None,
    }
}

/// A number as a log writes it.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    // As NumPy 2 represents its numbers.
    let inside = text
        .strip_prefix("np.float64(")
        .or_else(|| text.strip_prefix("np.float32("));
    let text = inside
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    match text.to_ascii_lowercase().as_str() {
        "nan" | "-nan" => Some(f64::NAN),
        "inf" | "infinity" | "+inf" => Some(f64::INFINITY),
        "-inf" | "-infinity" => Some(f64::NEG_INFINITY),
        other => other.parse().ok().filter(|x: &f64| x.is_finite()),
    }
}

/// The fields of the flat dictionary at the beginning of `text`, as Python prints it, with the texts of their values;
/// `None` where there is no such dictionary.
pub(crate) fn dictionary(text: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut at = text.strip_prefix('{').map(|_| 1)?;
    loop {
        at += blanks(&text[at..]);
        if text[at..].starts_with('}') {
            return Some(found);
        }
        let (key, used) = quoted(&text[at..])?;
        at += used;
        at += blanks(&text[at..]);
        at += text[at..].strip_prefix(':').map(|_| 1)?;
        at += blanks(&text[at..]);
        let (value, used) = match quoted(&text[at..]) {
            Some(quoted) => quoted,
            None => {
                let end = text[at..].find([',', '}', '{', '[', ':', '\'', '"'])?;
                (text[at..at + end].trim_end().to_owned(), end)
            }
        };
        at += used;
        found.push((key, value));
        at += blanks(&text[at..]);
        if let Some(rest) = text[at..].strip_prefix(',') {
            at = text.len() - rest.len();
        } else if !text[at..].starts_with('}') {
            return None;
        }
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// A string in either kind of quotes, and the bytes that it takes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next().filter(|c| *c == '\'' || *c == '"')?;
    let end = text[1..].find(quote)?;
    Some((text[1..1 + end].to_owned(), end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nan_is_quoted_and_strings_stay() {
        let text = r#"{"a": NaN, "b": "NaN \" -Infinity", "c": [-Infinity, 1]}"#;
        let value: Value = serde_json::from_str(&to_json(text)).unwrap();
        assert!(number(&value["a"]).unwrap().is_nan());
        assert_eq!(value["b"], "NaN \" -Infinity");
        assert_eq!(number(&value["c"][0]), Some(f64::NEG_INFINITY));
    }

    #[test]
    fn printed_dictionaries_are_read_and_others_are_not() {
        let found = dictionary("{'loss': 0.5, 'grad_norm': nan, 'lr': '1e-05'} x").unwrap();
        assert_eq!(found[0], ("loss".to_owned(), "0.5".to_owned()));
        assert!(parse(&found[1].1).unwrap().is_nan());
        assert_eq!(parse(&found[2].1), Some(1e-5));
        assert_eq!(parse("np.float64(2.5)"), Some(2.5));
        for other in [
            "{'a': {'b': 1}}",
            "{'a' 1}",
            "{'a': 1",
            "{a: 1}",
            "",
            "{'a': 1 'b': 2}",
        ] {
            assert_eq!(dictionary(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,60}|[{}':,a0-9 ]{0,40}") {
            std::hint::black_box(dictionary(&text));
            std::hint::black_box(to_json(&text));
        }
    }
}
