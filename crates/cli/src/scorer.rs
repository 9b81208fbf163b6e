//! A model with its adapter, loaded where the person wants it to run.

use crate::adapter::{self, AdapterArguments, Chosen};
use crate::failure::Failure;
use assay_lm::Model;
use assay_lm::cpu::CpuBackend;
use assay_lm::gpu::{Gpu, GpuBackend};
use assay_lm::scoring::{Backend, Scorer};
use assay_lm::source::{FileSource, Source};
use clap::ValueEnum;
use std::path::PathBuf;
use std::rc::Rc;

/// Where a model runs.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum BackendName {
    /// On the graphics processor, through Vulkan.
    Gpu,
    /// On the processor.
    Cpu,
}

/// Opens a model, of one file or of several parts, attaches the adapter that the arguments name, and loads the weights.
///
/// # Errors
/// When a file can't be read, the model is not supported, the adapter does not fit it, or there is no such device.
pub(crate) async fn open(
    files: &[PathBuf],
    adapter: &AdapterArguments,
    backend: BackendName,
) -> Result<(Scorer<Box<dyn Backend>>, Chosen), Failure> {
    let mut sources: Vec<Box<dyn Source>> = Vec::new();
    for path in files {
        sources.push(Box::new(FileSource::open(path)?));
    }
    let model = Model::open(sources).await?;
    let chosen = adapter::open(adapter, &model).await?;
    let backend: Box<dyn Backend> = match backend {
        BackendName::Gpu => {
            let gpu = Rc::new(Gpu::open().await?);
            let mut backend = GpuBackend::load(gpu, &model, None, |_| {}).await?;
            backend.attach(chosen.adapter.as_ref())?;
            Box::new(backend)
        }
        BackendName::Cpu => {
            let mut backend = CpuBackend::load(&model, |_| {}).await?;
            backend.attach(chosen.adapter.as_ref());
            Box::new(backend)
        }
    };
    Ok((Scorer::new(model, backend), chosen))
}
