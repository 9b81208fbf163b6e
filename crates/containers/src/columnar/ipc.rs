//! Arrow's IPC format, message by message: a stream has them one after the other, a file has an index of them. Buffers
//! that are packed are unpacked here, within limits: the zstd of the `arrow-ipc` crate is a library in C, which does
//! not build for WebAssembly.

use super::{layout, push};
use crate::codec::{Codec, unpack};
use crate::error::{bytes_within, damaged};
use crate::event::{Event, Progress, Receiver, give};
use crate::rows::Rows;
use crate::source::{ReadAt, Reader};
use arrow_array::ArrayRef;
use arrow_buffer::Buffer;
use arrow_ipc::reader::{read_dictionary, read_record_batch};
use arrow_ipc::{
    Buffer as BufferPlace, CompressionType, DictionaryBatch, DictionaryBatchArgs, Message,
    MessageHeader, RecordBatch, RecordBatchArgs, convert, root_as_footer, root_as_message,
};
use arrow_schema::{DataType, Field, Fields, SchemaRef};
use assay_data::ContainerError;
use assay_data::import::{MAX_TEXT, expansion_within};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

/// Bytes of a message's description.
const MAX_DESCRIPTION: u64 = 64_000_000;
/// Buffers begin at multiples of this.
const ALIGNMENT: usize = 64;

/// Gives the table of a file, which has an index of its batches at its end.
pub(crate) fn read_file(
    path: &str,
    source: &Rc<dyn ReadAt>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    const MARK: &[u8] = b"ARROW1";
    const TAIL: u64 = 10;
    let mut stream = Stream::new(path, source);
    let tail_start = source.bytes().saturating_sub(TAIL);
    stream.seek(tail_start)?;
    let tail = stream.take_up_to(TAIL)?;
    let index = match tail.split_first_chunk::<4>() {
        Some((length, MARK)) => tail_start.checked_sub(u32::from_le_bytes(*length).into()),
        _ => None,
    };
    let index = index.ok_or_else(|| damaged(path, "its end is missing"))?;
    bytes_within(path, tail_start - index, MAX_DESCRIPTION)?;
    stream.seek(index)?;
    let footer = stream.take(tail_start - index)?;
    let footer = root_as_footer(&footer).map_err(|error| damaged(path, error))?;
    let schema = footer.schema().map(convert::try_fb_to_schema);
    let schema = schema.ok_or_else(|| damaged(path, "its schema is missing"))?;
    stream.schema = Some(Arc::new(schema.map_err(|error| damaged(path, error))?));
    let mut rows = Rows::new(path, source.bytes());
    let dictionaries = footer.dictionaries();
    let batches = footer.recordBatches();
    for block in dictionaries
        .iter()
        .flatten()
        .chain(batches.iter().flatten())
    {
        let start = u64::try_from(block.offset());
        stream.seek(start.map_err(|error| damaged(path, error))?)?;
        if stream.next(&mut rows)?.is_break() {
            return Err(damaged(path, "a message is missing"));
        }
        if stream.report(&mut rows, each)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    give(Event::Table(rows.finish()?), each)
}

/// Gives the table of a stream.
pub(crate) fn read_stream(
    path: &str,
    source: &Rc<dyn ReadAt>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let mut stream = Stream::new(path, source);
    let mut rows = Rows::new(path, source.bytes());
    while stream.next(&mut rows)?.is_continue() {
        if stream.report(&mut rows, each)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if stream.schema.is_none() {
        return Err(damaged(path, "its schema is missing"));
    }
    give(Event::Table(rows.finish()?), each)
}

struct Stream<'a> {
    path: &'a str,
    reader: Reader,
    /// Bytes of the whole file.
    bytes: u64,
    schema: Option<SchemaRef>,
    dictionaries: HashMap<i64, ArrayRef>,
}

impl<'a> Stream<'a> {
    fn new(path: &'a str, source: &Rc<dyn ReadAt>) -> Self {
        Self {
            path,
            reader: Reader::new(Rc::clone(source)),
            bytes: source.bytes(),
            schema: None,
            dictionaries: HashMap::new(),
        }
    }

    fn seek(&mut self, to: u64) -> Result<(), ContainerError> {
        let outcome = self.reader.seek(SeekFrom::Start(to));
        outcome.map_err(|error| damaged(self.path, error))?;
        Ok(())
    }

    fn report(
        &self,
        rows: &mut Rows,
        each: &mut Receiver<'_>,
    ) -> Result<ControlFlow<()>, ContainerError> {
        if rows.give(each)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let progress = Progress {
            rows: rows.count(),
            done: self.reader.position(),
            all: self.bytes,
        };
        give(Event::Progress(progress), each)
    }

    /// Reads the next message; breaks off at the end.
    fn next(&mut self, rows: &mut Rows) -> Result<ControlFlow<()>, ContainerError> {
        let Some(length) = self.length()? else {
            return Ok(ControlFlow::Break(()));
        };
        bytes_within(self.path, length, MAX_DESCRIPTION)?;
        let description = self.take(length)?;
        let message = root_as_message(&description);
        let message = message.map_err(|error| damaged(self.path, error))?;
        let length = u64::try_from(message.bodyLength());
        let length = length.map_err(|error| damaged(self.path, error))?;
        bytes_within(self.path, length, MAX_TEXT)?;
        let body = self.take(length)?;
        self.message(&message, body, rows)?;
        Ok(ControlFlow::Continue(()))
    }

    /// Bytes of the next message's description; none at the end of the stream, which files and old writers leave out.
    fn length(&mut self) -> Result<Option<u64>, ContainerError> {
        let mut word = self.take_up_to(4)?;
        if word == [0xff; 4] {
            word = self.take_up_to(4)?;
        }
        match <[u8; 4]>::try_from(word).map(u32::from_le_bytes) {
            Ok(0) | Err(_) => Ok(None),
            Ok(length) => Ok(Some(length.into())),
        }
    }

    fn left(&self) -> u64 {
        self.bytes.saturating_sub(self.reader.position())
    }

    fn take_up_to(&mut self, length: u64) -> Result<Vec<u8>, ContainerError> {
        let mut bytes = Vec::new();
        let length = length.min(self.left());
        let read = (&mut self.reader).take(length).read_to_end(&mut bytes);
        read.map_err(|_| ContainerError::Unreadable {
            file: self.path.to_owned(),
        })?;
        Ok(bytes)
    }

    fn take(&mut self, length: u64) -> Result<Vec<u8>, ContainerError> {
        if length > self.left() {
            return Err(damaged(self.path, "a message is cut off"));
        }
        self.take_up_to(length)
    }

    fn message(
        &mut self,
        message: &Message<'_>,
        body: Vec<u8>,
        rows: &mut Rows,
    ) -> Result<(), ContainerError> {
        let path = self.path;
        let wrong = |error: arrow_schema::ArrowError| damaged(path, error);
        let lacking = || damaged(path, "a message lacks its header");
        let version = message.version();
        match message.header_type() {
            MessageHeader::Schema => {
                let schema = message.header_as_schema().ok_or_else(lacking)?;
                let schema = convert::try_fb_to_schema(schema).map_err(wrong)?;
                self.schema = Some(Arc::new(schema));
            }
            MessageHeader::DictionaryBatch => {
                let schema = self.schema.clone().ok_or_else(lacking)?;
                let batch = message.header_as_dictionary_batch().ok_or_else(lacking)?;
                let data = batch.data().ok_or_else(lacking)?;
                let plain = self.plain(&data, body)?;
                #[expect(deprecated, reason = "no other way leads from an id to its columns")]
                let columns = schema.fields_with_dict_id(batch.id());
                if let Some(DataType::Dictionary(_, value)) = columns.first().map(|c| c.data_type())
                {
                    let value = Field::new("", DataType::clone(value), true);
                    plain.check(path, &Fields::from(vec![value]))?;
                }
                let described = plain.dictionary(&batch);
                let batch = flatbuffers::root::<DictionaryBatch<'_>>(&described);
                let batch = batch.map_err(|error| damaged(path, error))?;
                read_dictionary(
                    &plain.body,
                    batch,
                    &schema,
                    &mut self.dictionaries,
                    &version,
                )
                .map_err(wrong)?;
            }
            MessageHeader::RecordBatch => {
                let schema = self.schema.clone().ok_or_else(lacking)?;
                let batch = message.header_as_record_batch().ok_or_else(lacking)?;
                let length = u64::try_from(batch.length()).map_err(|_| lacking())?;
                let already = rows.count();
                rows.expect(already.saturating_add(length), schema.fields().len())?;
                let plain = self.plain(&batch, body)?;
                plain.check(path, schema.fields())?;
                let described = plain.batch();
                let batch = flatbuffers::root::<RecordBatch<'_>>(&described);
                let batch = batch.map_err(|error| damaged(path, error))?;
                let batch = read_record_batch(
                    &plain.body,
                    batch,
                    schema,
                    &self.dictionaries,
                    None,
                    &version,
                );
                push(&batch.map_err(wrong)?, rows)?;
            }
            // Tensors are no tables.
            _ => {}
        }
        Ok(())
    }

    /// The batch with its buffers unpacked.
    fn plain<'b>(
        &self,
        batch: &RecordBatch<'b>,
        body: Vec<u8>,
    ) -> Result<Plain<'b>, ContainerError> {
        let Some(compression) = batch.compression() else {
            for place in batch.buffers().iter().flatten() {
                self.buffer(place, &body)?;
            }
            return Ok(Plain {
                batch: *batch,
                places: None,
                body: body.into(),
            });
        };
        let codec = match compression.codec() {
            CompressionType::LZ4_FRAME => Codec::Lz4Frame,
            CompressionType::ZSTD => Codec::Zstd,
            other => {
                return Err(ContainerError::Unsupported {
                    file: self.path.to_owned(),
                    what: format!("compression {}", other.0),
                });
            }
        };
        let mut plain: Vec<u8> = Vec::new();
        let mut places = Vec::new();
        for place in batch.buffers().iter().flatten() {
            let start = plain.len();
            self.unpack_buffer(codec, place, &body, &mut plain)?;
            places.push(BufferPlace::new(start as i64, (plain.len() - start) as i64));
            plain.resize(plain.len().next_multiple_of(ALIGNMENT), 0);
        }
        Ok(Plain {
            batch: *batch,
            places: Some(places),
            body: plain.into(),
        })
    }

    fn buffer<'b>(&self, place: &BufferPlace, body: &'b [u8]) -> Result<&'b [u8], ContainerError> {
        let start = usize::try_from(place.offset()).ok();
        let length = usize::try_from(place.length()).ok();
        let end = start.zip(length).and_then(|(s, l)| s.checked_add(l));
        let range = start.zip(end).map(|(start, end)| start..end);
        let buffer = range.and_then(|range| body.get(range));
        buffer.ok_or_else(|| damaged(self.path, "a buffer is cut off"))
    }

    /// Appends a buffer, which says first how long it is unpacked, or -1 where it is not packed.
    fn unpack_buffer(
        &self,
        codec: Codec,
        place: &BufferPlace,
        body: &[u8],
        plain: &mut Vec<u8>,
    ) -> Result<(), ContainerError> {
        let buffer = self.buffer(place, body)?;
        let Some((length, packed)) = buffer.split_first_chunk::<8>() else {
            return Ok(());
        };
        match i64::from_le_bytes(*length) {
            -1 => plain.extend_from_slice(packed),
            0 => {}
            length => {
                let length = u64::try_from(length);
                let length = length.map_err(|error| damaged(self.path, error))?;
                let all = length.saturating_add(plain.len() as u64);
                bytes_within(self.path, all, MAX_TEXT)?;
                expansion_within(self.path, self.bytes, all)?;
                let unpacked = unpack(codec, packed, length as usize);
                let unpacked = unpacked.map_err(|error| damaged(self.path, error))?;
                if unpacked.len() as u64 != length {
                    return Err(damaged(self.path, "a buffer has another length"));
                }
                plain.extend(unpacked);
            }
        }
        Ok(())
    }
}

/// A batch whose buffers are not packed.
struct Plain<'b> {
    batch: RecordBatch<'b>,
    /// Where the buffers are now, where they were packed.
    places: Option<Vec<BufferPlace>>,
    body: Buffer,
}

impl Plain<'_> {
    fn check(&self, path: &str, fields: &Fields) -> Result<(), ContainerError> {
        let described = self.batch();
        let batch = flatbuffers::root::<RecordBatch<'_>>(&described);
        let batch = batch.map_err(|error| damaged(path, error))?;
        if layout::fits(&batch, fields, self.body.len()) {
            return Ok(());
        }
        Err(damaged(path, "parts of a batch do not fit each other"))
    }

    /// The description of the batch.
    fn batch(&self) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let batch = self.described(&mut builder);
        builder.finish(batch, None);
        builder.finished_data().to_vec()
    }

    /// The description of a batch of a dictionary with this data.
    fn dictionary(&self, dictionary: &DictionaryBatch<'_>) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let data = self.described(&mut builder);
        let arguments = DictionaryBatchArgs {
            id: dictionary.id(),
            data: Some(data),
            isDelta: dictionary.isDelta(),
        };
        let batch = DictionaryBatch::create(&mut builder, &arguments);
        builder.finish(batch, None);
        builder.finished_data().to_vec()
    }

    fn described<'f>(&self, builder: &mut FlatBufferBuilder<'f>) -> WIPOffset<RecordBatch<'f>> {
        let nodes: Vec<_> = self.batch.nodes().iter().flatten().copied().collect();
        let places = match &self.places {
            Some(places) => places.clone(),
            None => self.batch.buffers().iter().flatten().copied().collect(),
        };
        let counts = self.batch.variadicBufferCounts();
        let counts: Option<Vec<i64>> = counts.map(|counts| counts.iter().collect());
        let arguments = RecordBatchArgs {
            length: self.batch.length(),
            nodes: Some(builder.create_vector(&nodes)),
            buffers: Some(builder.create_vector(&places)),
            compression: None,
            variadicBufferCounts: counts.map(|counts| builder.create_vector(&counts)),
        };
        RecordBatch::create(builder, &arguments)
    }
}
