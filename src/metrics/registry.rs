//! The metrics by name, with their options in the reference tools' own words. The page's choices
//! and the command line both go through here.

use super::bleu::Smoothing;
use super::{Bleu, Chrf, Metric, Perplexity, QaKind, Rated, Rouge, RougeKind, SquadQa};
use crate::text::BleuTokenizer;
use crate::text::rouge::RougeTokenizer;
use serde::{Deserialize, Serialize};

/// The names of all metrics, in the order the page shows them.
pub const ALL: [&str; 10] = [
    "bleu",
    "chrf",
    "chrf++",
    "rouge1",
    "rouge2",
    "rouge3",
    "rougeL",
    "rougeLsum",
    "em",
    "f1",
];

/// A metric with its options, in a form that can be stored and sent between workers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "metric", rename_all = "snake_case")]
pub enum MetricSpec {
    /// BLEU.
    Bleu(Bleu),
    /// chrF or chrF++.
    Chrf(Chrf),
    /// A ROUGE.
    Rouge(Rouge),
    /// Exact match or token F1.
    Qa(SquadQa),
    /// Perplexity, whose rows come from a model.
    Perplexity(Perplexity),
    /// People's ratings, whose rows come from judgements.
    Rated(Rated),
}

/// Why a name or an option can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// No metric of that name.
    #[error("there is no metric named {0}; choose one of {all}", all = ALL.join(", "))]
    UnknownMetric(String),
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
}

impl MetricSpec {
    /// The metric of this name with its reference tool's default options.
    pub fn named(name: &str) -> Result<Self, SpecError> {
        Ok(match name {
            "bleu" => Self::Bleu(Bleu::default()),
            "chrf" => Self::Chrf(Chrf::default()),
            "chrf++" => Self::Chrf(Chrf::plus_plus()),
            "rouge1" => Self::Rouge(Rouge::new(RougeKind::N(1))),
            "rouge2" => Self::Rouge(Rouge::new(RougeKind::N(2))),
            "rouge3" => Self::Rouge(Rouge::new(RougeKind::N(3))),
            "rougeL" => Self::Rouge(Rouge::new(RougeKind::L)),
            "rougeLsum" => Self::Rouge(Rouge::new(RougeKind::Lsum)),
            "em" => Self::Qa(SquadQa {
                kind: QaKind::ExactMatch,
            }),
            "f1" => Self::Qa(SquadQa {
                kind: QaKind::TokenF1,
            }),
            _ => return Err(SpecError::UnknownMetric(name.to_owned())),
        })
    }

    /// The metric itself.
    pub fn metric(&self) -> &dyn Metric {
        match self {
            Self::Bleu(m) => m,
            Self::Chrf(m) => m,
            Self::Rouge(m) => m,
            Self::Qa(m) => m,
            Self::Perplexity(m) => m,
            Self::Rated(m) => m,
        }
    }

    /// Whether there are segments of which it says nothing.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::Rated(_))
    }

    /// Sets an option by the reference tool's name for it.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match self {
            Self::Bleu(bleu) => set_bleu(bleu, option, value),
            Self::Chrf(chrf) => set_chrf(chrf, option, value),
            Self::Rouge(rouge) => set_rouge(rouge, option, value),
            Self::Qa(_) | Self::Perplexity(_) | Self::Rated(_) => {
                Err(unknown(&self.metric().name(), option))
            }
        }
    }
}

/// An option as it stands, for a person to change through [`MetricSpec::set`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionView {
    /// The reference tool's name for it.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// The values it can take; none for a number.
    pub choices: &'static [&'static str],
}

const YES_NO: &[&str] = &["false", "true"];

impl MetricSpec {
    /// The metric's options with their values, in the order the tool documents them.
    pub fn options(&self) -> Vec<OptionView> {
        let option = |name, value: String, choices| OptionView {
            name,
            value,
            choices,
        };
        match self {
            Self::Bleu(m) => {
                let (method, value) = match m.smoothing {
                    Smoothing::None => ("none", None),
                    Smoothing::Floor(v) => ("floor", Some(v)),
                    Smoothing::AddK(v) => ("add-k", Some(v)),
                    Smoothing::Exp => ("exp", None),
                };
                let mut options = vec![
                    option(
                        "tokenize",
                        m.tokenize.name().into(),
                        &["13a", "intl", "zh", "char", "none"],
                    ),
                    option("lowercase", m.lowercase.to_string(), YES_NO),
                    option(
                        "smooth_method",
                        method.into(),
                        &["exp", "floor", "add-k", "none"],
                    ),
                ];
                options.extend(value.map(|v| option("smooth_value", v.to_string(), &[])));
                options.push(option(
                    "max_ngram_order",
                    m.max_ngram_order.to_string(),
                    &[],
                ));
                options.push(option(
                    "effective_order",
                    m.effective_order.to_string(),
                    YES_NO,
                ));
                options
            }
            Self::Chrf(m) => vec![
                option("char_order", m.char_order.to_string(), &[]),
                option("word_order", m.word_order.to_string(), &[]),
                option("beta", m.beta.to_string(), &[]),
                option("lowercase", m.lowercase.to_string(), YES_NO),
                option("whitespace", m.whitespace.to_string(), YES_NO),
                option("eps_smoothing", m.eps_smoothing.to_string(), YES_NO),
            ],
            Self::Rouge(m) => vec![
                option(
                    "tokenizer",
                    m.tokenizer.name().into(),
                    &["default", "zh-char"],
                ),
                option("use_stemmer", m.use_stemmer.to_string(), YES_NO),
            ],
            Self::Qa(_) | Self::Perplexity(_) | Self::Rated(_) => Vec::new(),
        }
    }
}

fn set_bleu(bleu: &mut Bleu, option: &str, value: &str) -> Result<(), SpecError> {
    match option {
        "tokenize" => {
            bleu.tokenize = BleuTokenizer::from_name(value)
                .ok_or_else(|| bad(option, value, "13a, intl, zh, char or none"))?;
        }
        "smooth_method" => {
            bleu.smoothing = Smoothing::from_options(value, None)
                .ok_or_else(|| bad(option, value, "none, floor, add-k or exp"))?;
        }
        "smooth_value" => {
            let k = value
                .parse::<f64>()
                .ok()
                .filter(|k| k.is_finite() && *k >= 0.0)
                .ok_or_else(|| bad(option, value, "a number of 0 or more"))?;
            match &mut bleu.smoothing {
                Smoothing::Floor(v) | Smoothing::AddK(v) => *v = k,
                _ => {
                    return Err(bad(
                        option,
                        value,
                        "a number, after smooth_method floor or add-k",
                    ));
                }
            }
        }
        "lowercase" => bleu.lowercase = boolean(option, value)?,
        "effective_order" => bleu.effective_order = boolean(option, value)?,
        "max_ngram_order" => bleu.max_ngram_order = order(option, value, 1)?,
        _ => return Err(unknown("bleu", option)),
    }
    Ok(())
}

fn set_chrf(chrf: &mut Chrf, option: &str, value: &str) -> Result<(), SpecError> {
    match option {
        "char_order" => chrf.char_order = order(option, value, 1)?,
        "word_order" => chrf.word_order = order(option, value, 0)?,
        "beta" => chrf.beta = order(option, value, 1)? as u32,
        "lowercase" => chrf.lowercase = boolean(option, value)?,
        "whitespace" => chrf.whitespace = boolean(option, value)?,
        "eps_smoothing" => chrf.eps_smoothing = boolean(option, value)?,
        _ => return Err(unknown("chrf", option)),
    }
    Ok(())
}

fn set_rouge(rouge: &mut Rouge, option: &str, value: &str) -> Result<(), SpecError> {
    match option {
        "use_stemmer" => rouge.use_stemmer = boolean(option, value)?,
        "tokenizer" => {
            rouge.tokenizer = RougeTokenizer::from_name(value)
                .ok_or_else(|| bad(option, value, "default or zh-char"))?;
        }
        _ => return Err(unknown("rouge", option)),
    }
    Ok(())
}

fn unknown(metric: &str, option: &str) -> SpecError {
    SpecError::UnknownOption {
        metric: metric.to_owned(),
        option: option.to_owned(),
    }
}

fn bad(option: &str, value: &str, allowed: &'static str) -> SpecError {
    SpecError::BadValue {
        option: option.to_owned(),
        value: value.to_owned(),
        allowed,
    }
}

fn boolean(option: &str, value: &str) -> Result<bool, SpecError> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(bad(option, value, "true or false")),
    }
}

fn order(option: &str, value: &str, least: usize) -> Result<usize, SpecError> {
    value
        .parse::<usize>()
        .ok()
        .filter(|n| (least..=16).contains(n))
        .ok_or_else(|| bad(option, value, "a whole number up to 16"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_shown_can_be_set_to_every_choice_and_to_what_it_is() {
        for name in ALL {
            let spec = MetricSpec::named(name).unwrap();
            for option in spec.options() {
                let mut same = spec.clone();
                same.set(option.name, &option.value).unwrap();
                assert_eq!(same, spec, "{name} {}", option.name);
                for choice in option.choices {
                    let mut other = spec.clone();
                    other.set(option.name, choice).unwrap();
                    let shown = other
                        .options()
                        .into_iter()
                        .find(|o| o.name == option.name)
                        .unwrap();
                    assert_eq!(shown.value, *choice);
                }
            }
        }
        let mut bleu = MetricSpec::named("bleu").unwrap();
        assert!(bleu.set("tokenize", "moses").is_err() && bleu.set("beta", "2").is_err());
    }
}
