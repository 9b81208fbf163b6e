//! The low-rank update of a matrix, wherever its numbers are.

/// The update of one matrix: `scale · B A`.
#[derive(Debug, Clone, PartialEq)]
pub struct LowRank<V> {
    /// A: `rank` rows of `columns` numbers.
    pub a: V,
    /// B: `rows` rows of `rank` numbers.
    pub b: V,
    /// Rows of A.
    pub rank: usize,
    /// Columns of the matrix.
    pub columns: usize,
    /// Rows of the matrix.
    pub rows: usize,
    /// What the product is multiplied by: alpha / rank, or alpha / √rank under rank-stabilised LoRA.
    pub scale: f32,
}

/// The update of one matrix, in memory.
pub type Update = LowRank<Vec<f32>>;
