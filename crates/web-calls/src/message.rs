//! Frames as the messages that browsers post: an object with a header, the body, and lists of files and buffers.

use crate::attachments::Attachments;
use crate::codec::JsCodec;
use assay_calls::{
    Build, CallId, ChannelFailure, Codec, CodecError, FromWorker, JobId, ReplyBody, ToWorker,
};
use js_sys::{Array, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// What a frame says beside its body.
#[derive(Serialize, Deserialize)]
enum Header {
    Call {
        build: Build,
        id: CallId,
        name: String,
    },
    Stop {
        job: JobId,
    },
    Ready {
        build: Build,
    },
    Value {
        id: CallId,
    },
    Error {
        id: CallId,
    },
    Failure {
        id: CallId,
        failure: ChannelFailure,
    },
    Event,
    Fatal {
        failure: ChannelFailure,
    },
}

/// What a JavaScript value says of itself: an error's message, or any value's text.
pub(crate) fn words(value: &JsValue) -> String {
    let message = Reflect::get(value, &"message".into()).ok();
    let text = message
        .and_then(|m| m.as_string())
        .or_else(|| value.as_string());
    text.unwrap_or_else(|| format!("{value:?}"))
}

fn pack(header: &Header, body: &JsValue, beside: &Attachments) -> Result<Object, CodecError> {
    let message = Object::new();
    let files: Array = beside.files.iter().collect();
    let parts: [(&str, &JsValue); 4] = [
        ("header", &JsCodec::encode(header)?),
        ("body", body),
        ("files", &files),
        ("buffers", &beside.transfer()),
    ];
    for (name, value) in parts {
        let set = Reflect::set(&message, &name.into(), value);
        set.map_err(|error| CodecError(words(&error)))?;
    }
    Ok(message)
}

fn unpack(message: &JsValue) -> Result<(Header, JsValue, Attachments), CodecError> {
    let part = |name: &str| {
        let value = Reflect::get(message, &name.into());
        value.map_err(|error| CodecError(words(&error)))
    };
    let list = |name: &str| part(name).map(|value| Array::from(&value));
    let wrong = |value: JsValue| CodecError(format!("not a file or buffer: {value:?}"));
    let files = list("files")?
        .into_iter()
        .map(|f| f.dyn_into().map_err(wrong));
    let files = files.collect::<Result<_, _>>()?;
    let buffers = list("buffers")?
        .into_iter()
        .map(|b| b.dyn_into().map_err(wrong));
    let buffers = buffers.collect::<Result<_, _>>()?;
    let header = JsCodec::decode(part("header")?)?;
    Ok((header, part("body")?, Attachments { files, buffers }))
}

/// A message to the worker.
pub(crate) fn of_to_worker(
    frame: ToWorker<JsValue>,
    beside: &Attachments,
) -> Result<Object, CodecError> {
    match frame {
        ToWorker::Call {
            build,
            id,
            name,
            body,
        } => pack(&Header::Call { build, id, name }, &body, beside),
        ToWorker::Stop { job } => pack(&Header::Stop { job }, &JsValue::UNDEFINED, beside),
    }
}

/// A message from the worker.
pub(crate) fn of_from_worker(
    frame: FromWorker<JsValue>,
    beside: &Attachments,
) -> Result<Object, CodecError> {
    let nothing = JsValue::UNDEFINED;
    match frame {
        FromWorker::Ready { build } => pack(&Header::Ready { build }, &nothing, beside),
        FromWorker::Event { body } => pack(&Header::Event, &body, beside),
        FromWorker::Fatal { failure } => pack(&Header::Fatal { failure }, &nothing, beside),
        FromWorker::Reply { id, body } => match body {
            ReplyBody::Value(value) => pack(&Header::Value { id }, &value, beside),
            ReplyBody::Error(error) => pack(&Header::Error { id }, &error, beside),
            ReplyBody::Failure(failure) => pack(&Header::Failure { id, failure }, &nothing, beside),
        },
    }
}

/// Reads a message to the worker.
pub(crate) fn to_worker(message: &JsValue) -> Result<(ToWorker<JsValue>, Attachments), CodecError> {
    let (header, body, beside) = unpack(message)?;
    let frame = match header {
        Header::Call { build, id, name } => ToWorker::Call {
            build,
            id,
            name,
            body,
        },
        Header::Stop { job } => ToWorker::Stop { job },
        _ => return Err(CodecError("a message that workers send".to_owned())),
    };
    Ok((frame, beside))
}

/// Reads a message from the worker.
pub(crate) fn from_worker(
    message: &JsValue,
) -> Result<(FromWorker<JsValue>, Attachments), CodecError> {
    let (header, body, beside) = unpack(message)?;
    let reply = |id, body| FromWorker::Reply { id, body };
    let frame = match header {
        Header::Ready { build } => FromWorker::Ready { build },
        Header::Value { id } => reply(id, ReplyBody::Value(body)),
        Header::Error { id } => reply(id, ReplyBody::Error(body)),
        Header::Failure { id, failure } => reply(id, ReplyBody::Failure(failure)),
        Header::Event => FromWorker::Event { body },
        Header::Fatal { failure } => FromWorker::Fatal { failure },
        Header::Call { .. } | Header::Stop { .. } => {
            return Err(CodecError("a message that pages send".to_owned()));
        }
    };
    Ok((frame, beside))
}
