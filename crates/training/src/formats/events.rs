//! TensorBoard's event files: TFRecord frames, each with two masked CRC-32C sums, around protocol buffers
//! (tensorflow/core/util/event.proto and framework/summary.proto). Scalars are taken, in the old form
//! (`simple_value`) and as tensors; all else is passed over.

use super::format::Format;
use crate::{Point, Run};
use prost::Message;

#[derive(Clone, PartialEq, Message)]
struct Event {
    #[prost(double, tag = "1")]
    wall_time: f64,
    #[prost(int64, tag = "2")]
    step: i64,
    #[prost(message, optional, tag = "5")]
    summary: Option<Summary>,
}

#[derive(Clone, PartialEq, Message)]
struct Summary {
    #[prost(message, repeated, tag = "1")]
    value: Vec<Value>,
}

#[derive(Clone, PartialEq, Message)]
struct Value {
    #[prost(string, tag = "1")]
    tag: String,
    #[prost(float, optional, tag = "2")]
    simple_value: Option<f32>,
    #[prost(message, optional, tag = "8")]
    tensor: Option<Tensor>,
}

#[derive(Clone, PartialEq, Message)]
struct Tensor {
    #[prost(int32, tag = "1")]
    dtype: i32,
    #[prost(message, optional, tag = "2")]
    shape: Option<Shape>,
    #[prost(bytes = "vec", tag = "4")]
    content: Vec<u8>,
    #[prost(float, repeated, tag = "5")]
    float_val: Vec<f32>,
    #[prost(double, repeated, tag = "6")]
    double_val: Vec<f64>,
}

#[derive(Clone, PartialEq, Message)]
struct Shape {
    #[prost(message, repeated, tag = "2")]
    dim: Vec<Dim>,
}

#[derive(Clone, PartialEq, Message)]
struct Dim {
    #[prost(int64, tag = "1")]
    size: i64,
}

/// DT_FLOAT and DT_DOUBLE in tensorflow/core/framework/types.proto.
const FLOAT: i32 = 1;
const DOUBLE: i32 = 2;

impl Value {
    fn scalar(&self) -> Option<f64> {
        if let Some(value) = self.simple_value {
            return Some(f64::from(value));
        }
        let tensor = self.tensor.as_ref()?;
        let items: i64 = tensor
            .shape
            .iter()
            .flat_map(|s| &s.dim)
            .map(|d| d.size.max(0))
            .fold(1, i64::saturating_mul);
        if items != 1 {
            return None;
        }
        match tensor.dtype {
            FLOAT => {
                let packed = tensor.content.first_chunk().map(|b| f32::from_le_bytes(*b));
                tensor.float_val.first().copied().or(packed).map(f64::from)
            }
            DOUBLE => {
                let packed = tensor.content.first_chunk().map(|b| f64::from_le_bytes(*b));
                tensor.double_val.first().copied().or(packed)
            }
            _ => None,
        }
    }
}

/// CRC-32C as TFRecord masks it.
fn masked_crc(bytes: &[u8]) -> u32 {
    crc32c::crc32c(bytes)
        .rotate_right(15)
        .wrapping_add(0xa282_ead8)
}

/// The payload of the next frame and what follows it; `None` where its sums are wrong or it is cut off.
fn frame(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    if u32::from_le_bytes(*sum) != masked_crc(length) {
        return None;
    }
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (payload, rest) = rest.split_at_checked(length)?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    (u32::from_le_bytes(*sum) == masked_crc(payload)).then_some((payload, rest))
}

/// Event files.
pub(crate) const FORMAT: Format = Format {
    name: "tensorboard-events",
    detects: |source| is_events(source.bytes),
    read: |source| Ok(vec![read(source.bytes)]),
};

/// Whether bytes begin as an event file does.
fn is_events(head: &[u8]) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<8>() else {
        return false;
    };
    let sum = rest.first_chunk::<4>().map(|b| u32::from_le_bytes(*b));
    sum == Some(masked_crc(length))
}

/// The run in an event file. What stands before a damaged or unfinished frame is kept, as TensorBoard
/// does; the rest can't be found again and counts as one unread record.
fn read(mut bytes: &[u8]) -> Run {
    let mut run = Run::default();
    while !bytes.is_empty() {
        let Some((payload, rest)) = frame(bytes) else {
            run.unread += 1;
            break;
        };
        bytes = rest;
        match Event::decode(payload) {
            Ok(event) => take(&mut run, &event),
            Err(_) => run.unread += 1,
        }
    }
    run.settle();
    run
}

fn take(run: &mut Run, event: &Event) {
    let values = event.summary.iter().flat_map(|s| &s.value);
    let scalars = values.filter_map(|v| Some((v.tag.as_str(), v.scalar()?)));
    let scalars: Vec<(&str, f64)> = scalars.collect();
    let epoch = scalars
        .iter()
        .find(|(tag, _)| tag.ends_with("epoch"))
        .map(|s| s.1);
    for (tag, value) in &scalars {
        let point = Point {
            step: Some(event.step as f64),
            epoch,
            time: Some(event.wall_time).filter(|t| t.is_finite()),
            value: *value,
        };
        run.log(tag, point);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WRITTEN: &[u8] = include_bytes!("../../tests/training/events.out.tfevents.small");

    #[test]
    fn tensorboard_files_are_read_even_when_cut_off() {
        assert!(is_events(WRITTEN));
        let run = read(WRITTEN);
        let loss = run.train_loss().unwrap();
        assert_eq!(loss.points.len(), 20);
        assert_eq!(loss.points[3].step, Some(4.0));
        assert_eq!(loss.points[3].value, f64::from(1.0f32 / 4.0));
        assert_eq!(run.unread, 0);
        let cut = read(&WRITTEN[..WRITTEN.len() - 3]);
        assert_eq!(cut.unread, 1);
        assert_eq!(cut.points(), run.points() - 1);
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let mut bytes = WRITTEN.to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        assert_eq!(read(&bytes).unread, 1);
    }

    proptest! {
        #[test]
        fn hostile_bytes_give_a_run_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..400),
            at in 0..WRITTEN.len(), byte in any::<u8>())
        {
            // A refusal is as good as a result: only a panic fails this test.
            let _ = read(&bytes);
            let _ = Event::decode(&bytes[..]).map(|e| take(&mut Run::default(), &e));
            let mut changed = WRITTEN.to_vec();
            changed[at] = byte;
            // A refusal is as good as a result: only a panic fails this test.
            let _ = read(&changed);
        }
    }
}
