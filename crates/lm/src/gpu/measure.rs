//! A short measurement: how many tokens a thread is fastest on this device, and how fast that is.

use super::device::{Gpu, GpuError, View};
use super::kernel::Tile;
use super::layout;
use super::matrix::{GpuMatrix, Part, project};
use crate::gguf::TensorType;
use crate::weights::Linear;
use serde::{Deserialize, Serialize};

/// Columns and rows of the matrix that is multiplied.
const SIDE: usize = 512;
/// Tokens that it is multiplied with.
const TOKENS: usize = 64;
/// The tiles that are tried.
pub const TILES: [Tile; 5] = [
    Tile::new(8, 2),
    Tile::new(4, 4),
    Tile::new(4, 8),
    Tile::new(8, 16),
    Tile::SHARED,
];

/// Seconds that compiling a kernel may take. A model needs one for each type of its tensors, and what
/// a larger tile saves is lost again where each takes longer.
const PATIENCE: f64 = 1.5;

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The adapter on which.
    pub adapter: String,
    /// A thread's share.
    pub tile: Tile,
    /// Multiplications and additions a second.
    pub flops: f64,
}

impl Measured {
    /// Whether this may have been found here: the tile is one that is tried, the speed a speed.
    pub(super) fn is_valid(&self) -> bool {
        TILES.contains(&self.tile) && self.flops > 1.0
    }
}

/// The time in seconds.
fn now() -> f64 {
    #[cfg(target_arch = "wasm32")]
    return js_sys::Date::now() / 1000.0;
    #[cfg(not(target_arch = "wasm32"))]
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0.0, |d| d.as_secs_f64())
}

/// Tries each tile on a matrix of Q8_0.
///
/// # Errors
/// When the device fails.
pub(super) async fn fastest_tile(gpu: &Gpu) -> Result<Measured, GpuError> {
    let mut best = Measured {
        adapter: gpu.name.clone(),
        tile: TILES[0],
        flops: 0.0,
    };
    for (tile, flops) in tiles(gpu, TensorType::Q8_0).await? {
        if flops > best.flops {
            (best.tile, best.flops) = (tile, flops);
        }
    }
    Ok(best)
}

/// How fast a matrix of a type is multiplied by each tile, in multiplications and additions a second;
/// 0 for a tile whose kernel takes too long to compile.
///
/// # Errors
/// When the device fails.
pub async fn tiles(gpu: &Gpu, kind: TensorType) -> Result<Vec<(Tile, f64)>, GpuError> {
    let row_bytes = layout::row_bytes(kind, SIDE);
    let weight = GpuMatrix {
        kind,
        columns: SIDE,
        rows: SIDE,
        row_bytes,
        parts: vec![Part {
            first: 0,
            rows: SIDE,
            buffer: gpu.buffer((SIDE * row_bytes) as u64),
        }],
    };
    let linear = Linear {
        weight,
        bias: None,
        update: None,
    };
    let (x, y) = (
        gpu.buffer((4 * SIDE * TOKENS) as u64),
        gpu.buffer((4 * SIDE * TOKENS) as u64),
    );
    let mut found = Vec::new();
    for tile in TILES {
        let mut fastest = 0.0f64;
        let mut times = 1;
        // The first run compiles; then as many as take long enough to tell.
        for round in 0..3 {
            let start = now();
            let mut series = gpu.begin();
            for _ in 0..times {
                let views = [View::from(&x, 0), View::from(&y, 0)];
                project(&mut series, gpu, &linear, views, TOKENS, tile);
            }
            series.submit();
            gpu.read(&y, 16).await?;
            let seconds = (now() - start).max(1e-4);
            // The first tile is measured whatever it takes, so that there is always one.
            if round == 0 && seconds > PATIENCE && !found.is_empty() {
                break;
            }
            let work = (2 * SIDE * SIDE * TOKENS * times) as f64;
            if round > 0 {
                fastest = fastest.max(work / seconds);
            }
            times = if seconds < 0.01 { 16 } else { 1 };
        }
        found.push((tile, fastest));
    }
    Ok(found)
}
