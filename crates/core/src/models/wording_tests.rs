//! Every error of models and encoders is worded in every language.

use super::worker_calls::ModelWorkerError;
use crate::platform::{DiskError, InputError};
use assay_calls::testing::variant_names;
use assay_calls::{ChannelFailure, Explanation};
use assay_lm::arch::ArchError;
use assay_lm::chat::ChatError;
use assay_lm::encoder::compare::CompareError;
use assay_lm::encoder::{EncoderError, SafetensorsError};
use assay_lm::gguf::{GgufError, HeaderPart, TensorFault};
use assay_lm::gpu::{GpuError, LoadError};
use assay_lm::model::ModelError;
use assay_lm::scoring::ScoringError;
use assay_lm::source::SourceError;
use assay_lm::tokenizer::TokenizerError;
use assay_locale::{Language, Locale};
use assay_protocol::models::ModelsError;
use serde::de::DeserializeOwned;

/// The keys of a type's variants.
fn keys<E: DeserializeOwned>(type_name: &str) -> Vec<String> {
    let variants = variant_names::<E>();
    assert!(!variants.is_empty(), "{type_name} has no variants");
    let key = |variant: &&str| Explanation::kind_of(type_name, variant);
    variants.iter().map(key).collect()
}

#[test]
fn every_error_of_models_is_worded_in_every_language() {
    let all = [
        keys::<ArchError>("ArchError"),
        keys::<ChatError>("ChatError"),
        keys::<CompareError>("CompareError"),
        keys::<DiskError>("DiskError"),
        keys::<EncoderError>("EncoderError"),
        keys::<GgufError>("GgufError"),
        keys::<GpuError>("GpuError"),
        keys::<HeaderPart>("HeaderPart"),
        keys::<LoadError>("LoadError"),
        keys::<ModelError>("ModelError"),
        keys::<ModelWorkerError>("ModelWorkerError"),
        keys::<ModelsError>("ModelsError"),
        keys::<SafetensorsError>("SafetensorsError"),
        keys::<ScoringError>("ScoringError"),
        keys::<SourceError>("SourceError"),
        keys::<TensorFault>("TensorFault"),
        keys::<TokenizerError>("TokenizerError"),
        keys::<ChannelFailure>("ChannelFailure"),
    ];
    for &language in Language::ALL {
        let locale = Locale::new(language);
        let missing: Vec<&String> = all.iter().flatten().filter(|k| !locale.has(k)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", language.tag());
    }
}

#[test]
fn a_damaged_file_is_explained_down_to_the_part_that_is_damaged() {
    let error = GgufError::Oversized {
        part: HeaderPart::TensorCount,
        offset: 16,
    };
    let error = ModelWorkerError::from(ModelError::from(error));
    let cause = Explanation::of(&error);
    let explanation = Explanation::of(&ModelsError::Worker { cause });
    let [english, chinese] =
        [Language::English, Language::Chinese].map(|l| Locale::new(l).explained(&explanation));
    assert!(
        english.contains("at byte 16") && english.contains("the number of tensors"),
        "{english}"
    );
    assert!(
        chinese.contains("张量的数量") && !chinese.contains("tensor"),
        "{chinese}"
    );
    // A struct has one key.
    let gone = Explanation::of(&InputError {
        file: "a.gguf".into(),
        detail: "moved".into(),
    });
    assert!(
        Locale::new(Language::Chinese)
            .explained(&gone)
            .starts_with("无法再读取 a.gguf")
    );
}
