//! Whether the parts of an Arrow batch fit each other, before `arrow-ipc` reads it: it checks values, and takes the
//! lengths of arrays and of their bits for missing values as they are said to be.

use arrow_ipc::{Buffer, FieldNode, RecordBatch};
use arrow_schema::{DataType, Fields};

/// Bytes of an offset, of one into large data, and of a view.
const SHORT: usize = 4;
const LONG: usize = 8;
const VIEW: usize = 16;

/// Whether nodes and buffers are enough for these fields, and none is longer than what it stands for.
pub(super) fn fits(batch: &RecordBatch<'_>, fields: &Fields, body_bytes: usize) -> bool {
    let most = i64::try_from(body_bytes.saturating_mul(8)).unwrap_or(i64::MAX);
    let mut parts = Parts {
        nodes: batch.nodes().iter().flatten().copied().collect(),
        buffers: batch.buffers().iter().flatten().copied().collect(),
        counts: batch.variadicBufferCounts().iter().flatten().collect(),
        most: most.max(batch.length()),
        node: 0,
        buffer: 0,
        count: 0,
    };
    fields
        .iter()
        .all(|field| parts.take(field.data_type()).is_some())
}

struct Parts {
    nodes: Vec<FieldNode>,
    buffers: Vec<Buffer>,
    counts: Vec<i64>,
    /// Values that an array can have.
    most: i64,
    node: usize,
    buffer: usize,
    count: usize,
}

impl Parts {
    /// Takes the parts of an array of this type; nothing where they don't fit.
    fn take(&mut self, kind: &DataType) -> Option<()> {
        let node = *self.nodes.get(self.node)?;
        self.node += 1;
        let (length, missing) = (node.length(), node.null_count());
        if !(0..=self.most).contains(&length) || !(0..=length).contains(&missing) {
            return None;
        }
        if matches!(kind, DataType::Null) {
            return Some(());
        }
        if let DataType::RunEndEncoded(ends, values) = kind {
            self.take(ends.data_type())?;
            return self.take(values.data_type());
        }
        if !matches!(kind, DataType::Union(..)) {
            let bits = self.next_buffer()?;
            if missing > 0 && bits < bytes_for(length) {
                return None;
            }
        }
        match kind {
            DataType::Boolean => (self.next_buffer()? >= bytes_for(length)).then_some(()),
            DataType::Utf8View | DataType::BinaryView => {
                let count = *self.counts.get(self.count)?;
                self.count += 1;
                self.of_width(VIEW)?;
                self.skip(count)
            }
            DataType::Utf8 | DataType::Binary => {
                self.of_width(SHORT)?;
                self.skip(1)
            }
            DataType::LargeUtf8 | DataType::LargeBinary => {
                self.of_width(LONG)?;
                self.skip(1)
            }
            DataType::Struct(fields) => {
                let mut fields = fields.iter();
                fields.try_for_each(|field| self.take(field.data_type()))
            }
            DataType::FixedSizeList(item, _) => self.take(item.data_type()),
            DataType::List(item) | DataType::Map(item, _) => {
                self.of_width(SHORT)?;
                self.take(item.data_type())
            }
            DataType::LargeList(item) => {
                self.of_width(LONG)?;
                self.take(item.data_type())
            }
            DataType::ListView(item) => {
                self.of_width(SHORT)?;
                self.of_width(SHORT)?;
                self.take(item.data_type())
            }
            DataType::LargeListView(item) => {
                self.of_width(LONG)?;
                self.of_width(LONG)?;
                self.take(item.data_type())
            }
            DataType::Dictionary(key, _) => self.of_width(key.primitive_width()?),
            // Few writers have them, and their form depends on the version.
            DataType::Union(..) => None,
            _ => self.of_width(kind.primitive_width().unwrap_or(1)),
        }
    }

    /// Takes the next buffer, whose length has to be a multiple of `width` bytes.
    fn of_width(&mut self, width: usize) -> Option<()> {
        (self.next_buffer()? % i64::try_from(width).ok()? == 0).then_some(())
    }

    /// Bytes of the next buffer.
    fn next_buffer(&mut self) -> Option<i64> {
        let buffer = self.buffers.get(self.buffer)?;
        self.buffer += 1;
        Some(buffer.length())
    }

    fn skip(&mut self, count: i64) -> Option<()> {
        let end = self.buffer.checked_add(usize::try_from(count).ok()?)?;
        self.buffer = end;
        (end <= self.buffers.len()).then_some(())
    }
}

/// The number of bytes that `bits` bits take, rounded up.
fn bytes_for(bits: i64) -> i64 {
    bits / 8 + i64::from(bits % 8 > 0)
}
