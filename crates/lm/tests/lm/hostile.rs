//! Files that lie: a sentence each, never a panic, a hang, or memory that the file doesn't have.

use super::file;
use super::file::{File, Random};
use super::open;
use assay_lm::ModelError;
use assay_lm::arch::ArchError;
use assay_lm::gguf::{GgufError, TensorType};
use proptest::prelude::*;

fn refused(bytes: Vec<u8>) -> ModelError {
    match open(bytes) {
        Err(error) => {
            assert!(!error.to_string().is_empty());
            error
        }
        Ok(_) => panic!("the file was taken"),
    }
}

fn small() -> Vec<u8> {
    file::model("llama", TensorType::Q4_0, 1).bytes()
}

#[test]
fn other_files_and_versions_are_named() {
    let magic = |e| matches!(e, ModelError::Gguf(GgufError::Magic(_)));
    assert!(magic(refused(b"PK\x03\x04 and more".to_vec())));
    let mut old = small();
    old[4] = 1;
    let error = refused(old);
    assert!(
        matches!(error, ModelError::Gguf(GgufError::Version(1))),
        "{error}"
    );
    assert!(matches!(
        refused(Vec::new()),
        ModelError::Gguf(GgufError::Oversized { .. })
    ));
}

#[test]
fn a_family_or_type_that_is_not_supported_is_named_with_those_that_are() {
    let mut file = File::default();
    file.text("general.architecture", "mamba");
    let error = refused(file.bytes()).to_string();
    assert!(
        error.contains("mamba") && error.contains("qwen3"),
        "{error}"
    );

    // The first tensor's type becomes IQ1_S.
    let mut bytes = small();
    let name = b"token_embd.weight";
    let at = bytes.windows(name.len()).position(|w| w == name).unwrap();
    let kind = at + name.len() + 4 + 16;
    bytes[kind] = 19;
    let error = refused(bytes).to_string();
    assert!(
        error.contains("IQ1_S") && error.contains("IQ4_XS"),
        "{error}"
    );
}

#[test]
fn counts_that_the_file_cannot_hold_are_not_believed() {
    for at in [8, 16] {
        let mut bytes = small();
        bytes[at..at + 8].copy_from_slice(&(1u64 << 60).to_le_bytes());
        assert!(matches!(
            refused(bytes),
            ModelError::Gguf(GgufError::Oversized { .. })
        ));
    }
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever_it_ends() {
    let whole = small();
    let mut random = Random(3);
    for _ in 0..300 {
        let end = random.bits() as usize % (whole.len() - 32);
        refused(whole[..end].to_vec());
    }
}

#[test]
fn a_shape_that_contradicts_the_header_is_refused_on_loading() {
    let mut file = file::model("qwen2", TensorType::F16, 2);
    let kind = TensorType::F16;
    let bytes = file::packed(&mut Random(4), kind, 64 * 64);
    file.tensor("output.weight", &[64, 64], kind, bytes);
    let model = open(file.bytes()).unwrap();
    let loaded = pollster::block_on(assay_lm::cpu::CpuBackend::load(&model, |_| {}));
    assert!(matches!(loaded.err(), Some(ModelError::TensorShape { .. })));
}

#[test]
fn heads_that_do_not_divide_are_refused() {
    let mut file = File::default();
    file.text("general.architecture", "llama");
    for (name, number) in [
        ("block_count", 1),
        ("context_length", 8),
        ("embedding_length", 64),
        ("feed_forward_length", 64),
        ("attention.head_count", 3),
        ("attention.head_count_kv", 2),
    ] {
        file.number(&format!("llama.{name}"), number);
    }
    let kind = TensorType::F32;
    file.tensor("token_embd.weight", &[64, 4], kind, vec![0; 1024]);
    assert!(matches!(
        refused(file.bytes()),
        ModelError::Arch(ArchError::Feature { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_headers_give_a_model_or_a_sentence(
        edits in proptest::collection::vec((0usize..12_000, any::<u8>()), 1..6),
    ) {
        let mut bytes = small();
        for (at, byte) in edits {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Err(error) = open(bytes) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut file = b"GGUF\x03\0\0\0".to_vec();
        file.extend(bytes);
        // A refusal is as good as a result: only a panic fails this test.
        let _ = open(file);
    }
}
