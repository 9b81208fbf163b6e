//! How a tensor's numbers are packed: how many numbers a block has, and how many bytes.

/// The types that can be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, non_camel_case_types)]
pub enum TensorType {
    F32,
    F16,
    BF16,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K,
    IQ4_NL,
    IQ4_XS,
}

/// Number in the file, name, numbers a block, bytes a block.
const TYPES: [(TensorType, u32, &str, usize, usize); 15] = [
    (TensorType::F32, 0, "F32", 1, 4),
    (TensorType::F16, 1, "F16", 1, 2),
    (TensorType::BF16, 30, "BF16", 1, 2),
    (TensorType::Q4_0, 2, "Q4_0", 32, 18),
    (TensorType::Q4_1, 3, "Q4_1", 32, 20),
    (TensorType::Q5_0, 6, "Q5_0", 32, 22),
    (TensorType::Q5_1, 7, "Q5_1", 32, 24),
    (TensorType::Q8_0, 8, "Q8_0", 32, 34),
    (TensorType::Q2_K, 10, "Q2_K", 256, 84),
    (TensorType::Q3_K, 11, "Q3_K", 256, 110),
    (TensorType::Q4_K, 12, "Q4_K", 256, 144),
    (TensorType::Q5_K, 13, "Q5_K", 256, 176),
    (TensorType::Q6_K, 14, "Q6_K", 256, 210),
    (TensorType::IQ4_NL, 20, "IQ4_NL", 32, 18),
    (TensorType::IQ4_XS, 23, "IQ4_XS", 256, 136),
];

/// Types that GGUF has besides, for error texts.
const OTHERS: [(u32, &str); 19] = [
    (9, "Q8_1"),
    (15, "Q8_K"),
    (16, "IQ2_XXS"),
    (17, "IQ2_XS"),
    (18, "IQ3_XXS"),
    (19, "IQ1_S"),
    (21, "IQ3_S"),
    (22, "IQ2_S"),
    (24, "I8"),
    (25, "I16"),
    (26, "I32"),
    (27, "I64"),
    (28, "F64"),
    (29, "IQ1_M"),
    (34, "TQ1_0"),
    (35, "TQ2_0"),
    (39, "MXFP4"),
    (4, "Q4_2"),
    (5, "Q4_3"),
];

impl TensorType {
    /// All types.
    pub fn all() -> impl Iterator<Item = Self> {
        TYPES.iter().map(|t| t.0)
    }

    /// Their names, for error texts.
    pub fn names() -> String {
        TYPES.map(|t| t.2).join(", ")
    }

    /// The type of this number, or the name of what is not supported.
    pub(super) fn from_number(number: u32) -> Result<Self, String> {
        let found = TYPES.iter().find(|t| t.1 == number).map(|t| t.0);
        found.ok_or_else(|| {
            let other = OTHERS.iter().find(|(n, _)| *n == number);
            other.map_or(format!("number {number}"), |(_, name)| (*name).to_owned())
        })
    }

    fn row(self) -> &'static (Self, u32, &'static str, usize, usize) {
        &TYPES[TYPES.iter().position(|t| t.0 == self).unwrap_or(0)]
    }

    /// The number in the file.
    pub fn number(self) -> u32 {
        self.row().1
    }

    /// The name.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// Numbers in a block.
    pub fn block_len(self) -> usize {
        self.row().3
    }

    /// Bytes of a block.
    pub fn block_bytes(self) -> usize {
        self.row().4
    }
}
