//! Whether an output has the form that was asked for: a regular expression finds it, it is JSON, it is JSON
//! of a schema. No reference is looked at.

use super::expressions::{Engines, engines};
use super::options::{OptionView, SpecError, YES_NO, bad, boolean, option, text, unknown};
use super::per_segment::{PerSegment, VERSION, so};
use super::yes_no;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Whether the engines say so.
fn is(so: impl Fn(&Engines) -> bool) -> bool {
    engines().is_some_and(so)
}

/// Whether a regular expression finds something in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// The expression, in the syntax of the crate regex.
    pub pattern: String,
    /// Whether it has to match all of the output, white space around it aside.
    pub whole: bool,
}

impl Default for Pattern {
    /// Anything but white space.
    fn default() -> Self {
        Self {
            pattern: r"\S".to_owned(),
            whole: false,
        }
    }
}

impl PerSegment for Pattern {
    fn name(&self) -> String {
        "pattern match".to_owned()
    }

    fn topic(&self) -> &'static str {
        "pattern"
    }

    fn source(&self) -> &'static str {
        ""
    }

    fn facts(&self) -> String {
        let whole = yes_no(self.whole);
        format!("pattern:{}|whole:{whole}|{VERSION}", self.pattern)
    }

    fn needs_reference(&self) -> bool {
        false
    }

    fn value(&self, hypothesis: &str, _: &[&str]) -> Option<f64> {
        let source = match self.whole {
            true => format!(r"\A(?:{})\z", self.pattern),
            false => self.pattern.clone(),
        };
        let found = (engines()?.find)(&source, hypothesis.trim(), false);
        Some(so(found.is_some()))
    }

    fn options(&self) -> Vec<OptionView> {
        let whole = option("whole", self.whole.to_string(), YES_NO);
        vec![text("pattern", self.pattern.clone()), whole]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "pattern" if is(|e| (e.is_pattern)(value)) => self.pattern = value.to_owned(),
            "pattern" => return Err(bad(option, value, "a regular expression")),
            "whole" => self.whole = boolean(option, value)?,
            _ => return Err(unknown("regex", option)),
        }
        Ok(())
    }
}

/// Whether the output is JSON, and of a schema if one is given.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Json {
    /// A JSON Schema; empty where any JSON will do.
    pub schema: String,
    /// Whether JSON in a fence of Markdown counts, whatever stands around it.
    pub fenced: bool,
}

/// What stands in the first fence of Markdown; without one, all of it.
fn unfenced(text: &str) -> &str {
    let inside = || {
        let (_, behind) = text.split_once("```")?;
        let (_, lines) = behind.split_once('\n')?;
        Some(lines.split_once("```")?.0)
    };
    inside().unwrap_or(text)
}

impl PerSegment for Json {
    fn name(&self) -> String {
        if self.schema.is_empty() {
            "valid JSON".to_owned()
        } else {
            "JSON of schema".to_owned()
        }
    }

    fn topic(&self) -> &'static str {
        "json"
    }

    fn source(&self) -> &'static str {
        "RFC 8259; JSON Schema 2020-12 (jsonschema 0.61)"
    }

    fn facts(&self) -> String {
        let schema = match serde_json::from_str::<Value>(&self.schema) {
            Ok(schema) => schema.to_string(),
            Err(_) => "none".to_owned(),
        };
        let fenced = yes_no(self.fenced);
        format!("schema:{schema}|fenced:{fenced}|{VERSION}")
    }

    fn needs_reference(&self) -> bool {
        false
    }

    fn value(&self, hypothesis: &str, _: &[&str]) -> Option<f64> {
        let text = match self.fenced {
            true => unfenced(hypothesis),
            false => hypothesis,
        };
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return Some(0.0);
        };
        if self.schema.is_empty() {
            return Some(1.0);
        }
        Some(so((engines()?.fits)(&self.schema, &value)))
    }

    fn options(&self) -> Vec<OptionView> {
        let fenced = option("fenced", self.fenced.to_string(), YES_NO);
        vec![text("schema", self.schema.clone()), fenced]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "schema" if value.trim().is_empty() => self.schema.clear(),
            "schema" if is(|e| (e.is_schema)(value)) => self.schema = value.to_owned(),
            "schema" => return Err(bad(option, value, "a JSON Schema")),
            "fenced" => self.fenced = boolean(option, value)?,
            _ => return Err(unknown("json", option)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_or_matches_all() {
        let mut pattern = Pattern::default();
        assert_eq!(pattern.value("  ", &[]), Some(0.0));
        pattern.set("pattern", r"\d{4}|x").unwrap();
        assert_eq!(pattern.value("in 2024", &[]), Some(1.0));
        pattern.set("whole", "true").unwrap();
        assert_eq!(pattern.value("in 2024", &[]), Some(0.0));
        assert_eq!(pattern.value(" 2024\n", &[]), Some(1.0));
        assert!(pattern.set("pattern", "(").is_err());
        assert!(pattern.set("pattern", r"(\w{1000}){1000}").is_err());
    }

    #[test]
    fn json_is_valid_or_of_a_schema() {
        let mut json = Json::default();
        assert_eq!(json.value(r#" {"a": [1, 2]} "#, &[]), Some(1.0));
        assert_eq!(json.value("{'a': 1}", &[]), Some(0.0));
        let fenced = "Here:\n```json\n{\"a\": 1}\n```\nDone.";
        assert_eq!(json.value(fenced, &[]), Some(0.0));
        json.set("fenced", "true").unwrap();
        assert_eq!(json.value(fenced, &[]), Some(1.0));
        let schema =
            r#"{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}"#;
        json.set("schema", schema).unwrap();
        assert_eq!(json.value(fenced, &[]), Some(1.0));
        assert_eq!(json.value(r#"{"a": "1"}"#, &[]), Some(0.0));
        assert!(json.set("schema", r#"{"type": 3}"#).is_err());
        assert!(json.set("schema", "{").is_err());
        // Deep nesting must not run out of stack.
        assert_eq!(json.value(&"[".repeat(100_000), &[]), Some(0.0));
    }
}
