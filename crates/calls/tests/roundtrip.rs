//! Made-up values reach everything a type can hold, come back unharmed, and types that a codec would harm are
//! named.

use assay_calls::native::CborCodec;
use assay_calls::testing::{
    CallNames, ExplainErrors, RandomError, Rng, RoundtripCalls, RoundtripReason, random, roundtrip,
};
use assay_calls::{
    CallFailure, ChannelFailure, Codec, CodecError, Event, Explanation, NoError, calls,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every shape that serde knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// A unit.
    Unit,
    /// A newtype.
    New(Wrapped),
    /// A tuple.
    Tuple(u64, i64, char),
    /// Fields.
    Fields {
        /// A map with any keys.
        map: BTreeMap<u64, Option<f64>>,
        /// A map without order.
        hash: HashMap<String, u8>,
        /// Recursion.
        inner: Vec<Shape>,
    },
    /// Recursion without a list.
    Both(Box<Shape>, Box<Shape>),
}

/// A newtype.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wrapped(f64, f32);

/// Everything that an internally tagged enum can hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Tagged {
    /// Without content.
    Nothing,
    /// A struct's fields.
    New(Holds),
    /// Fields, and another such enum in two places.
    Fields {
        /// Numbers.
        numbers: (u8, i8, u64, i64, f32, f64),
        /// An array.
        interval: Option<[f64; 2]>,
        /// Whether.
        is_so: bool,
        /// Another one.
        other: Other,
        /// More of them.
        others: Vec<Option<Other>>,
    },
    /// Itself, and an enum with external tags.
    Inner {
        /// Itself.
        inner: Vec<Tagged>,
        /// Itself without a list.
        next: Box<Tagged>,
        /// Another enum.
        shapes: Option<Vec<Wide>>,
    },
}

/// An enum with every form of variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Wide {
    /// A unit.
    Unit,
    /// A newtype.
    New(Wrapped),
    /// A tuple.
    Tuple(u32, char, String),
    /// Fields.
    Fields {
        /// A text.
        text: Option<String>,
    },
}

/// Another tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of")]
pub enum Other {
    /// One.
    One {
        /// A text.
        text: String,
    },
    /// Two.
    Two,
}

/// A struct within.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Holds {
    /// A text.
    text: String,
    /// A list.
    list: Vec<(String, Option<f64>)>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    One { value: f64 },
}

calls! {
    service "shapes";

    /// A shape for a shape.
    Exchange {
        /// The shape.
        shape: Shape,
        /// Text.
        text: String,
    } -> Vec<Shape>, Refused;

    /// Can't fail.
    Sure -> (), NoError;

    /// Can't be sent.
    Faulty -> bool, Harmed;
}

/// An error.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum Refused {
    /// One way.
    Once,
    /// Another.
    Twice(Explanation),
}

/// Its field is left out when empty, and missed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Harmed {
    #[serde(skip_serializing_if = "String::is_empty")]
    first: String,
    second: u32,
}

#[test]
fn every_call_reply_and_error_comes_back_as_it_was() {
    let mut check = RoundtripCalls::<CborCodec>::default();
    visit(&mut check);
    let [(name, error)] = check.failures.as_slice() else {
        panic!("{:?}", check.failures);
    };
    assert_eq!(*name, "shapes.Faulty");
    assert!(error.type_name.ends_with("::Harmed"), "{error}");
    assert!(check.sent >= 5 * 64, "{}", check.sent);
}

#[test]
fn the_channels_own_types_come_back_as_they_were() {
    roundtrip::<CborCodec, Event>().unwrap();
    roundtrip::<CborCodec, ChannelFailure>().unwrap();
    roundtrip::<CborCodec, CallFailure<Refused>>().unwrap();
    assert_eq!(roundtrip::<CborCodec, NoError>(), Ok(0));
}

#[test]
fn made_up_values_reach_every_variant_and_the_ends_of_each_range() {
    let mut rng = Rng::new(1);
    let values: Vec<Shape> = (0..400).map(|_| random(&mut rng).unwrap()).collect();
    let mut variants = [0; 5];
    for value in &values {
        variants[match value {
            Shape::Unit => 0,
            Shape::New(_) => 1,
            Shape::Tuple(..) => 2,
            Shape::Fields { .. } => 3,
            Shape::Both(..) => 4,
        }] += 1;
    }
    assert!(variants.iter().all(|n| *n > 20), "{variants:?}");
    let floats: Vec<f64> = (0..400).map(|_| random(&mut rng).unwrap()).collect();
    let any = |test: fn(f64) -> bool| floats.iter().any(|f| test(*f));
    assert!(any(f64::is_nan) && any(|f| f == f64::INFINITY) && any(|f| f == f64::NEG_INFINITY));
    assert!(any(|f| f == 0.0 && f.is_sign_negative()));
    let numbers: Vec<u64> = (0..200).map(|_| random(&mut rng).unwrap()).collect();
    assert!(numbers.contains(&u64::MAX) && numbers.contains(&0));
    let texts: Vec<String> = (0..400).map(|_| random(&mut rng).unwrap()).collect();
    assert!(texts.iter().any(String::is_empty) && texts.iter().any(|t| t.len() > 20_000));
    let lists: Vec<Vec<u8>> = (0..400).map(|_| random(&mut rng).unwrap()).collect();
    assert!(lists.iter().any(Vec::is_empty) && lists.iter().any(|l| l.len() == 1_000));
}

#[test]
fn internally_tagged_enums_are_made_up_with_all_that_they_hold() {
    roundtrip::<CborCodec, Tagged>().unwrap();
    roundtrip::<CborCodec, Option<Vec<(Other, Tagged)>>>().unwrap();
    let mut rng = Rng::new(1);
    let mut values: Vec<Tagged> = (0..400).map(|_| random(&mut rng).unwrap()).collect();
    let mut variants = [0; 4];
    let (mut intervals, mut shapes, mut nans, mut others) = ([0; 2], [0; 4], 0, [0; 2]);
    while let Some(value) = values.pop() {
        variants[match value {
            Tagged::Nothing => 0,
            Tagged::New(_) => 1,
            Tagged::Fields {
                interval,
                numbers,
                other,
                ..
            } => {
                intervals[usize::from(interval.is_some())] += 1;
                nans += usize::from(numbers.4.is_nan() || numbers.5.is_nan());
                others[usize::from(other == Other::Two)] += 1;
                2
            }
            Tagged::Inner {
                inner,
                next,
                shapes: wide,
            } => {
                values.extend(inner);
                values.push(*next);
                for shape in wide.into_iter().flatten() {
                    shapes[match shape {
                        Wide::Unit => 0,
                        Wide::New(_) => 1,
                        Wide::Tuple(..) => 2,
                        Wide::Fields { .. } => 3,
                    }] += 1;
                }
                3
            }
        }] += 1;
    }
    let seen = [&variants[..], &intervals, &shapes, &[nans], &others];
    assert!(seen.iter().all(|n| n.iter().all(|n| *n > 10)), "{seen:?}");
}

#[test]
fn untagged_enums_are_refused_by_the_name_of_the_type() {
    let error = roundtrip::<CborCodec, Untagged>().unwrap_err();
    assert!(error.type_name.ends_with("::Untagged"));
    let reason = RoundtripReason::NotMadeUp(RandomError::AsksForAnything);
    assert_eq!(error.reason, reason);
    assert!(error.to_string().contains("external"), "{error}");
}

/// A codec like the one this replaces: what JSON can't say is null.
struct JsonLike;

impl Codec for JsonLike {
    type Value = serde_json::Value;

    fn encode<T: Serialize>(value: &T) -> Result<Self::Value, CodecError> {
        serde_json::to_value(value).map_err(CodecError::new)
    }

    fn decode<T: DeserializeOwned>(value: Self::Value) -> Result<T, CodecError> {
        serde_json::from_value(value).map_err(CodecError::new)
    }
}

#[test]
fn a_codec_that_loses_nan_and_infinity_is_found_out() {
    let error = roundtrip::<JsonLike, f64>().unwrap_err();
    assert!(
        matches!(error.reason, RoundtripReason::NotDecoded(_)),
        "{error}"
    );
    let error = roundtrip::<JsonLike, Option<f64>>().unwrap_err();
    assert!(
        matches!(error.reason, RoundtripReason::Changed(_)),
        "{error}"
    );
}

#[test]
fn names_of_calls_are_known_to_tests() {
    let mut names = CallNames::default();
    visit(&mut names);
    assert_eq!(names.0, ["shapes.Exchange", "shapes.Sure", "shapes.Faulty"]);
}

#[test]
fn every_variant_of_every_error_is_explained_but_not_what_crossed_as_an_explanation() {
    let mut errors = ExplainErrors::default();
    visit(&mut errors);
    assert!(errors.failures.is_empty(), "{:?}", errors.failures);
    let kinds: BTreeSet<&str> = errors.explanations.iter().map(|e| &*e.kind).collect();
    let expected = ["harmed", "refused-once", "refused-twice"];
    assert_eq!(kinds, BTreeSet::from(expected));
    let causes = errors.explanations.iter().filter_map(|e| e.cause.as_ref());
    let causes: BTreeSet<&str> = causes.map(|cause| &*cause.kind).collect();
    assert_eq!(causes, BTreeSet::from([ExplainErrors::OTHER]));
    assert_eq!(errors.types, BTreeSet::from(["Harmed", "Refused"]));
}
