//! Whether the output is JSON, or JSON that is valid under a schema. No reference is looked at.

#[cfg(feature = "jsonschema")]
use super::json_schema;
#[cfg(feature = "jsonschema")]
use super::options::bad;
#[cfg(not(feature = "jsonschema"))]
use super::options::needs_feature;
use super::options::{OptionView, SpecError, YES_NO, boolean, option, text, unknown};
use super::per_segment::{PerSegment, indicator};
use super::signature::{VERSION, yes_no};
use super::{Describe, Properties};
#[cfg(feature = "jsonschema")]
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the option `schema` takes.
#[cfg(feature = "jsonschema")]
const SCHEMA: &str = "a JSON Schema";

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

impl Describe for Json {
    fn name(&self) -> String {
        if self.schema.is_empty() {
            "valid JSON".to_owned()
        } else {
            "JSON of schema".to_owned()
        }
    }

    fn properties(&self) -> Properties {
        Properties {
            needs_reference: false,
            ..Properties::of("json", "RFC 8259; JSON Schema 2020-12 (jsonschema 0.61)")
        }
    }

    fn options(&self) -> Vec<OptionView> {
        let fenced = option("fenced", self.fenced.to_string(), YES_NO);
        vec![text("schema", self.schema.clone()), fenced]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "schema" if value.trim().is_empty() => self.schema.clear(),
            #[cfg(not(feature = "jsonschema"))]
            "schema" => return Err(needs_feature(option, value, "jsonschema")),
            // Whether it is a schema, `check` finds, which takes the program that reads schemas.
            #[cfg(feature = "jsonschema")]
            "schema" if serde_json::from_str::<IgnoredAny>(value).is_ok() => {
                value.clone_into(&mut self.schema);
            }
            #[cfg(feature = "jsonschema")]
            "schema" => return Err(bad(option, value, SCHEMA)),
            "fenced" => self.fenced = boolean(option, value)?,
            _ => return Err(unknown("json", option)),
        }
        Ok(())
    }
}

impl PerSegment for Json {
    fn facts(&self) -> String {
        let schema = match serde_json::from_str::<Value>(&self.schema) {
            Ok(schema) => schema.to_string(),
            Err(_) => "none".to_owned(),
        };
        let fenced = yes_no(self.fenced);
        format!("schema:{schema}|fenced:{fenced}|{VERSION}")
    }

    fn value(&self, hypothesis: &str, _: &[&str]) -> Option<f64> {
        let text = match self.fenced {
            true => unfenced(hypothesis),
            false => hypothesis,
        };
        let value = serde_json::from_str::<Value>(text);
        if self.schema.is_empty() {
            return Some(indicator(value.is_ok()));
        }
        #[cfg(feature = "jsonschema")]
        {
            Some(indicator(
                value.is_ok_and(|v| json_schema::is_valid(&self.schema, &v)),
            ))
        }
        // Only a saved metric of another build has a schema here: its segments are left unscored, not called wrong.
        #[cfg(not(feature = "jsonschema"))]
        {
            None
        }
    }

    #[cfg(feature = "jsonschema")]
    fn check(&self) -> Result<(), SpecError> {
        match self.schema.is_empty() || json_schema::is_schema(&self.schema) {
            true => Ok(()),
            false => Err(bad("schema", &self.schema, SCHEMA)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_checked_for_syntax_and_against_a_schema() {
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
        assert!(PerSegment::check(&json).is_ok());
        assert!(json.set("schema", "{").is_err());
        json.set("schema", r#"{"type": 3}"#).unwrap();
        assert!(PerSegment::check(&json).is_err());
        // Deep nesting must not run out of stack.
        assert_eq!(json.value(&"[".repeat(100_000), &[]), Some(0.0));
    }
}
