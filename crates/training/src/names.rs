//! What the names of logged quantities say: which is a loss, which was measured on data that was not trained on, and
//! whether a lower value is the better one.

/// A name's words in lower case, joined by `_`: `train/loss`, `Train loss` and `trainLoss` are all `train_loss`.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && after_lower {
                key.push('_');
            }
            after_lower = c.is_lowercase();
            key.extend(c.to_lowercase());
        } else {
            after_lower = false;
            if !key.is_empty() && !key.ends_with('_') {
                key.push('_');
            }
        }
    }
    key.truncate(key.trim_end_matches('_').len());
    key
}

fn has_word(key: &str, words: &[&str]) -> bool {
    key.split('_').any(|word| words.contains(&word))
}

/// Words for a loss: German, French and Spanish ones too, as people name the columns of their own logs.
const LOSS: [&str; 9] = [
    "loss",
    "losses",
    "verlust",
    "trainingsverlust",
    "validierungsverlust",
    "testverlust",
    "perte",
    "pertes",
    "pérdida",
];

/// Whether a key is that of a loss, and not of the scale that a loss is multiplied by.
pub(crate) fn is_loss(key: &str) -> bool {
    (has_word(key, &LOSS) || key.contains("损失")) && !has_word(key, &["scale", "scaler"])
}

/// Whether a key is one that nothing but a training log has. `lr` counts as a whole word: `already` is none.
pub(crate) fn is_telling(key: &str) -> bool {
    is_loss(key)
        || has_word(key, &["lr", "perplexity", "ppl"])
        || [
            "learning_rate",
            "lernrate",
            "taux_d_apprentissage",
            "学习率",
            "困惑度",
        ]
        .iter()
        .any(|part| key.contains(part))
}

/// Words for data that was not trained on.
const HELD_OUT: [&str; 11] = [
    "eval",
    "evaluation",
    "val",
    "valid",
    "validation",
    "dev",
    "test",
    "testing",
    "validierung",
    "validierungsverlust",
    "testverlust",
];

/// Whether a key is that of something measured on data that was not trained on: `eval_loss`, `loss/val`.
pub(crate) fn is_held_out(key: &str) -> bool {
    let words: Vec<&str> = key.split('_').collect();
    let held_out = |word: Option<&&str>| word.is_some_and(|word| HELD_OUT.contains(word));
    let kind_first = ["loss", "epoch", "metrics"].contains(&words[0]);
    let in_training = ["train", "training"].contains(&words[0]);
    held_out(words.first())
        || !in_training && held_out(words.last())
        || kind_first && held_out(words.get(1))
        || ["验证", "评估", "测试"]
            .iter()
            .any(|start| key.starts_with(start))
}

/// Whether a key is that of a speed, a duration or an amount, which no validation is judged by.
pub(crate) fn is_cost(key: &str) -> bool {
    const PARTS: [&str; 6] = ["runtime", "per_sec", "_time", "samples", "tokens", "took"];
    PARTS.iter().any(|part| key.contains(part))
}

/// Keys of the loss on the training data, the surest first: single steps before means over epochs.
const TRAIN_LOSS: [&str; 28] = [
    "loss",
    "train_loss",
    "training_loss",
    "loss_train",
    "loss_training",
    "train_loss_step",
    "training_loss_step",
    "loss_step",
    "lm_loss",
    "train_lm_loss",
    "reduced_train_loss",
    "train_cross_entropy_loss",
    "train_total_loss",
    "total_loss",
    "训练损失",
    "损失",
    "avg_loss",
    "train_loss_epoch",
    "training_loss_epoch",
    "loss_epoch",
    "epoch_loss",
    "train_train_loss",
    "verlust",
    "trainingsverlust",
    "perte",
    "perte_entraînement",
    "perte_d_entraînement",
    "pérdida",
];
/// Keys of the loss on data that was not trained on, likewise.
const EVAL_LOSS: [&str; 18] = [
    "eval_loss",
    "evaluation_loss",
    "val_loss",
    "valid_loss",
    "validation_loss",
    "dev_loss",
    "loss_eval",
    "loss_val",
    "loss_valid",
    "loss_validation",
    "val_loss_epoch",
    "validation_lm_loss",
    "验证损失",
    "评估损失",
    "test_loss",
    "loss_test",
    "test_loss_epoch",
    "测试损失",
];
/// Words of losses that are only a part of what is trained for.
const PARTIAL: [&str; 14] = [
    "aux",
    "auxiliary",
    "z",
    "balance",
    "balancing",
    "router",
    "kl",
    "value",
    "policy",
    "mtp",
    "predict",
    "reg",
    "chosen",
    "rejected",
];

/// How likely a key is that of the training loss: the lower the surer, nothing where it is none.
pub(crate) fn train_loss_rank(key: &str) -> Option<usize> {
    let known = TRAIN_LOSS.iter().position(|name| *name == key);
    known.or_else(|| {
        let possible = is_loss(key) && !is_held_out(key) && !has_word(key, &PARTIAL);
        let said = key.starts_with("train");
        (possible && (said || key.ends_with("loss")))
            .then_some(TRAIN_LOSS.len() + usize::from(!said))
    })
}

/// How likely a key is that of the validation loss, likewise. With several validation sets each has its name
/// within.
pub(crate) fn eval_loss_rank(key: &str) -> Option<usize> {
    let known = EVAL_LOSS.iter().position(|name| *name == key);
    known.or_else(|| {
        let possible = is_loss(key) && is_held_out(key) && !has_word(key, &PARTIAL);
        possible.then_some(EVAL_LOSS.len())
    })
}

/// Whether a key says that it is a loss of training or of a validation, and not of weight or of blood.
pub(crate) fn is_certain_loss(key: &str) -> bool {
    train_loss_rank(key).is_some_and(|rank| rank <= TRAIN_LOSS.len())
        || eval_loss_rank(key).is_some()
}

/// Whether a lower value of a series is the better one, judged by its name.
pub fn lower_is_better(name: &str) -> bool {
    const LOWER: [&str; 11] = [
        "wer",
        "cer",
        "ter",
        "perplexity",
        "ppl",
        "error",
        "mse",
        "rmse",
        "mae",
        "bpb",
        "nll",
    ];
    let key = key(name);
    has_word(&key, &LOWER)
        || has_word(&key, &LOSS)
        || key.contains("损失")
        || key.contains("困惑度")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_quantity_have_one_key() {
        for (name, wanted) in [
            ("train/loss", "train_loss"),
            ("Train loss", "train_loss"),
            ("trainLoss", "train_loss"),
            ("_step", "step"),
            ("global_step/max_steps", "global_step_max_steps"),
            ("Relative Time (Process)", "relative_time_process"),
            ("训练损失", "训练损失"),
            ("__", ""),
        ] {
            assert_eq!(key(name), wanted, "{name}");
        }
    }

    #[test]
    fn a_learning_rate_is_a_word_of_its_own() {
        for name in [
            "lr",
            "train/lr",
            "lr-AdamW",
            "learning_rate",
            "Learning Rate",
            "eval_loss",
        ] {
            assert!(is_telling(&key(name)), "{name}");
        }
        for name in ["already_seen", "floss", "loss scale", "glossary", "scale"] {
            assert!(!is_telling(&key(name)), "{name}");
        }
    }

    #[test]
    fn losses_are_told_apart() {
        let train = |name: &str| train_loss_rank(&key(name)).is_some();
        let eval = |name: &str| eval_loss_rank(&key(name)).is_some();
        for name in [
            "loss",
            "train/loss",
            "lm loss",
            "train_loss_step",
            "Training Loss",
            "sft_loss",
        ] {
            assert!(train(name) && !eval(name), "{name}");
        }
        for name in [
            "eval_loss",
            "Val loss",
            "loss/val",
            "eval_math_loss",
            "validation lm loss",
        ] {
            assert!(eval(name) && !train(name), "{name}");
        }
        for name in [
            "value",
            "loss scale",
            "load_balancing_loss",
            "eval_accuracy",
            "kl_loss",
        ] {
            assert!(!train(name) && !eval(name), "{name}");
        }
        assert!(!is_certain_loss("weight_loss") && is_certain_loss("train_sft_loss"));
        assert!(train_loss_rank("train_loss_step") < train_loss_rank("train_loss_epoch"));
        assert!(!is_held_out("value") && !is_held_out("train_valid"));
    }
}
