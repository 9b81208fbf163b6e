//! Any error as a kind and arguments, so that one place words all of them in every language.
//!
//! [`Explanation::of`] reads them off an error's serialised form: the enum's name and the variant's name are the
//! kind, the fields are the arguments. A new variant needs no code here, and
//! [`testing::ExplainErrors`](crate::testing::ExplainErrors) lets a test find those without words.

use crate::plain_serializer::{Plain, plain};
use serde::{Deserialize, Serialize};

/// An argument of an explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Argument {
    /// A text, such as a file's name.
    Text(String),
    /// A number.
    Number(f64),
}

/// What went wrong, ready to be worded by the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The error's type and variant: `import-error-too-large`.
    pub kind: String,
    /// The variant's fields; unnamed ones are called `value`, or `value-0`, `value-1` and so on.
    pub arguments: Vec<(String, Argument)>,
    /// The error within this error.
    pub cause: Option<Box<Explanation>>,
}

impl Explanation {
    /// Of an error that can be serialised.
    ///
    /// ```
    /// use assay_calls::{Argument, Explanation};
    ///
    /// #[derive(serde::Serialize)]
    /// enum ImportError { TooLarge { file: String, limit_mb: u32 } }
    ///
    /// let error = ImportError::TooLarge { file: "big.csv".into(), limit_mb: 500 };
    /// let explained = Explanation::of(&error);
    /// assert_eq!(explained.kind, "import-error-too-large");
    /// assert_eq!(explained.arguments[1], ("limit_mb".into(), Argument::Number(500.0)));
    /// ```
    #[must_use]
    pub fn of<E: Serialize>(error: &E) -> Self {
        let unnamed = || Self {
            kind: "error".to_owned(),
            arguments: Vec::new(),
            cause: None,
        };
        match plain(error) {
            Ok(value) => Self::of_plain(value).unwrap_or_else(unnamed),
            // An error whose own `Serialize` fails is still reported.
            Err(error) => Self {
                arguments: vec![("value".to_owned(), Argument::Text(error.0))],
                ..unnamed()
            },
        }
    }

    /// The kind of a variant of an error's type, as [`Explanation::of`] names it.
    #[must_use]
    pub fn kind_of(type_name: &str, variant: &str) -> String {
        format!("{}-{}", kebab(type_name), kebab(variant))
    }

    pub(crate) fn of_plain(value: Plain) -> Option<Self> {
        let Plain::Named {
            type_name,
            variant,
            fields,
        } = value
        else {
            return None;
        };
        if type_name == "Explanation" {
            return Self::unchanged(fields);
        }
        // Internally tagged enums are structs whose field `kind` is the variant's name.
        let tagged = fields.iter().find_map(|(name, value)| match value {
            Plain::Text(text) if name == "kind" && variant.is_none() => Some(text.clone()),
            _ => None,
        });
        let mut explained = Self {
            kind: match variant.map(str::to_owned).or_else(|| tagged.clone()) {
                Some(variant) => Self::kind_of(type_name, &variant),
                None => kebab(type_name),
            },
            arguments: Vec::new(),
            cause: None,
        };
        for (name, value) in fields {
            match value {
                Plain::Text(_) if tagged.is_some() && name == "kind" => {}
                Plain::Text(text) => explained.arguments.push((name, Argument::Text(text))),
                Plain::Number(n) => explained.arguments.push((name, Argument::Number(n))),
                Plain::Nothing => {}
                Plain::List(values) => explained.arguments.extend(list(name, values)),
                named @ Plain::Named { .. } => {
                    explained.cause = Self::of_plain(named).map(Box::new)
                }
            }
        }
        Some(explained)
    }
}

impl Explanation {
    /// An explanation within an error, from its own fields: it is that error's cause as it is.
    fn unchanged(fields: Vec<(String, Plain)>) -> Option<Self> {
        let mut found = Self {
            kind: String::new(),
            arguments: Vec::new(),
            cause: None,
        };
        for (name, value) in fields {
            match (name.as_str(), value) {
                ("kind", Plain::Text(kind)) => found.kind = kind,
                ("arguments", Plain::List(pairs)) => {
                    found.arguments = pairs.into_iter().filter_map(argument).collect();
                }
                ("cause", cause) => found.cause = Self::of_plain(cause).map(Box::new),
                _ => {}
            }
        }
        (!found.kind.is_empty()).then_some(found)
    }
}

/// A name with an [`Argument`].
fn argument(pair: Plain) -> Option<(String, Argument)> {
    let Plain::List(pair) = pair else { return None };
    let [Plain::Text(name), Plain::Named { fields, .. }] = <[Plain; 2]>::try_from(pair).ok()?
    else {
        return None;
    };
    match fields.into_iter().next()?.1 {
        Plain::Text(text) => Some((name, Argument::Text(text))),
        Plain::Number(number) => Some((name, Argument::Number(number))),
        _ => None,
    }
}

/// A list's texts and numbers, as one text with commas.
fn list(name: String, values: Vec<Plain>) -> Option<(String, Argument)> {
    let texts = values.into_iter().filter_map(|value| match value {
        Plain::Text(text) => Some(text),
        Plain::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| (name, Argument::Text(texts.join(", "))))
}

/// `TooLarge` and `too_large` as `too-large`; `OpenAI` as `open-ai`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for c in name.chars() {
        if c == '_' || c == '-' {
            out.push('-');
            after_lower = false;
        } else {
            if c.is_uppercase() && after_lower {
                out.push('-');
            }
            after_lower = !c.is_uppercase();
            out.extend(c.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    enum Outer {
        Empty,
        Table { file: String, error: Box<Inner> },
        Wrapped(Inner),
        Columns { names: Vec<String>, rows: usize },
    }

    #[derive(Serialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Inner {
        NoHeader { line: u64 },
    }

    #[test]
    fn names_types_and_variants_in_one_style() {
        assert_eq!(Explanation::of(&Outer::Empty).kind, "outer-empty");
        assert_eq!(
            Explanation::kind_of("LogError", "too_large"),
            "log-error-too-large"
        );
    }

    #[test]
    fn an_error_within_an_error_is_its_cause() {
        let error = Box::new(Inner::NoHeader { line: 3 });
        let explained = Explanation::of(&Outer::Table {
            file: "a.csv".into(),
            error,
        });
        assert_eq!(explained.text("file").unwrap(), "a.csv");
        let cause = explained.cause.unwrap();
        assert_eq!(cause.kind, "inner-no-header");
        assert_eq!(cause.arguments, [("line".into(), Argument::Number(3.0))]);
        let wrapped = Explanation::of(&Outer::Wrapped(Inner::NoHeader { line: 4 }));
        assert_eq!(wrapped.kind, "outer-wrapped");
        assert_eq!(wrapped.cause.unwrap().text("line").unwrap(), "4");
    }

    #[test]
    fn an_explanation_within_an_error_is_its_cause_as_it_is() {
        #[derive(Serialize)]
        enum Failure {
            Worker { cause: Explanation },
        }
        let inner = Explanation::of(&Outer::Table {
            file: "a.csv".into(),
            error: Box::new(Inner::NoHeader { line: 3 }),
        });
        let cause = inner.clone();
        let explained = Explanation::of(&Failure::Worker { cause });
        assert_eq!(explained.kind, "failure-worker");
        assert_eq!(explained.cause, Some(Box::new(inner.clone())));
        assert_eq!(Explanation::of(&inner), inner);
    }

    #[test]
    fn lists_become_one_text() {
        let names = vec!["a".into(), "b".into()];
        let explained = Explanation::of(&Outer::Columns { names, rows: 2 });
        assert_eq!(explained.text("names").unwrap(), "a, b");
        assert_eq!(explained.text("rows").unwrap(), "2");
    }
}
