//! Parquet, row group by row group.

use super::pages::Group;
use super::push;
use crate::error::{bytes_within, damaged};
use crate::event::{Event, Progress, Receiver, give};
use crate::rows::Rows;
use crate::source::ReadAt;
use crate::unwinding::guarded;
use arrow_schema::{DataType, Field, FieldRef, Fields};
use assay_data::ContainerError;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels, parquet_to_arrow_schema};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use send_wrapper::SendWrapper;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

/// Rows that are read at a time.
const BATCH: usize = 512;
/// Bytes of the metadata at the end of a file.
const MAX_METADATA: u64 = 64_000_000;
/// Values of a column in a row group. Values within lists have to fit into memory, as a row can hold them all.
const MAX_VALUES: u64 = 16_000_000;
/// Bytes of the length and mark at the end.
const FOOTER: usize = 8;

/// Gives the file's table.
pub(crate) fn read(
    path: &str,
    source: &Rc<dyn ReadAt>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let wrong = |error: ParquetError| match error {
        ParquetError::NYI(what) => ContainerError::Unsupported {
            file: path.to_owned(),
            what,
        },
        error => damaged(path, error),
    };
    let metadata = Arc::new(metadata(path, source.as_ref())?);
    let schema = metadata.file_metadata().schema_descr();
    let hint = hint(&metadata);
    let levels = parquet_to_arrow_field_levels(schema, ProjectionMask::all(), hint.as_ref());
    let levels = levels.map_err(wrong)?;
    let mut rows = Rows::new(path, source.bytes());
    let groups = metadata.row_groups();
    let all = groups
        .iter()
        .map(|g| u64::try_from(g.num_rows()).unwrap_or(0));
    let all = all.fold(0, u64::saturating_add);
    rows.expect(all, schema.num_columns())?;
    for (index, group) in groups.iter().enumerate() {
        check(path, group, schema.num_columns(), source.bytes())?;
        let group = Group {
            metadata: Arc::clone(&metadata),
            index,
            source: SendWrapper::new(Rc::clone(source)),
        };
        let mut batches = guarded(path, || {
            ParquetRecordBatchReader::try_new_with_row_groups(&levels, &group, BATCH, None)
                .map_err(wrong)
        })?;
        let mut next = || {
            guarded(path, || {
                let batch = batches.next().transpose();
                batch.map_err(|error| damaged(path, error))
            })
        };
        while let Some(batch) = next()? {
            push(&batch, &mut rows)?;
            if rows.give(each)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            let done = rows.count();
            let progress = Progress {
                rows: done,
                done,
                all,
            };
            if give(Event::Progress(progress), each)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    give(Event::Table(rows.finish()?), each)
}

fn metadata(path: &str, source: &dyn ReadAt) -> Result<ParquetMetaData, ContainerError> {
    let read = |start: u64, length: usize| {
        let file = || path.to_owned();
        let bytes = source.read(start, length);
        bytes.map_err(|_| ContainerError::Unreadable { file: file() })
    };
    let cut_off = || damaged(path, "its end is missing");
    let footer_start = source.bytes().checked_sub(FOOTER as u64);
    let footer_start = footer_start.ok_or_else(cut_off)?;
    let footer = read(footer_start, FOOTER)?;
    let Some((length, mark)) = footer.split_first_chunk::<4>() else {
        return Err(cut_off());
    };
    match mark {
        b"PAR1" => {}
        b"PARE" => {
            let file = path.to_owned();
            return Err(ContainerError::Encrypted { file });
        }
        _ => return Err(cut_off()),
    }
    let length = u32::from_le_bytes(*length);
    bytes_within(path, length.into(), MAX_METADATA)?;
    let start = footer_start.checked_sub(length.into());
    let bytes = read(start.ok_or_else(cut_off)?, length as usize)?;
    ParquetMetaDataReader::decode_metadata(&bytes).map_err(|error| damaged(path, error))
}

/// Refuses a row group whose columns are not where and what the file says.
fn check(
    path: &str,
    group: &RowGroupMetaData,
    columns: usize,
    bytes: u64,
) -> Result<(), ContainerError> {
    let rows = u64::try_from(group.num_rows()).ok();
    let rows = rows.ok_or_else(|| damaged(path, "a row group has fewer rows than none"))?;
    if group.num_columns() != columns {
        return Err(damaged(path, "a row group lacks columns"));
    }
    for column in group.columns() {
        let start = column
            .dictionary_page_offset()
            .unwrap_or(column.data_page_offset());
        let start = u64::try_from(start).ok();
        let length = u64::try_from(column.compressed_size()).ok();
        let end = start.zip(length).and_then(|(s, l)| s.checked_add(l));
        if end.is_none_or(|end| end > bytes) || column.data_page_offset() < 0 {
            return Err(damaged(path, "a column lies outside of the file"));
        }
        let values = u64::try_from(column.num_values()).unwrap_or(u64::MAX);
        let is_nested = column.column_descr().max_rep_level() > 0;
        if is_nested && values > rows.max(MAX_VALUES) || !is_nested && values != rows {
            return Err(damaged(path, "a column has another number of values"));
        }
    }
    Ok(())
}

/// The types to read columns as: those that the writer had, but texts as views into the pages. With offsets, a text
/// that stands once in the file would be copied for each row that has it before anything can be counted.
fn hint(metadata: &ParquetMetaData) -> Option<Fields> {
    let file = metadata.file_metadata();
    let schema = parquet_to_arrow_schema(file.schema_descr(), file.key_value_metadata())
        .or_else(|_| parquet_to_arrow_schema(file.schema_descr(), None));
    Some(schema.ok()?.fields().iter().map(viewed).collect())
}

fn viewed(field: &FieldRef) -> FieldRef {
    let kind = view(field.data_type());
    Arc::new(Field::clone(field).with_data_type(kind))
}

fn view(kind: &DataType) -> DataType {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, value) => view(value),
        DataType::List(item) => DataType::List(viewed(item)),
        DataType::LargeList(item) => DataType::LargeList(viewed(item)),
        DataType::FixedSizeList(item, length) => DataType::FixedSizeList(viewed(item), *length),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(viewed).collect()),
        DataType::Map(entries, sorted) => DataType::Map(viewed(entries), *sorted),
        other => other.clone(),
    }
}
