//! The pages of Parquet's column chunks, unpacked within limits.
//!
//! The `parquet` crate can unpack pages itself, but its zstd is a library in C, which does not build for WebAssembly,
//! and it takes the memory that a page says it needs. So it reads pages here as if they were not packed, and this
//! unpacks them on the way.

use super::levels::{self, Greatest};
use super::window::Windowed;
use crate::codec::{Codec, unpack};
use crate::source::ReadAt;
use bytes::Bytes;
use parquet::basic::{Compression, Encoding, Type as PhysicalType};
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;
use send_wrapper::SendWrapper;
use std::rc::Rc;
use std::sync::Arc;

/// Bytes of a page, unpacked. Writers aim at one megabyte, and go above it for a page of long texts.
const MAX_PAGE: usize = 128_000_000;
/// Bytes that are read ahead, over all columns of a row group.
const AHEAD: usize = 16 << 20;

/// Places in a dictionary, under the names of both versions of the format.
const BY_DICTIONARY: [Encoding; 2] = [Encoding::RLE_DICTIONARY, Encoding::PLAIN_DICTIONARY];

/// A row group whose pages are read as they are needed.
pub(super) struct Group {
    pub(super) metadata: Arc<ParquetMetaData>,
    pub(super) index: usize,
    /// The file, which is only ever read by the thread that opened it.
    pub(super) source: SendWrapper<Rc<dyn ReadAt>>,
}

impl Group {
    pub(super) fn row_group(&self) -> &RowGroupMetaData {
        self.metadata.row_group(self.index)
    }
}

impl parquet::arrow::arrow_reader::RowGroups for Group {
    fn num_rows(&self) -> usize {
        usize::try_from(self.row_group().num_rows()).unwrap_or(0)
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let group = self.row_group();
        let columns = group.columns();
        let chunk = columns
            .get(column)
            .ok_or_else(|| ParquetError::General("a column is missing".to_owned()))?;
        let window = (AHEAD / columns.len().max(1)).clamp(1 << 15, 1 << 18);
        let rows = parquet::arrow::arrow_reader::RowGroups::num_rows(self);
        let pages = pages(chunk, rows, window, self.source.clone())?;
        Ok(Box::new(OneChunk(Some(pages))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(std::iter::once(self.row_group()))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// How a chunk is packed; nothing where it is not.
fn codec(chunk: &ColumnChunkMetaData) -> Result<Option<Codec>> {
    Ok(Some(match chunk.compression() {
        Compression::UNCOMPRESSED => return Ok(None),
        Compression::SNAPPY => Codec::Snappy,
        Compression::GZIP(_) => Codec::Gzip,
        Compression::BROTLI(_) => Codec::Brotli,
        Compression::ZSTD(_) => Codec::Zstd,
        Compression::LZ4 => Codec::Lz4Hadoop,
        Compression::LZ4_RAW => Codec::Lz4Block,
        other => return Err(ParquetError::NYI(format!("{other} compression"))),
    }))
}

fn pages(
    chunk: &ColumnChunkMetaData,
    rows: usize,
    window: usize,
    source: SendWrapper<Rc<dyn ReadAt>>,
) -> Result<Pages> {
    let codec = codec(chunk)?;
    let values = u64::try_from(chunk.num_values()).unwrap_or(0);
    let descr = chunk.column_descr();
    let width = match descr.physical_type() {
        PhysicalType::INT32 | PhysicalType::FLOAT => 4,
        PhysicalType::INT64 | PhysicalType::DOUBLE => 8,
        PhysicalType::INT96 => 12,
        PhysicalType::FIXED_LEN_BYTE_ARRAY => descr.type_length().max(1) as usize,
        PhysicalType::BOOLEAN | PhysicalType::BYTE_ARRAY => 1,
    };
    let builder = chunk.clone().into_builder();
    let as_plain = builder.set_compression(Compression::UNCOMPRESSED).build()?;
    let windowed = Windowed::new(source, window);
    Ok(Pages {
        pages: SerializedPageReader::new(Arc::new(windowed), &as_plain, rows, None)?,
        codec,
        width,
        greatest: Greatest {
            repetition: chunk.column_descr().max_rep_level(),
            definition: chunk.column_descr().max_def_level(),
        },
        dictionary: None,
        values_left: values,
    })
}

struct OneChunk(Option<Pages>);

impl Iterator for OneChunk {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(Ok(Box::new(self.0.take()?)))
    }
}

impl PageIterator for OneChunk {}

/// The pages of a chunk.
struct Pages {
    pages: SerializedPageReader<Windowed>,
    codec: Option<Codec>,
    /// Bytes of a value, at least.
    width: usize,
    greatest: Greatest,
    /// Values of the dictionary, once it has come.
    dictionary: Option<u32>,
    /// Values that the chunk still has by what the file says.
    values_left: u64,
}

impl Pages {
    fn unpacked(&mut self, page: Page) -> Result<Page> {
        self.check_counts(&page)?;
        let Some(codec) = self.codec else {
            return Ok(page);
        };
        let plain = |packed: &[u8]| -> Result<Vec<u8>> {
            // Nothing packed stands for nothing, without the frame that a codec has around it.
            if packed.is_empty() {
                return Ok(Vec::new());
            }
            unpack(codec, packed, MAX_PAGE).map_err(|e| ParquetError::General(e.to_string()))
        };
        Ok(match page {
            Page::DataPage {
                buf,
                num_values,
                encoding,
                def_level_encoding,
                rep_level_encoding,
                statistics,
            } => Page::DataPage {
                buf: plain(&buf)?.into(),
                num_values,
                encoding,
                def_level_encoding,
                rep_level_encoding,
                statistics,
            },
            Page::DictionaryPage {
                buf,
                num_values,
                encoding,
                is_sorted,
            } => {
                let buf = Bytes::from(plain(&buf)?);
                check_dictionary(num_values, self.width, &buf)?;
                Page::DictionaryPage {
                    buf,
                    num_values,
                    encoding,
                    is_sorted,
                }
            }
            Page::DataPageV2 {
                buf,
                num_values,
                encoding,
                num_nulls,
                num_rows,
                def_levels_byte_len,
                rep_levels_byte_len,
                is_compressed: true,
                statistics,
            } => {
                // The levels are not packed.
                let levels = def_levels_byte_len as usize + rep_levels_byte_len as usize;
                let packed = buf.get(levels..);
                let packed =
                    packed.ok_or_else(|| ParquetError::EOF("levels are cut off".to_owned()))?;
                let mut whole = buf[..levels].to_vec();
                whole.extend(plain(packed)?);
                Page::DataPageV2 {
                    buf: whole.into(),
                    num_values,
                    encoding,
                    num_nulls,
                    num_rows,
                    def_levels_byte_len,
                    rep_levels_byte_len,
                    is_compressed: false,
                    statistics,
                }
            }
            page => page,
        })
    }

    /// Checks a page's levels, and its places in the dictionary. Gives where its values start.
    fn check_levels(&self, page: &Page) -> Result<usize> {
        let greatest = self.greatest;
        let values = match page {
            Page::DataPage {
                buf,
                num_values,
                def_level_encoding,
                rep_level_encoding,
                ..
            } => {
                let as_runs =
                    |most: i16, encoding: &Encoding| most == 0 || *encoding == Encoding::RLE;
                if !as_runs(greatest.definition, def_level_encoding)
                    || !as_runs(greatest.repetition, rep_level_encoding)
                {
                    return Err(ParquetError::NYI("levels that are no runs".to_owned()));
                }
                levels::after(buf, greatest, *num_values)
            }
            Page::DataPageV2 {
                buf,
                num_values,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                let parts = buf.split_at_checked(*rep_levels_byte_len as usize);
                let parts = parts.and_then(|(repetition, rest)| {
                    let (definition, values) =
                        rest.split_at_checked(*def_levels_byte_len as usize)?;
                    Some((repetition, definition, values))
                });
                parts
                    .filter(|(repetition, definition, _)| {
                        levels::are_whole(repetition, greatest.repetition, *num_values)
                            && levels::are_whole(definition, greatest.definition, *num_values)
                    })
                    .map(|(_, _, values)| values)
            }
            Page::DictionaryPage { .. } => return Ok(0),
        };
        let Some(values) = values else {
            return Err(ParquetError::EOF("levels are cut off".to_owned()));
        };
        let length = self.dictionary.unwrap_or(0);
        if BY_DICTIONARY.contains(&page.encoding()) && !levels::are_below(values, length) {
            return Err(ParquetError::EOF("a dictionary is too short".to_owned()));
        }
        Ok(page.buffer().len() - values.len())
    }

    /// The page with its values one after the other, where it has all their first bytes, then all their second, and so
    /// on: the crate's reader of that encoding takes the number of values as it stands.
    fn joined(&self, mut page: Page, values_start: usize) -> Page {
        if let Page::DataPage { buf, encoding, .. } | Page::DataPageV2 { buf, encoding, .. } =
            &mut page
            && *encoding == Encoding::BYTE_STREAM_SPLIT
        {
            let (levels, split) = buf.split_at(values_start);
            let count = split.len() / self.width;
            let mut plain = levels.to_vec();
            for value in 0..count {
                plain.extend((0..self.width).map(|byte| split[byte * count + value]));
            }
            *buf = plain.into();
            *encoding = Encoding::PLAIN;
        }
        page
    }

    /// A page that says it has more values than its chunk makes readers take memory for them.
    fn check_counts(&mut self, page: &Page) -> Result<()> {
        if let Page::DictionaryPage {
            num_values, buf, ..
        } = page
        {
            self.dictionary = Some(*num_values);
            return match self.codec {
                None => check_dictionary(*num_values, self.width, buf),
                Some(_) => Ok(()),
            };
        }
        if let Page::DataPageV2 {
            buf,
            def_levels_byte_len,
            rep_levels_byte_len,
            num_values,
            num_nulls,
            ..
        } = page
            && (*def_levels_byte_len as usize + *rep_levels_byte_len as usize > buf.len()
                || num_nulls > num_values)
        {
            return Err(ParquetError::EOF("levels are cut off".to_owned()));
        }
        if BY_DICTIONARY.contains(&page.encoding()) && self.dictionary.is_none() {
            return Err(ParquetError::EOF("a dictionary is missing".to_owned()));
        }
        let left = self.values_left.checked_sub(u64::from(page.num_values()));
        self.values_left = left.ok_or_else(|| {
            ParquetError::General("a page has more values than its column".to_owned())
        })?;
        Ok(())
    }
}

/// Every value of a dictionary takes some bytes of it.
fn check_dictionary(values: u32, width: usize, plain: &Bytes) -> Result<()> {
    if (values as usize).saturating_mul(width) <= plain.len() {
        return Ok(());
    }
    Err(ParquetError::General(
        "a dictionary says that it has more values than bytes".to_owned(),
    ))
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        match self.pages.get_next_page()? {
            Some(page) => {
                let page = self.unpacked(page)?;
                let values_start = self.check_levels(&page)?;
                Ok(Some(self.joined(page, values_start)))
            }
            None => Ok(None),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}
