//! The kernels: WGSL files, with a few names filled in for a tensor's type, a tile, a head's length.

use super::layout;
use super::unroll::unrolled;
use crate::gguf::TensorType;
use crate::quant::GROUP;
use serde::{Deserialize, Serialize};

/// A kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kernel {
    Embed,
    Norm,
    Multiply,
    LowRank,
    Rotate,
    Attend,
    Activate,
    Move,
    Target,
    Head,
    Reduce,
}

/// What a thread multiplies, or a workgroup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Tile {
    /// Tokens.
    pub tokens: usize,
    /// Rows of the matrix.
    pub rows: usize,
    /// Whether a workgroup shares what it reads, which needs barriers; then the tile is the
    /// workgroup's.
    pub shared: bool,
}

impl Tile {
    /// So many tokens and rows.
    pub const fn new(tokens: usize, rows: usize) -> Self {
        Self {
            tokens,
            rows,
            shared: false,
        }
    }

    /// The tile of a workgroup.
    pub const SHARED: Self = Self {
        tokens: 64,
        rows: 64,
        shared: true,
    };

    /// Rows of the matrix that a workgroup of 64 threads takes.
    pub fn group_rows(self) -> usize {
        if self.shared {
            self.rows
        } else {
            64 * self.rows
        }
    }
}

/// What is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Variant {
    /// The packed tensor's type.
    pub kind: Option<TensorType>,
    /// Tokens and rows a thread.
    pub tile: Tile,
    /// A head's length in fours.
    pub head4: usize,
}

impl Variant {
    /// For a tensor's type and a thread's share.
    pub fn of(kind: TensorType, tile: Tile) -> Self {
        Self {
            kind: Some(kind),
            tile,
            head4: 0,
        }
    }

    /// For a head's length.
    pub fn head(length: usize) -> Self {
        Self {
            head4: length / 4,
            ..Self::default()
        }
    }
}

impl Kernel {
    /// The name, for the device's messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Embed => "embed",
            Self::Norm => "norm",
            Self::Multiply => "multiply",
            Self::LowRank => "low_rank",
            Self::Rotate => "rotate",
            Self::Attend => "attend",
            Self::Activate => "activate",
            Self::Move => "move",
            Self::Target => "target",
            Self::Head => "head",
            Self::Reduce => "reduce",
        }
    }

    /// The kernel's own text, with what it stands on before it.
    fn text(self, shared: bool) -> String {
        let logits = include_str!("kernels/logits.wgsl");
        let tile = include_str!("kernels/tile.wgsl");
        let multiply = include_str!("kernels/multiply_shape.wgsl");
        let head = include_str!("kernels/head_shape.wgsl");
        let parts: &[&str] = match (self, shared) {
            (Self::Multiply, false) => &[multiply, self.alone()],
            (Self::Multiply, true) => {
                &[multiply, tile, include_str!("kernels/multiply_shared.wgsl")]
            }
            (Self::Head, false) => &[head, logits, self.alone()],
            (Self::Head, true) => &[head, tile, logits, include_str!("kernels/head_shared.wgsl")],
            _ => &[self.alone()],
        };
        parts.concat()
    }

    fn alone(self) -> &'static str {
        match self {
            Self::Embed => include_str!("kernels/embed.wgsl"),
            Self::Norm => include_str!("kernels/norm.wgsl"),
            Self::Multiply => include_str!("kernels/multiply.wgsl"),
            Self::LowRank => include_str!("kernels/low_rank.wgsl"),
            Self::Rotate => include_str!("kernels/rotate.wgsl"),
            Self::Attend => include_str!("kernels/attend.wgsl"),
            Self::Activate => include_str!("kernels/activate.wgsl"),
            Self::Move => include_str!("kernels/move.wgsl"),
            Self::Target => include_str!("kernels/target.wgsl"),
            Self::Head => include_str!("kernels/head.wgsl"),
            Self::Reduce => include_str!("kernels/reduce.wgsl"),
        }
    }

    /// Whether it reads a packed tensor, which is bound first then.
    fn unpacks(self) -> bool {
        matches!(
            self,
            Self::Embed | Self::Multiply | Self::Target | Self::Head
        )
    }

    /// Where the settings are bound.
    pub fn settings_binding(self) -> u32 {
        u32::from(self.unpacks())
    }

    /// The program.
    pub fn source(self, variant: Variant) -> String {
        let mut source = String::new();
        let tile = variant.tile;
        if let (true, Some(kind)) = (self.unpacks(), variant.kind) {
            let (length, bytes) = layout::block(kind);
            let unpack = include_str!("kernels/unpack.wgsl")
                .replace("UNPACK", &format!("unpack_{}", kind.name().to_lowercase()))
                .replace("BLOCK_BYTES", &bytes.to_string())
                .replace("GROUPS", &(length / GROUP).to_string());
            source.push_str(&unpack);
        }
        source.push_str(
            &self
                .text(tile.shared)
                .replace("SUMS", &(tile.tokens * tile.rows).to_string())
                .replace("WORDS", &(tile.rows * 8).to_string())
                .replace("TILE", &tile.tokens.to_string())
                .replace("ROWS", &tile.rows.to_string())
                .replace("HEAD4", &variant.head4.to_string()),
        );
        unrolled(&source)
    }
}
