//! A value of an Arrow array as JSON has it: what is nested stays nested, what JSON has no type for becomes text.

use crate::error::damaged;
use crate::rows::Rows;
use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions as temporal;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray, UnionArray};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};
use assay_data::ContainerError;
use assay_data::ImportError;
use assay_data::import::MAX_COLUMNS;
use serde_json::{Map, Number, Value};

/// How deep values may be nested; JSON's reader has the same limit.
const MAX_DEPTH: usize = 128;

/// Reads values.
pub(super) struct Values<'a> {
    rows: &'a mut Rows,
    depth: usize,
    /// Whether some value were bytes that are no text.
    pub(super) found_binary: bool,
}

impl<'a> Values<'a> {
    /// A reader for values of a row of this table.
    pub(super) fn new(rows: &'a mut Rows) -> Self {
        Self {
            rows,
            depth: 0,
            found_binary: false,
        }
    }

    /// The value in a place of an array.
    pub(super) fn of(&mut self, array: &dyn Array, at: usize) -> Result<Value, ContainerError> {
        if at >= array.len() {
            return Err(damaged(&self.rows.out.file, "a column is too short"));
        }
        if array.is_null(at) {
            return self.missing(array, at);
        }
        match array.data_type() {
            DataType::Null => Ok(Value::Null),
            DataType::Boolean => Ok(array.as_boolean().value(at).into()),
            DataType::Utf8 => self.text(array.as_string::<i32>().value(at)),
            DataType::LargeUtf8 => self.text(array.as_string::<i64>().value(at)),
            DataType::Utf8View => self.text(array.as_string_view().value(at)),
            DataType::Binary => self.bytes(array.as_binary::<i32>().value(at)),
            DataType::LargeBinary => self.bytes(array.as_binary::<i64>().value(at)),
            DataType::BinaryView => self.bytes(array.as_binary_view().value(at)),
            DataType::FixedSizeBinary(_) => self.bytes(array.as_fixed_size_binary().value(at)),
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                let Some(place) = plain(dictionary.keys(), at).as_u64() else {
                    return Err(damaged(&self.rows.out.file, "a category has no name"));
                };
                let place = usize::try_from(place).unwrap_or(usize::MAX);
                self.deeper(|values| values.of(dictionary.values().as_ref(), place))
            }
            DataType::Struct(_) | DataType::Map(..) | DataType::Union(..) => {
                self.deeper(|values| values.object(array, at))
            }
            DataType::List(_)
            | DataType::LargeList(_)
            | DataType::FixedSizeList(..)
            | DataType::ListView(_)
            | DataType::LargeListView(_) => self.deeper(|values| values.list(array, at)),
            DataType::RunEndEncoded(..) => self.run(array, at),
            _ => Ok(plain(array, at)),
        }
    }

    /// A missing value. Fields of a missing object are missing each, so that they are columns all the same.
    fn missing(&mut self, array: &dyn Array, at: usize) -> Result<Value, ContainerError> {
        match array.data_type() {
            DataType::Struct(fields) => {
                let missing = fields.iter().map(|f| (f.name().clone(), Value::Null));
                Ok(Value::Object(missing.collect()))
            }
            DataType::List(_) | DataType::LargeList(_) => Ok(Value::Array(Vec::new())),
            DataType::RunEndEncoded(..) => self.run(array, at),
            _ => Ok(Value::Null),
        }
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, ContainerError>,
    ) -> Result<Value, ContainerError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(damaged(&self.rows.out.file, "values are nested too deep"));
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn text(&mut self, text: &str) -> Result<Value, ContainerError> {
        self.rows.count_text(text.len())?;
        Ok(text.into())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<Value, ContainerError> {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return self.text(text);
        }
        self.found_binary = true;
        Ok(Value::Null)
    }

    fn object(&mut self, array: &dyn Array, at: usize) -> Result<Value, ContainerError> {
        let mut object = Map::new();
        match array.data_type() {
            DataType::Struct(fields) => {
                let columns = array.as_struct().columns();
                for (field, column) in fields.iter().zip(columns) {
                    object.insert(field.name().clone(), self.of(column.as_ref(), at)?);
                }
            }
            DataType::Map(..) => {
                let entries: ArrayRef = std::sync::Arc::new(array.as_map().value(at));
                let [keys, values] = entries.as_struct().columns() else {
                    return Ok(Value::Null);
                };
                self.check_length(entries.len())?;
                for entry in 0..entries.len() {
                    let key = match self.of(keys.as_ref(), entry)? {
                        Value::String(key) => key,
                        other => other.to_string(),
                    };
                    object.insert(key, self.of(values.as_ref(), entry)?);
                }
            }
            _ => {
                let union = array.as_any().downcast_ref::<UnionArray>();
                return match union {
                    Some(union) => self.of(union.value(at).as_ref(), 0),
                    None => Ok(Value::Null),
                };
            }
        }
        Ok(Value::Object(object))
    }

    fn list(&mut self, array: &dyn Array, at: usize) -> Result<Value, ContainerError> {
        let items = match array.data_type() {
            DataType::List(_) => array.as_list::<i32>().value(at),
            DataType::LargeList(_) => array.as_list::<i64>().value(at),
            DataType::ListView(_) => array.as_list_view::<i32>().value(at),
            DataType::LargeListView(_) => array.as_list_view::<i64>().value(at),
            _ => array.as_fixed_size_list().value(at),
        };
        self.check_length(items.len())?;
        let values = (0..items.len()).map(|item| self.of(items.as_ref(), item));
        Ok(Value::Array(values.collect::<Result<_, _>>()?))
    }

    /// Each item becomes a column.
    fn check_length(&self, found: usize) -> Result<(), ContainerError> {
        if found <= MAX_COLUMNS {
            return Ok(());
        }
        let error = ImportError::TooManyColumns {
            file: self.rows.out.file.clone(),
            found,
            limit: MAX_COLUMNS,
        };
        Err(error.into())
    }

    fn run(&mut self, array: &dyn Array, at: usize) -> Result<Value, ContainerError> {
        macro_rules! physical {
            ($($type:ty),*) => {
                $(if let Some(runs) = array.as_run_opt::<$type>() {
                    let place = runs.get_physical_index(at);
                    return self.deeper(|values| values.of(runs.values().as_ref(), place));
                })*
            };
        }
        physical!(Int16Type, Int32Type, Int64Type);
        Ok(Value::Null)
    }
}

/// A number, a decimal number, or a time.
fn plain(array: &dyn Array, at: usize) -> Value {
    macro_rules! native {
        ($type:ty) => {
            array.as_primitive::<$type>().value(at)
        };
    }
    match array.data_type() {
        DataType::Int8 => native!(Int8Type).into(),
        DataType::Int16 => native!(Int16Type).into(),
        DataType::Int32 => native!(Int32Type).into(),
        DataType::Int64 => native!(Int64Type).into(),
        DataType::UInt8 => native!(UInt8Type).into(),
        DataType::UInt16 => native!(UInt16Type).into(),
        DataType::UInt32 => native!(UInt32Type).into(),
        DataType::UInt64 => native!(UInt64Type).into(),
        DataType::Float16 => short(native!(Float16Type)),
        DataType::Float32 => short(native!(Float32Type)),
        DataType::Float64 => native!(Float64Type).into(),
        DataType::Decimal32(..) => array
            .as_primitive::<Decimal32Type>()
            .value_as_string(at)
            .into(),
        DataType::Decimal64(..) => array
            .as_primitive::<Decimal64Type>()
            .value_as_string(at)
            .into(),
        DataType::Decimal128(..) => array
            .as_primitive::<Decimal128Type>()
            .value_as_string(at)
            .into(),
        DataType::Decimal256(..) => array
            .as_primitive::<Decimal256Type>()
            .value_as_string(at)
            .into(),
        DataType::Date32 => {
            text(temporal::date32_to_datetime(native!(Date32Type)).map(|d| d.date().to_string()))
        }
        DataType::Date64 => {
            text(temporal::date64_to_datetime(native!(Date64Type)).map(|d| d.date().to_string()))
        }
        DataType::Time32(TimeUnit::Second) => {
            text(temporal::time32s_to_time(native!(Time32SecondType)).map(|t| t.to_string()))
        }
        DataType::Time32(_) => {
            text(temporal::time32ms_to_time(native!(Time32MillisecondType)).map(|t| t.to_string()))
        }
        DataType::Time64(TimeUnit::Microsecond) => {
            text(temporal::time64us_to_time(native!(Time64MicrosecondType)).map(|t| t.to_string()))
        }
        DataType::Time64(_) => {
            text(temporal::time64ns_to_time(native!(Time64NanosecondType)).map(|t| t.to_string()))
        }
        DataType::Timestamp(unit, zone) => timestamp(array, at, *unit, zone.is_some()),
        DataType::Duration(unit) => duration(array, at, *unit),
        DataType::Interval(IntervalUnit::YearMonth) => native!(IntervalYearMonthType).into(),
        _ => Value::Null,
    }
}

/// The shortest decimal number that stands for a number of less precision; widened as it is, 0.1 would be
/// 0.10000000149011612.
fn short(value: impl ToString) -> Value {
    let shortest = value.to_string().parse().ok().and_then(Number::from_f64);
    shortest.map_or(Value::Null, Value::Number)
}

fn text(value: Option<String>) -> Value {
    value.map_or(Value::Null, Value::String)
}

/// A point in time in ISO 8601: of the clock on the wall, or with `Z` where the time zone is known.
fn timestamp(array: &dyn Array, at: usize, unit: TimeUnit, has_zone: bool) -> Value {
    fn read<T: ArrowPrimitiveType<Native = i64>>(array: &dyn Array, at: usize) -> i64 {
        let array: &PrimitiveArray<T> = array.as_primitive();
        array.value(at)
    }
    let when = match unit {
        TimeUnit::Second => {
            temporal::timestamp_s_to_datetime(read::<TimestampSecondType>(array, at))
        }
        TimeUnit::Millisecond => {
            temporal::timestamp_ms_to_datetime(read::<TimestampMillisecondType>(array, at))
        }
        TimeUnit::Microsecond => {
            temporal::timestamp_us_to_datetime(read::<TimestampMicrosecondType>(array, at))
        }
        TimeUnit::Nanosecond => {
            temporal::timestamp_ns_to_datetime(read::<TimestampNanosecondType>(array, at))
        }
    };
    let zone = if has_zone { "Z" } else { "" };
    text(when.map(|when| format!("{}T{}{zone}", when.date(), when.time())))
}

/// A span of time in seconds.
fn duration(array: &dyn Array, at: usize, unit: TimeUnit) -> Value {
    let (count, per_second) = match unit {
        TimeUnit::Second => (array.as_primitive::<DurationSecondType>().value(at), 1.0),
        TimeUnit::Millisecond => (
            array.as_primitive::<DurationMillisecondType>().value(at),
            1e3,
        ),
        TimeUnit::Microsecond => (
            array.as_primitive::<DurationMicrosecondType>().value(at),
            1e6,
        ),
        TimeUnit::Nanosecond => (
            array.as_primitive::<DurationNanosecondType>().value(at),
            1e9,
        ),
    };
    (count as f64 / per_second).into()
}
