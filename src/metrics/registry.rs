//! The metrics by name, with their options in the reference tools' own words. The page's choices
//! and the command line both go through here.

use super::meteor::Modules;
pub use super::options::{OptionView, SpecError};
use super::{
    Bleu, Chrf, ErrorRate, ErrorUnit, Meteor, Metric, Perplexity, QaKind, Rated, Rouge, RougeKind,
    Similarity, SquadQa, Ter,
};
use serde::{Deserialize, Serialize};

/// The names of all metrics, in the order the page shows them.
pub const ALL: [&str; 15] = [
    "bleu",
    "chrf",
    "chrf++",
    "ter",
    "meteor",
    "rouge1",
    "rouge2",
    "rouge3",
    "rougeL",
    "rougeLsum",
    "em",
    "f1",
    "wer",
    "cer",
    "levenshtein",
];

/// A metric with its options, in a form that can be stored and sent between workers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "metric", rename_all = "snake_case")]
pub enum MetricSpec {
    /// BLEU.
    Bleu(Bleu),
    /// chrF or chrF++.
    Chrf(Chrf),
    /// Translation edit rate.
    Ter(Ter),
    /// METEOR.
    Meteor(Meteor),
    /// Word or character error rate.
    ErrorRate(ErrorRate),
    /// Likeness by edits.
    Similarity(Similarity),
    /// A ROUGE.
    Rouge(Rouge),
    /// Exact match or token F1.
    Qa(SquadQa),
    /// Perplexity, whose rows come from a model.
    Perplexity(Perplexity),
    /// People's ratings, whose rows come from judgements.
    Rated(Rated),
}

impl MetricSpec {
    /// The metric of this name with its reference tool's default options.
    pub fn named(name: &str) -> Result<Self, SpecError> {
        Ok(match name {
            "bleu" => Self::Bleu(Bleu::default()),
            "chrf" => Self::Chrf(Chrf::default()),
            "chrf++" => Self::Chrf(Chrf::plus_plus()),
            "ter" => Self::Ter(Ter::default()),
            "meteor" => Self::Meteor(Meteor::default()),
            "wer" => Self::ErrorRate(ErrorRate {
                unit: ErrorUnit::Word,
            }),
            "cer" => Self::ErrorRate(ErrorRate {
                unit: ErrorUnit::Character,
            }),
            "levenshtein" => Self::Similarity(Similarity),
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
            Self::Ter(m) => m,
            Self::Meteor(m) => m,
            Self::ErrorRate(m) => m,
            Self::Similarity(m) => m,
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

    /// Whether it needs WordNet's synonyms, which have to be loaded first.
    pub fn needs_wordnet(&self) -> bool {
        matches!(self, Self::Meteor(m) if m.modules == Modules::Synonyms)
    }

    /// A short name for what is told of it: its words in the locale files stand under it.
    pub fn topic(&self) -> &'static str {
        match self {
            Self::Bleu(_) => "bleu",
            Self::Chrf(_) => "chrf",
            Self::Ter(_) => "ter",
            Self::Meteor(_) => "meteor",
            Self::ErrorRate(_) => "error-rate",
            Self::Similarity(_) => "levenshtein",
            Self::Rouge(_) => "rouge",
            Self::Qa(_) => "squad",
            Self::Perplexity(_) => "perplexity",
            Self::Rated(_) => "people",
        }
    }

    /// Where it comes from: the papers, and the tool whose values it has.
    pub fn source(&self) -> &'static str {
        match self {
            Self::Bleu(_) => "Papineni et al. 2002; Post 2018; sacreBLEU 2.6.0",
            Self::Chrf(_) => "Popović 2015, 2017; sacreBLEU 2.6.0",
            Self::Ter(_) => "Snover et al. 2006; sacreBLEU 2.6.0",
            Self::Meteor(_) => "Banerjee & Lavie 2005; Lavie & Agarwal 2007; NLTK 3.10.4",
            Self::ErrorRate(_) => "Levenshtein 1966; jiwer 4.0.0",
            Self::Similarity(_) => "Levenshtein 1966; rapidfuzz 3.14",
            Self::Rouge(_) => "Lin 2004; rouge-score 0.1.2",
            Self::Qa(_) => "Rajpurkar et al. 2016; SQuAD evaluate-v2.0",
            Self::Perplexity(_) => "Jelinek et al. 1977",
            Self::Rated(_) => "",
        }
    }

    fn metric_mut(&mut self) -> &mut dyn Metric {
        match self {
            Self::Bleu(m) => m,
            Self::Chrf(m) => m,
            Self::Ter(m) => m,
            Self::Meteor(m) => m,
            Self::ErrorRate(m) => m,
            Self::Similarity(m) => m,
            Self::Rouge(m) => m,
            Self::Qa(m) => m,
            Self::Perplexity(m) => m,
            Self::Rated(m) => m,
        }
    }

    /// The metric's options with their values, in the order the tool documents them.
    pub fn options(&self) -> Vec<OptionView> {
        self.metric().options()
    }

    /// Sets an option by the reference tool's name for it.
    ///
    /// # Errors
    /// When the metric has no such option or it can't take that value; all stays as it was.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        self.metric_mut().set(option, value)
    }
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
