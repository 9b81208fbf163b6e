//! A value as bytes that are equal exactly when the values are: every NaN is the same, the order of a map's
//! entries does not count. Independent of every codec, so that it can compare what a codec made of a value.

use crate::codec::CodecError;
use serde::ser::{self, Serialize, Serializer};

/// The bytes of a value. A hash set's order counts, as it is serialised like a list.
///
/// # Errors
/// When the value's own `Serialize` fails.
pub fn canonical<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::new();
    value.serialize(Canonical(&mut out))?;
    Ok(out)
}

const END: u8 = b')';

struct Canonical<'a>(&'a mut Vec<u8>);

impl<'a> Canonical<'a> {
    fn put(self, tag: u8, bytes: &[u8]) -> Result<(), CodecError> {
        self.0.push(tag);
        self.0.extend(bytes);
        Ok(())
    }

    fn text(self, tag: u8, bytes: &[u8]) -> Result<(), CodecError> {
        self.0.push(tag);
        self.0.extend((bytes.len() as u64).to_le_bytes());
        self.0.extend(bytes);
        Ok(())
    }

    fn begin(self, tag: u8, variant: Option<u32>) -> Result<Parts<'a>, CodecError> {
        self.0.push(tag);
        self.0.extend(variant.unwrap_or_default().to_le_bytes());
        Ok(Parts {
            out: self.0,
            entries: Vec::new(),
        })
    }
}

macro_rules! whole_numbers {
    ($($method:ident: $type:ty = $tag:literal),*) => {
        $(fn $method(self, value: $type) -> Result<(), CodecError> {
            self.put($tag, &value.to_le_bytes())
        })*
    };
}

impl<'a> Serializer for Canonical<'a> {
    type Ok = ();
    type Error = CodecError;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    whole_numbers!(serialize_i8: i8 = b'1', serialize_i16: i16 = b'2', serialize_i32: i32 = b'3',
        serialize_i64: i64 = b'4', serialize_u8: u8 = b'5', serialize_u16: u16 = b'6',
        serialize_u32: u32 = b'7', serialize_u64: u64 = b'8');

    fn serialize_bool(self, value: bool) -> Result<(), CodecError> {
        self.put(b'b', &[u8::from(value)])
    }
    fn serialize_f32(self, value: f32) -> Result<(), CodecError> {
        let value = if value.is_nan() { f32::NAN } else { value };
        self.put(b'f', &value.to_bits().to_le_bytes())
    }
    fn serialize_f64(self, value: f64) -> Result<(), CodecError> {
        let value = if value.is_nan() { f64::NAN } else { value };
        self.put(b'd', &value.to_bits().to_le_bytes())
    }
    fn serialize_char(self, value: char) -> Result<(), CodecError> {
        self.put(b'c', &u32::from(value).to_le_bytes())
    }
    fn serialize_str(self, value: &str) -> Result<(), CodecError> {
        self.text(b's', value.as_bytes())
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<(), CodecError> {
        self.text(b'y', value)
    }
    fn serialize_none(self) -> Result<(), CodecError> {
        self.put(b'n', &[])
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), CodecError> {
        self.0.push(b'o');
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), CodecError> {
        self.put(b'u', &[])
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), CodecError> {
        self.put(b'u', &[])
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
    ) -> Result<(), CodecError> {
        self.put(b'v', &variant.to_le_bytes())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), CodecError> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), CodecError> {
        self.0.push(b'w');
        self.0.extend(variant.to_le_bytes());
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, CodecError> {
        self.begin(b'[', None)
    }
    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, CodecError> {
        self.begin(b'(', None)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, CodecError> {
        self.begin(b'(', None)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, CodecError> {
        self.begin(b't', Some(variant))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>, CodecError> {
        self.begin(b'm', None)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, CodecError> {
        self.begin(b'{', None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, CodecError> {
        self.begin(b'x', Some(variant))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

struct Parts<'a> {
    out: &'a mut Vec<u8>,
    /// A map's keys and values, put in order at the end.
    entries: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Parts<'_> {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        value.serialize(Canonical(self.out))
    }

    fn finish(mut self) {
        self.entries.sort();
        for (key, value) in self.entries {
            self.out.extend(key);
            self.out.extend(value);
        }
        self.out.push(END);
    }
}

macro_rules! parts {
    ($($trait:ident, $method:ident $(, $key:ident)?;)*) => {
        $(impl ser::$trait for Parts<'_> {
            type Ok = ();
            type Error = CodecError;
            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($key: &'static str,)?
                value: &T,
            ) -> Result<(), CodecError> {
                $(self.out.extend($key.bytes());)?
                self.add(value)
            }
            fn end(self) -> Result<(), CodecError> {
                self.finish();
                Ok(())
            }
        })*
    };
}

parts! {
    SerializeSeq, serialize_element;
    SerializeTuple, serialize_element;
    SerializeTupleStruct, serialize_field;
    SerializeTupleVariant, serialize_field;
    SerializeStruct, serialize_field, key;
    SerializeStructVariant, serialize_field, key;
}

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = CodecError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        self.entries.push((canonical(key)?, Vec::new()));
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let bytes = canonical(value)?;
        if let Some(entry) = self.entries.last_mut() {
            entry.1 = bytes;
        }
        Ok(())
    }
    fn end(self) -> Result<(), CodecError> {
        self.finish();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn signs_of_zero_and_integer_types_differ_and_nans_do_not() {
        assert_ne!(canonical(&0.0).unwrap(), canonical(&-0.0).unwrap());
        assert_ne!(canonical(&1_u8).unwrap(), canonical(&1_u16).unwrap());
        let other_nan = f64::from_bits(f64::NAN.to_bits() | 1);
        assert_eq!(
            canonical(&f64::NAN).unwrap(),
            canonical(&other_nan).unwrap()
        );
    }

    #[test]
    fn boundaries_of_lists_count() {
        let one = vec![vec![1_u8, 2], vec![]];
        let other = vec![vec![1_u8], vec![2]];
        assert_ne!(canonical(&one).unwrap(), canonical(&other).unwrap());
    }

    #[test]
    fn the_order_of_a_maps_entries_does_not_count() {
        let entries = |seed: u32| -> HashMap<u32, u32> { (0..50).map(|i| (i ^ seed, 7)).collect() };
        let (a, b) = (
            canonical(&entries(0)).unwrap(),
            canonical(&entries(1)).unwrap(),
        );
        assert_eq!(a, b);
    }
}
