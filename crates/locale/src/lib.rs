//! The page's words in English and Simplified Chinese, from Fluent files.

use assay_rating::envelope::EnvelopeError;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::langid;

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The language for a browser's preference such as `zh-CN`.
    pub fn preferred(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") {
            Self::Chinese
        } else {
            Self::English
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// The tag for the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The Fluent file.
    pub fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../../../www/locales/en.ftl"),
            Self::Chinese => include_str!("../../../www/locales/zh.ftl"),
        }
    }
}

/// The words of one language.
pub struct Locale {
    /// Which language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl Locale {
    /// The words of `language`. A message that Fluent can't read is left out; a test holds the
    /// files to having none.
    pub fn new(language: Language) -> Self {
        let tag = match language {
            Language::English => langid!("en"),
            Language::Chinese => langid!("zh-CN"),
        };
        let mut bundle = FluentBundle::new(vec![tag]);
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(language.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
        Self { language, bundle }
    }

    /// A message without arguments.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message with arguments.
    pub fn with(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set(*name, value.clone());
        }
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }

    /// A whole number with its thousands apart.
    pub fn count(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// Minutes, rounded up.
    pub fn minutes(&self, seconds: f64) -> String {
        self.count((seconds / 60.0).ceil().max(1.0) as usize)
    }

    /// A task's title, or words for one without.
    pub fn titled(&self, title: &str) -> String {
        if title.is_empty() {
            self.text("rate-untitled")
        } else {
            title.to_owned()
        }
    }

    /// Why an envelope can't be opened.
    pub fn envelope(&self, error: &EnvelopeError) -> String {
        match error {
            EnvelopeError::Task { error } => {
                let detail = self.tagged("task-error", error);
                self.with("envelope-task", &[("detail", detail)])
            }
            error => self.tagged("envelope", error),
        }
    }

    /// The sentence for a typed error or reason, which serialises with its `kind` and places.
    pub fn tagged(&self, prefix: &str, error: &impl serde::Serialize) -> String {
        let value = serde_json::to_value(error).unwrap_or_default();
        let kind = value["kind"].as_str().unwrap_or_default().to_owned();
        let arguments: Vec<(&str, String)> = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(k, v)| {
                (
                    k.as_str(),
                    v.as_str().map_or_else(|| v.to_string(), str::to_owned),
                )
            })
            .collect();
        self.with(&format!("{prefix}-{kind}"), &arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_metrics::registry::{ALL, MetricSpec};

    #[test]
    fn every_metric_is_told_of_in_every_language() {
        for language in [Language::English, Language::Chinese] {
            let locale = Locale::new(language);
            for name in ALL {
                let spec = MetricSpec::named(name).unwrap();
                for part in ["what", "beware"] {
                    let key = format!("{part}-{}", spec.metric().topic());
                    assert_ne!(locale.text(&key), key);
                }
            }
        }
    }
    use assay_data::ImportError;

    fn keys(language: Language) -> Vec<(&'static str, Vec<&'static str>)> {
        let entries = language
            .source()
            .lines()
            .filter_map(|l| l.split_once(" = "));
        let variables = |text: &'static str| {
            let mut found: Vec<&str> = text
                .split("{ $")
                .skip(1)
                .filter_map(|t| t.split(" }").next())
                .collect();
            found.sort_unstable();
            found
        };
        let mut keys: Vec<_> = entries.map(|(k, v)| (k, variables(v))).collect();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn both_languages_have_the_same_keys_and_variables() {
        assert_eq!(keys(Language::English), keys(Language::Chinese));
        for language in [Language::English, Language::Chinese] {
            assert!(FluentResource::try_new(language.source().to_owned()).is_ok());
        }
    }

    #[test]
    fn thousands_are_apart() {
        let locale = Locale::new(Language::English);
        let written = [7, 999, 1000, 1_234_567].map(|n| locale.count(n));
        assert_eq!(written, ["7", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn an_error_is_told_in_both_languages() {
        let error = ImportError::HeaderOnly {
            file: "a.csv".into(),
        };
        assert_eq!(
            Locale::new(Language::English).tagged("error", &error),
            "a.csv has a header and no rows. Check that the export is complete."
        );
        assert!(
            Locale::new(Language::Chinese)
                .tagged("error", &error)
                .starts_with("a.csv 只有表头")
        );
    }
}
