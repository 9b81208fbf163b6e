//! Lists, records, maps and variants, piece by piece.

use super::value::{Fields, ReadError, Reader};
use js_sys::{Array, JsString, Object};
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Object)]
    type Record;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn field(this: &Record, name: &JsString) -> JsValue;
}

thread_local! {
    /// Names of fields as JavaScript has them, by where they are in the program.
    static NAMES: RefCell<BTreeMap<(usize, usize), JsString>> = const { RefCell::new(BTreeMap::new()) };
}

/// The field of a record; nothing where it is not there.
#[inline(never)]
fn field(record: &Record, name: &'static str) -> Option<JsValue> {
    NAMES.with_borrow_mut(|names| {
        let place = (name.as_ptr() as usize, name.len());
        let name = names.entry(place).or_insert_with(|| JsString::from(name));
        let value = record.field(name);
        (!value.is_undefined() || name.js_in(record)).then_some(value)
    })
}

/// The elements of a list, or the fields of a record in the order in which its type has them.
pub(super) struct Items {
    source: JsValue,
    fields: Option<Fields>,
    next: u32,
}

impl Items {
    pub(super) fn of_list(list: Array) -> Self {
        Self {
            source: list.into(),
            fields: None,
            next: 0,
        }
    }

    pub(super) fn of_record(record: Object, fields: Fields) -> Self {
        Self {
            source: record.into(),
            fields: Some(fields),
            next: 0,
        }
    }

    /// The next one; nothing after the last element, and for a field that is not there.
    #[inline(never)]
    fn next(&mut self) -> Option<Reader> {
        let at = self.next;
        self.next += 1;
        let value = match self.fields {
            Some(fields) => field(self.source.unchecked_ref(), fields.get(at as usize)?),
            None => {
                let list: &Array = self.source.unchecked_ref();
                (at < list.length()).then(|| list.get(at))
            }
        };
        value.map(Reader)
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        match self.next() {
            Some(value) => seed.deserialize(value).map(Some),
            None => Ok(None),
        }
    }
}

/// The pairs of a map, each a list of two.
pub(super) struct Pairs {
    pairs: Items,
    value: JsValue,
}

impl Pairs {
    pub(super) fn of(pairs: Array) -> Self {
        Self {
            pairs: Items::of_list(pairs),
            value: JsValue::UNDEFINED,
        }
    }

    #[inline(never)]
    fn next_key(&mut self) -> Option<Reader> {
        let pair: Array = self.pairs.next()?.0.unchecked_into();
        self.value = pair.get(1);
        Some(Reader(pair.get(0)))
    }
}

impl<'de> MapAccess<'de> for Pairs {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        match self.next_key() {
            Some(key) => seed.deserialize(key).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        seed.deserialize(Reader(std::mem::take(&mut self.value)))
    }
}

/// A variant of an enum.
pub(super) struct Variant {
    pub(super) name: Reader,
    pub(super) contents: Reader,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = ReadError;
    type Variant = Reader;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Reader), ReadError> {
        Ok((seed.deserialize(self.name)?, self.contents))
    }
}
