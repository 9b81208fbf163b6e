//! An error of a model is explained with all its causes.

use super::worker_calls::ModelWorkerError;
use crate::platform::InputError;
use assay_calls::Explanation;
use assay_lm::gguf::{GgufError, HeaderPart};
use assay_lm::model::ModelError;
use assay_locale::{Language, Locale};
use assay_protocol::models::ModelsError;

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
