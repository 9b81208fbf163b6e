//! Options of metrics, as a person reads and sets them: by the reference tools' own names and words.

/// Why a name or an option can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// No metric of that name.
    #[error("there is no metric named {name}; choose one of {}", known.join(", "))]
    UnknownMetric {
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: &'static [&'static str],
    },
    /// The metric has no such option.
    #[error("{metric} has no option {option}")]
    UnknownOption {
        /// The metric asked for.
        metric: String,
        /// The option it lacks.
        option: String,
    },
    /// The option can't take that value.
    #[error("{option} can't be {value}; it takes {allowed}")]
    BadValue {
        /// The option's name.
        option: String,
        /// What was given.
        value: String,
        /// What could be given.
        allowed: &'static str,
    },
    /// This build of the crate lacks what the metric or the option needs.
    #[error("{what} is not in this build: it needs the feature {feature} of assay-metrics")]
    NeedsFeature {
        /// The metric, or the option and its value.
        what: String,
        /// The cargo feature to switch on.
        feature: &'static str,
    },
}

/// An option as it stands, for a person to change through `MetricSpec::set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionView {
    /// The reference tool's name for it.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// The values it can take; none for a number or a text.
    pub choices: &'static [&'static str],
    /// Whether it is a text, which may have several lines.
    pub is_text: bool,
}

/// The choices of an option that is on or off.
pub const YES_NO: &[&str] = &["false", "true"];

/// An option to be shown.
pub fn option(name: &'static str, value: String, choices: &'static [&'static str]) -> OptionView {
    OptionView {
        name,
        value,
        choices,
        is_text: false,
    }
}

/// A text to be shown.
pub fn text(name: &'static str, value: String) -> OptionView {
    OptionView {
        is_text: true,
        ..option(name, value, &[])
    }
}

/// The metric has no such option.
pub fn unknown(metric: &str, option: &str) -> SpecError {
    SpecError::UnknownOption {
        metric: metric.to_owned(),
        option: option.to_owned(),
    }
}

/// The option can't take that value.
pub fn bad(option: &str, value: &str, allowed: &'static str) -> SpecError {
    SpecError::BadValue {
        option: option.to_owned(),
        value: value.to_owned(),
        allowed,
    }
}

/// The option can't take that value, or only in a build with the feature `jieba`.
pub(crate) fn bad_tokenizer(option: &str, value: &str, allowed: &'static str) -> SpecError {
    if value == "jieba" && cfg!(not(feature = "jieba")) {
        return needs_feature(option, value, "jieba");
    }
    bad(option, value, allowed)
}

/// The option takes that value only in a build with a certain feature.
pub(crate) fn needs_feature(option: &str, value: &str, feature: &'static str) -> SpecError {
    SpecError::NeedsFeature {
        what: format!("{option} {value}"),
        feature,
    }
}

/// A yes or no.
pub fn boolean(option: &str, value: &str) -> Result<bool, SpecError> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(bad(option, value, "true or false")),
    }
}

/// A whole number from `least` up to 16.
pub fn order(option: &str, value: &str, least: usize) -> Result<usize, SpecError> {
    value
        .parse::<usize>()
        .ok()
        .filter(|n| (least..=16).contains(n))
        .ok_or_else(|| bad(option, value, "a whole number up to 16"))
}
