//! How much may come out of a container. What a file says of its sizes is compared before anything is unpacked, and
//! what really comes is counted, because a file can say anything.

/// Limits of what is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file in an archive, unpacked.
    pub member_bytes: u64,
    /// Bytes of all files in an archive, unpacked; also those of a zstd stream.
    pub total_bytes: u64,
    /// Files in an archive.
    pub members: usize,
    /// Bytes of a workbook, Parquet or Arrow file, or archive in an archive, and of a workbook's parts other than its
    /// sheets: these are unpacked into memory, because they are not read from their beginning to their end.
    pub nested_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            member_bytes: 300_000_000,
            total_bytes: 1_000_000_000,
            members: 10_000,
            nested_bytes: 200_000_000,
        }
    }
}
