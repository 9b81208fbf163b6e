//! Measures that an encoder makes, on the processor.

use crate::failure::Failure;
use assay_core::semantic::EncoderInfo;
use assay_core::session::Session;
use assay_lm::cpu::CpuBackend;
use assay_lm::encoder::compare::{compare, count};
use assay_lm::encoder::{Encoder, FILES, Frequencies, MORE_FILES, Named};
use assay_lm::source::FileSource;
use assay_metrics::registry::MetricSpec;
use assay_results::encoder::Plan;
use pollster::block_on;
use std::path::Path;

/// The default encoder's folder, where the build puts it.
const ENCODER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../target/models/all-MiniLM-L6-v2"
);
/// Segments that are compared at once.
const AT_ONCE: usize = 64;

/// Compares all segments of a session by the encoder in a folder, as a measure asks for it.
///
/// # Errors
/// When the folder holds no encoder, or a text can't be read by it.
pub(crate) fn compare_all(
    session: &mut Session,
    folder: Option<&Path>,
    spec: &MetricSpec,
) -> Result<(), Failure> {
    let folder = folder.unwrap_or(Path::new(ENCODER));
    let mut files: Vec<Named> = Vec::new();
    for name in FILES.iter().chain(&MORE_FILES) {
        let path = folder.join(name);
        if path.is_file() {
            files.push(((*name).to_owned(), Box::new(FileSource::open(&path)?)));
        }
    }
    let encoder = block_on(Encoder::open(files))?;
    let mut backend = block_on(CpuBackend::of(&encoder.store, &encoder.shape, |_| {}))?;
    let plan = match spec {
        MetricSpec::BertScore(metric) => Plan {
            layers: metric.layers,
            idf: metric.idf,
        },
        _ => Plan {
            layers: 0,
            idf: false,
        },
    };
    let name = folder.file_name().unwrap_or_default();
    let info = EncoderInfo {
        id: encoder.id.clone(),
        name: name.to_string_lossy().into(),
        base_name: encoder.base_name.clone(),
        layers: encoder.shape.layers,
        bytes: encoder.store.bytes_of(""),
    };
    let plan = session.compare_by(plan, info);
    let mut frequencies = Frequencies::default();
    if plan.idf {
        let texts = session.reference_texts(0, usize::MAX);
        count(&encoder, &mut frequencies, &texts)?;
    }
    loop {
        let segments = session.uncompared(AT_ONCE);
        if segments.is_empty() {
            return Ok(());
        }
        for (row, segment) in segments {
            let rows = compare(&encoder, &mut backend, &plan, &frequencies, &segment);
            session.take_compared(row, block_on(rows)?);
        }
    }
}
