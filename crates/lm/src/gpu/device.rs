//! The device: asked for with the adapter's own limits, watched for being lost, and run in passes.

use super::kernel::{Kernel, Variant};
use futures_channel::oneshot;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use wgpu::{BufferUsages, ComputePipeline};

/// Why the GPU can't be used, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum GpuError {
    /// No adapter.
    #[error("no GPU can be used here: {0}")]
    NoAdapter(String),
    /// The adapter gives no device.
    #[error("the GPU {adapter} gives no device: {why}")]
    NoDevice {
        /// The adapter.
        adapter: String,
        /// What it says.
        why: String,
    },
    /// The device went away.
    #[error(
        "the GPU was lost ({0}); it may have been reset, or another program has taken its memory"
    )]
    Lost(String),
    /// A buffer found no room.
    #[error(
        "the GPU has not enough memory; close other programs and tabs that use it, or choose a smaller model or a stronger quantisation"
    )]
    Memory,
    /// A request failed.
    #[error("the GPU reports: {0}")]
    Failed(String),
    /// The text is too long for the device's buffers.
    #[error(
        "{tokens} tokens at once are too many for this GPU, which takes {limit}; choose a convention with shorter windows"
    )]
    TooLong {
        /// Tokens asked for.
        tokens: usize,
        /// Tokens that fit.
        limit: usize,
    },
}

/// The first error that the device reported, kept until someone asks.
type FirstError = Arc<Mutex<Option<GpuError>>>;

/// A device with what runs on it.
pub struct Gpu {
    /// The device.
    pub device: wgpu::Device,
    /// Its queue.
    pub queue: wgpu::Queue,
    /// What the adapter calls itself.
    pub name: String,
    first_error: FirstError,
    pipelines: RefCell<HashMap<(Kernel, Variant), Rc<ComputePipeline>>>,
    empty_buffer: wgpu::Buffer,
    allocated: Cell<u64>,
}

/// Keeps the first that goes wrong.
fn note(first_error: &FirstError, error: GpuError) {
    if let Ok(mut first_error) = first_error.lock() {
        first_error.get_or_insert(error);
    }
}

impl Gpu {
    /// Opens the best adapter there is.
    ///
    /// # Errors
    /// When there is none, or it gives no device.
    pub async fn open() -> Result<Self, GpuError> {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = instance.request_adapter(&options).await;
        let adapter = adapter.map_err(|e| GpuError::NoAdapter(e.to_string()))?;
        let info = adapter.get_info();
        let name = match (info.name.as_str(), info.driver.as_str()) {
            ("", "") => format!("{:?}", info.backend),
            ("", driver) => driver.to_owned(),
            (name, _) => name.to_owned(),
        };
        let descriptor = wgpu::DeviceDescriptor {
            required_limits: adapter.limits(),
            ..Default::default()
        };
        let device = adapter.request_device(&descriptor).await;
        let (device, queue) = device.map_err(|e| GpuError::NoDevice {
            adapter: name.clone(),
            why: e.to_string(),
        })?;
        let first_error = FirstError::default();
        let lost = first_error.clone();
        device.set_device_lost_callback(move |_, why| note(&lost, GpuError::Lost(why)));
        let failed = first_error.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            note(
                &failed,
                match error {
                    wgpu::Error::OutOfMemory { .. } => GpuError::Memory,
                    other => GpuError::Failed(other.to_string()),
                },
            );
        }));
        let empty_buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: 256,
            usage: BufferUsages::STORAGE,
            mapped_at_creation: false,
        });
        Ok(Self {
            device,
            queue,
            name,
            first_error,
            pipelines: RefCell::default(),
            empty_buffer,
            allocated: Cell::new(0),
        })
    }

    /// Whether the device has reported no error so far.
    ///
    /// # Errors
    /// The first error that it reported.
    pub fn check(&self) -> Result<(), GpuError> {
        match self.first_error.lock().ok().and_then(|t| t.clone()) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Bytes that one binding may have.
    pub fn binding_bytes(&self) -> u64 {
        let limits = self.device.limits();
        limits
            .max_storage_buffer_binding_size
            .min(limits.max_buffer_size)
    }

    /// Bytes of all storage buffers allocated since this was last called.
    pub fn take_allocated(&self) -> u64 {
        self.allocated.take()
    }

    /// A buffer of a size in bytes.
    pub fn buffer(&self, bytes: u64) -> wgpu::Buffer {
        // A binding can't be empty.
        let size = bytes.next_multiple_of(4).max(16);
        self.allocated.set(self.allocated.get() + size);
        self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size,
            usage: BufferUsages::STORAGE | BufferUsages::COPY_DST | BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        })
    }

    /// A buffer with these numbers.
    pub fn numbers<T: Number>(&self, numbers: &[T]) -> wgpu::Buffer {
        let contents: Vec<u8> = numbers.iter().flat_map(|n| n.bytes()).collect();
        let usage = BufferUsages::STORAGE;
        self.filled(&contents, usage)
    }

    fn filled(&self, contents: &[u8], usage: BufferUsages) -> wgpu::Buffer {
        let mut contents = contents.to_vec();
        contents.resize(contents.len().next_multiple_of(16).max(16), 0);
        self.allocated
            .set(self.allocated.get() + contents.len() as u64);
        // Not mapped at creation: on a lost device that panics, while this only does nothing.
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: contents.len() as u64,
            usage: usage | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        self.queue.write_buffer(&buffer, 0, &contents);
        buffer
    }

    /// A buffer to bind where a kernel reads nothing.
    pub fn empty_buffer(&self) -> &wgpu::Buffer {
        &self.empty_buffer
    }

    fn pipeline(&self, kernel: Kernel, variant: Variant) -> Rc<ComputePipeline> {
        let made = self.pipelines.borrow().get(&(kernel, variant)).cloned();
        made.unwrap_or_else(|| {
            let source = kernel.source(variant);
            let module = self
                .device
                .create_shader_module(wgpu::ShaderModuleDescriptor {
                    label: Some(kernel.name()),
                    source: wgpu::ShaderSource::Wgsl(source.into()),
                });
            let descriptor = wgpu::ComputePipelineDescriptor {
                label: Some(kernel.name()),
                layout: None,
                module: &module,
                entry_point: Some("main"),
                compilation_options: Default::default(),
                cache: None,
            };
            let pipeline = Rc::new(self.device.create_compute_pipeline(&descriptor));
            let mut pipelines = self.pipelines.borrow_mut();
            pipelines.insert((kernel, variant), pipeline.clone());
            pipeline
        })
    }

    /// Begins a series of kernels.
    pub fn begin(&self) -> Series<'_> {
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let pass = encoder
            .begin_compute_pass(&Default::default())
            .forget_lifetime();
        Series {
            gpu: self,
            encoder,
            pass,
        }
    }

    /// A buffer's bytes, once all that was submitted before is through.
    ///
    /// # Errors
    /// When the device was lost or something failed.
    pub async fn read(&self, buffer: &wgpu::Buffer, bytes: u64) -> Result<Vec<u8>, GpuError> {
        let staging = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: bytes,
            usage: BufferUsages::MAP_READ | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(buffer, 0, &staging, 0, bytes);
        self.queue.submit([encoder.finish()]);
        self.check()?;
        let (tell, answered) = oneshot::channel();
        staging.map_async(wgpu::MapMode::Read, .., move |outcome| {
            // Nobody listens when the caller has gone.
            let _ = tell.send(outcome);
        });
        // In a browser its own loop drives this.
        #[cfg(not(target_arch = "wasm32"))]
        if let Err(error) = self.device.poll(wgpu::PollType::wait_indefinitely()) {
            note(&self.first_error, GpuError::Failed(error.to_string()));
        }
        let outcome = answered.await;
        self.check()?;
        let failed = |why: String| GpuError::Failed(why);
        outcome
            .map_err(|e| failed(e.to_string()))?
            .map_err(|e| failed(e.to_string()))?;
        let view = staging.get_mapped_range(..);
        Ok(view.map_err(|e| failed(e.to_string()))?.to_vec())
    }
}

/// A number that buffers hold.
pub trait Number: Copy {
    /// Its bytes.
    fn bytes(self) -> [u8; 4];
}

impl Number for f32 {
    fn bytes(self) -> [u8; 4] {
        self.to_le_bytes()
    }
}

impl Number for u32 {
    fn bytes(self) -> [u8; 4] {
        self.to_le_bytes()
    }
}

/// A kernel's settings: whole numbers and fractions, as its `Shape` has them one behind the other.
#[derive(Default)]
pub struct Settings(Vec<u8>);

impl Settings {
    /// Whole numbers.
    pub fn of(numbers: &[usize]) -> Self {
        Self(numbers.iter().flat_map(|&n| (n as u32).bytes()).collect())
    }

    /// The same with a fraction behind.
    pub fn and(mut self, number: f32) -> Self {
        self.0.extend(number.bytes());
        self
    }
}

/// A buffer, or part of one, that a kernel works on.
#[derive(Clone, Copy)]
pub struct View<'a> {
    buffer: &'a wgpu::Buffer,
    offset: u64,
}

impl<'a> From<&'a wgpu::Buffer> for View<'a> {
    fn from(buffer: &'a wgpu::Buffer) -> Self {
        Self { buffer, offset: 0 }
    }
}

impl<'a> View<'a> {
    /// The whole buffer.
    pub fn from_buffer(buffer: &'a wgpu::Buffer) -> Self {
        Self { buffer, offset: 0 }
    }

    /// The buffer from a byte on, a multiple of 256.
    pub fn from(buffer: &'a wgpu::Buffer, offset: u64) -> Self {
        Self { buffer, offset }
    }
}

/// Kernels that run one after the other.
pub struct Series<'a> {
    gpu: &'a Gpu,
    encoder: wgpu::CommandEncoder,
    pass: wgpu::ComputePass<'static>,
}

/// The most workgroups in one direction.
const MOST_GROUPS: u32 = 65_535;

impl Series<'_> {
    /// Runs a kernel over `[x, y]` workgroups.
    pub fn run(
        &mut self,
        kernel: Kernel,
        variant: Variant,
        settings: Settings,
        views: &[View],
        groups: [usize; 2],
    ) {
        let pipeline = self.gpu.pipeline(kernel, variant);
        let uniform = self.gpu.filled(&settings.0, BufferUsages::UNIFORM);
        let place = kernel.settings_binding();
        let mut entries = vec![wgpu::BindGroupEntry {
            binding: place,
            resource: uniform.as_entire_binding(),
        }];
        let others = (0..).filter(|&binding| binding != place);
        for (binding, view) in others.zip(views) {
            entries.push(wgpu::BindGroupEntry {
                binding,
                resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                    buffer: view.buffer,
                    offset: view.offset,
                    size: None,
                }),
            });
        }
        let group = self
            .gpu
            .device
            .create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some(kernel.name()),
                layout: &pipeline.get_bind_group_layout(0),
                entries: &entries,
            });
        self.pass.set_pipeline(&pipeline);
        self.pass.set_bind_group(0, &group, &[]);
        self.pass
            .dispatch_workgroups(groups[0] as u32, groups[1] as u32, 1);
    }

    /// Runs a kernel once for each of `count` things, 64 a workgroup.
    pub fn run_each(
        &mut self,
        kernel: Kernel,
        variant: Variant,
        settings: Settings,
        views: &[View],
        count: usize,
    ) {
        let groups = count.div_ceil(64);
        let across = groups.min(MOST_GROUPS as usize).max(1);
        let down = groups.div_ceil(across);
        self.run(kernel, variant, settings, views, [across, down]);
    }

    /// Hands the kernels to the device.
    pub fn submit(self) {
        drop(self.pass);
        self.gpu.queue.submit([self.encoder.finish()]);
    }
}
