//! Logs of Inspect (`.eval`): an archive with a file for each sample. They become one file of JSON Lines, each sample
//! with the header that names the model and the task, which `assay_data` reads.

use crate::archive::{Total, member};
use crate::error::{bytes_within, damaged};
use crate::event::{Event, Flow, Receiver, give};
use crate::limits::Limits;
use crate::source::Reader;
use assay_data::ContainerError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use zip::ZipArchive;

/// Where a log's header is: of a finished run, and of one that was broken off.
const HEADERS: [&str; 2] = ["header.json", "_journal/start.json"];
/// The folder of samples.
const SAMPLES: &str = "samples/";

/// What is read of the header.
#[derive(Deserialize)]
struct Header {
    eval: Value,
}

/// What is kept of a sample. Its events and messages take most of its bytes, and are passed over.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Sample {
    id: Value,
    epoch: Value,
    input: Value,
    choices: Value,
    target: Value,
    output: Value,
    scores: Value,
    metadata: Value,
    model_usage: Value,
    total_time: Value,
    error: Value,
    attachments: Value,
}

/// Whether an archive is such a log.
pub(crate) fn is_log(archive: &ZipArchive<Reader>) -> bool {
    let has_header = HEADERS
        .iter()
        .any(|name| archive.index_for_name(name).is_some());
    has_header
        && archive
            .file_names_raw()
            .any(|name| name.starts_with(SAMPLES.as_bytes()))
}

/// Gives the samples as one file under the archive's path.
pub(crate) fn read(
    path: &str,
    archive: &mut ZipArchive<Reader>,
    limits: &Limits,
    total: &mut Total,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let header = HEADERS.iter().find_map(|name| archive.index_for_name(name));
    let header = header.ok_or_else(|| damaged(path, "it has no header"))?;
    let header: Header = parsed(path, archive, header, limits, total)?;
    let name = |index: usize| {
        let entry = archive.by_index_data(index).ok()?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        (name.starts_with(SAMPLES) && name.ends_with(".json")).then_some((index, name))
    };
    let samples: Vec<(usize, String)> = (0..archive.len()).filter_map(name).collect();
    let mut left_out = Vec::new();
    match each(Event::File { path, bytes: None })? {
        Flow::Continue => {}
        Flow::Skip => return Ok(ControlFlow::Continue(())),
        Flow::Stop => return Ok(ControlFlow::Break(())),
    }
    for (index, name) in samples {
        let file = format!("{path}/{name}");
        let mut sample: Sample = match parsed(&file, archive, index, limits, total) {
            Ok(sample) => sample,
            // One damaged sample costs only itself; more than there is room for ends all.
            Err(error @ ContainerError::Damaged { .. }) => {
                left_out.push(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        if !uses_attachments(&sample) {
            sample.attachments = Value::Null;
        }
        let mut line = serde_json::json!({"eval": header.eval, "sample": sample}).to_string();
        line.push('\n');
        match each(Event::Piece(line.as_bytes()))? {
            Flow::Continue => {}
            Flow::Skip => break,
            Flow::Stop => return Ok(ControlFlow::Break(())),
        }
    }
    if give(Event::FileEnd, each)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    for error in left_out {
        if give(Event::LeftOut(error), each)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Whether a part of a sample that is shown stands for an attachment.
fn uses_attachments(sample: &Sample) -> bool {
    let shown = [&sample.input, &sample.output, &sample.target];
    shown
        .iter()
        .any(|part| part.to_string().contains("attachment://"))
}

/// A file of JSON in the archive, read as it is unpacked.
fn parsed<T: for<'de> Deserialize<'de>>(
    path: &str,
    archive: &mut ZipArchive<Reader>,
    index: usize,
    limits: &Limits,
    total: &mut Total,
) -> Result<T, ContainerError> {
    let (declared, reader) = member(path, archive, index)?;
    bytes_within(path, declared, limits.member_bytes)?;
    let mut counted = Counted {
        reader: reader.take(declared + 1),
        total,
        refused: None,
    };
    let value = serde_json::from_reader(BufReader::with_capacity(1 << 16, &mut counted));
    match (counted.refused.take(), value) {
        (Some(refused), _) => Err(refused),
        (None, Ok(value)) => Ok(value),
        (None, Err(error)) => Err(damaged(path, error)),
    }
}

/// Counts what is unpacked of the whole archive, and ends where that is too much.
struct Counted<'a, R> {
    reader: R,
    total: &'a mut Total,
    refused: Option<ContainerError>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(buffer)?;
        match self.total.add(read) {
            Ok(()) => Ok(read),
            Err(refused) => {
                self.refused = Some(refused);
                Err(std::io::ErrorKind::FileTooLarge.into())
            }
        }
    }
}
