//! PEFT's `adapter_config.json` (PEFT 0.21): how an adapter's product is scaled, and which parts it has that are not
//! supported.

use super::{AdapterError, AdapterFeature};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

/// The most of a rank that is believed; real adapters stay below 1,024.
const MOST_RANK: usize = 1 << 16;
/// Initialisations after which the base's weights are no longer those of its file.
const CHANGED_BASE: [&str; 5] = ["pissa", "olora", "corda", "loftq", "lora_ga"];

/// Variants of LoRA whose product is another one, or whose base is.
const VARIANTS: [&str; 7] = [
    "arrow_config",
    "kasa_config",
    "lora_ga_config",
    "monteclora_config",
    "use_bdlora",
    "use_qalora",
    "velora_config",
];

/// The part of the configuration that counts.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Config {
    peft_type: Option<String>,
    r: usize,
    lora_alpha: f64,
    #[serde(default)]
    rank_pattern: Pattern,
    #[serde(default)]
    alpha_pattern: Pattern,
    use_rslora: Option<bool>,
    use_dora: Option<bool>,
    bias: Option<String>,
    lora_bias: Option<bool>,
    #[serde(default)]
    modules_to_save: Value,
    #[serde(default)]
    init_lora_weights: Value,
    #[serde(default)]
    layer_replication: Value,
    #[serde(default)]
    target_parameters: Value,
    #[serde(default)]
    alora_invocation_tokens: Value,
    #[serde(default)]
    trainable_token_indices: Value,
    /// Everything else.
    #[serde(flatten)]
    rest: HashMap<String, Value>,
}

/// Numbers for some modules, in the order of the file: the first that names a module counts.
#[derive(Debug, Clone, Default)]
struct Pattern(Vec<(String, f64)>);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Pattern;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a number for each name of a module")
            }

            fn visit_unit<E>(self) -> Result<Pattern, E> {
                Ok(Pattern::default())
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pattern, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pattern(pairs))
            }
        }
        deserializer.deserialize_any(InOrder)
    }
}

impl Pattern {
    /// The number for a module. A key is the module's path or the end of it, from a dot on; one that begins with `^` is
    /// the whole path. PEFT takes keys as regular expressions.
    fn of(&self, module: &str) -> Option<f64> {
        let fits = |key: &str| match key.strip_prefix('^') {
            Some(whole) => module == whole,
            None => {
                let before = module.strip_suffix(key);
                before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
            }
        };
        let found = self.0.iter().find(|(key, _)| fits(&plain(key)));
        found.map(|(_, number)| *number)
    }

    /// A key that is a regular expression of another kind than [`Self::of`] knows.
    fn expression(&self) -> Option<&str> {
        let special = |c: char| "*+?()[]{}|\\$^".contains(c);
        let keys = self.0.iter().map(|(key, _)| key.as_str());
        keys.into_iter()
            .find(|key| plain(key).trim_start_matches('^').contains(special))
    }
}

/// A key without the signs that make a dot a plain one.
fn plain(key: &str) -> String {
    key.replace("\\.", ".")
}

/// Whether a value is something else than null, false or empty.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is_set) => *is_set,
        Value::Array(values) => !values.is_empty(),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

impl Config {
    /// What a configuration says.
    ///
    /// # Errors
    /// When it can't be read, is of another method than LoRA, or has a part that is not supported.
    pub(super) fn read(text: &[u8]) -> Result<Self, AdapterError> {
        let config: Self =
            serde_json::from_slice(text).map_err(|e| AdapterError::Config(e.to_string()))?;
        if let Some(method) = config.peft_type.as_ref().filter(|method| *method != "LORA") {
            return Err(AdapterError::Method(method.clone()));
        }
        if let Some((feature, place)) = config.unsupported() {
            return Err(AdapterError::Feature { feature, place });
        }
        let alphas = config.alpha_pattern.0.iter().map(|(_, alpha)| *alpha);
        let is_finite = alphas.chain([config.lora_alpha]).all(f64::is_finite);
        if !is_finite || !(1..=MOST_RANK).contains(&config.r) {
            return Err(AdapterError::Config(
                "r or lora_alpha is out of range".to_owned(),
            ));
        }
        Ok(config)
    }

    fn unsupported(&self) -> Option<(AdapterFeature, String)> {
        let bias = self.bias.as_deref().unwrap_or("none");
        let start = match &self.init_lora_weights {
            Value::String(name) => name.to_lowercase(),
            _ => String::new(),
        };
        let parts = [
            (
                self.use_dora == Some(true),
                AdapterFeature::Dora,
                "use_dora",
            ),
            (
                is_set(&self.modules_to_save),
                AdapterFeature::ModulesToSave,
                "modules_to_save",
            ),
            (bias != "none", AdapterFeature::Bias, "bias"),
            (
                self.lora_bias == Some(true),
                AdapterFeature::Bias,
                "lora_bias",
            ),
            (
                CHANGED_BASE.iter().any(|name| start.starts_with(name)),
                AdapterFeature::Initialisation,
                start.as_str(),
            ),
            (
                is_set(&self.layer_replication),
                AdapterFeature::Replication,
                "layer_replication",
            ),
            (
                is_set(&self.target_parameters),
                AdapterFeature::Parameters,
                "target_parameters",
            ),
            (
                is_set(&self.alora_invocation_tokens),
                AdapterFeature::Invocation,
                "alora_invocation_tokens",
            ),
            (
                is_set(&self.trainable_token_indices),
                AdapterFeature::Embedding,
                "trainable_token_indices",
            ),
        ];
        let found = parts.into_iter().find(|(there, ..)| *there);
        let found = found.map(|(_, feature, place)| (feature, place.to_owned()));
        let patterns = [&self.rank_pattern, &self.alpha_pattern];
        let expression = patterns.into_iter().find_map(Pattern::expression);
        let expression = expression.map(|key| (AdapterFeature::Pattern, key.to_owned()));
        let is_variant = |key: &&&str| self.rest.get(**key).is_some_and(is_set);
        let variant = VARIANTS.iter().find(is_variant);
        let variant = variant.map(|key| (AdapterFeature::Variant, (*key).to_owned()));
        found.or(expression).or(variant)
    }

    /// The rank of a module's update.
    pub(super) fn rank(&self, module: &str) -> f64 {
        self.rank_pattern.of(module).unwrap_or(self.r as f64)
    }

    /// What a module's product is multiplied by, at a rank.
    pub(super) fn scale(&self, module: &str, rank: usize) -> f32 {
        let alpha = self.alpha_pattern.of(module).unwrap_or(self.lora_alpha);
        let divisor = match self.use_rslora {
            Some(true) => (rank as f64).sqrt(),
            _ => rank as f64,
        };
        (alpha / divisor) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(more: &str) -> Result<Config, AdapterError> {
        Config::read(
            format!("{{\"peft_type\": \"LORA\", \"r\": 8, \"lora_alpha\": 16{more}}}").as_bytes(),
        )
    }

    #[test]
    fn the_first_pattern_that_names_a_module_counts() {
        let config = config(
            ", \"alpha_pattern\": {\"q_proj\": 4, \"model.layers.0.self_attn.q_proj\": 5, \"^model.layers.0.mlp\": 6}, \
             \"rank_pattern\": {\"layers\\\\.1\\\\.mlp\": 2}",
        );
        let config = config.unwrap();
        assert_eq!(config.scale("model.layers.0.self_attn.q_proj", 8), 0.5);
        assert_eq!(config.scale("model.layers.0.self_attn.xq_proj", 8), 2.0);
        assert_eq!(config.scale("model.layers.0.mlp", 1), 6.0);
        assert_eq!(config.scale("a.model.layers.0.mlp", 1), 16.0);
        assert_eq!(config.rank("model.layers.1.mlp"), 2.0);
        assert_eq!(config.rank("model.layers.2.mlp"), 8.0);
    }

    #[test]
    fn rank_stabilised_updates_are_divided_by_the_root_of_the_rank() {
        let config = config(", \"use_rslora\": true").unwrap();
        assert_eq!(config.scale("q_proj", 16), 4.0);
    }

    #[test]
    fn parts_that_are_not_supported_are_named() {
        for (more, feature) in [
            (", \"use_dora\": true", AdapterFeature::Dora),
            (
                ", \"modules_to_save\": [\"lm_head\"]",
                AdapterFeature::ModulesToSave,
            ),
            (", \"bias\": \"lora_only\"", AdapterFeature::Bias),
            (", \"lora_bias\": true", AdapterFeature::Bias),
            (
                ", \"init_lora_weights\": \"pissa_niter_4\"",
                AdapterFeature::Initialisation,
            ),
            (
                ", \"layer_replication\": [[0, 2]]",
                AdapterFeature::Replication,
            ),
            (
                ", \"target_parameters\": [\"experts\"]",
                AdapterFeature::Parameters,
            ),
            (
                ", \"alora_invocation_tokens\": [1, 2]",
                AdapterFeature::Invocation,
            ),
            (
                ", \"trainable_token_indices\": [3]",
                AdapterFeature::Embedding,
            ),
            (", \"kasa_config\": {\"beta\": 1}", AdapterFeature::Variant),
            (
                ", \"rank_pattern\": {\".*q_proj\": 2}",
                AdapterFeature::Pattern,
            ),
        ] {
            match config(more) {
                Err(AdapterError::Feature { feature: found, .. }) => {
                    assert_eq!(found, feature, "{more}")
                }
                other => panic!("{more}: {other:?}"),
            }
        }
        let method = Config::read(b"{\"peft_type\": \"IA3\", \"r\": 1, \"lora_alpha\": 1}");
        assert!(matches!(method, Err(AdapterError::Method(name)) if name == "IA3"));
    }

    #[test]
    fn what_peft_writes_where_nothing_is_set_is_taken() {
        let more = ", \"bias\": \"none\", \"modules_to_save\": null, \"init_lora_weights\": true, \"rank_pattern\": {}, \
             \"alpha_pattern\": null, \"use_dora\": false, \"layer_replication\": null, \"target_parameters\": null";
        assert_eq!(config(more).unwrap().scale("q_proj", 8), 2.0);
    }
}
