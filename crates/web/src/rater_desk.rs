//! The data worker's part in rating: opens links and files, keeps a rater's lines on the disk before the
//! page goes on, and holds the file so that no other tab works on the same task.

use super::data_worker::{Owner, send};
use super::given::{random, text_of};
use super::kept::{Folder, Writer};
use assay_core::desk::Desk;
use assay_protocol::links::{RaterCommand, RaterNews};
use assay_protocol::messages::Response;
use assay_rating::envelope::EnvelopeError;
use assay_rating::order::Seat;
use assay_rating::sitting::Line;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::File;

/// Where raters' lines lie.
const FOLDER: [&str; 2] = ["ratings", "answers"];

/// A desk with the file that its lines go to.
#[derive(Default)]
pub struct RaterDesk {
    desk: RefCell<Desk>,
    log: RefCell<Option<Writer>>,
}

fn tell(news: RaterNews) {
    send(&Response::Rater { news });
}

/// Answers a rater's page.
pub async fn answer(owner: &Owner, command: RaterCommand, files: Vec<File>) {
    let at = &owner.rater;
    match command {
        RaterCommand::Open { text } => {
            let text = match files.first() {
                Some(file) => text_of(file).await,
                None => text,
            };
            at.log.take();
            let news = at.desk.borrow_mut().open(&text);
            introduce(at, news).await;
        }
        RaterCommand::Unlock { passphrase } => {
            let news = at.desk.borrow_mut().unlock(&passphrase);
            introduce(at, news).await;
        }
        RaterCommand::Begin { name, slot } => begin(at, &name, slot).await,
        RaterCommand::Show { place } => at.show(place, 0),
        RaterCommand::Answer { place, answer } => {
            let taken = at.desk.borrow_mut().answer(place, answer);
            match taken {
                Ok(line) => {
                    at.keep(&[line]);
                    at.show(None, place + 1);
                }
                Err(error) => tell(RaterNews::Refused { error }),
            }
        }
        RaterCommand::Undo => {
            let undone = at.desk.borrow_mut().undo();
            if let Some((place, line)) = undone {
                at.keep(&[line]);
                at.show(Some(place), 0);
            }
        }
        RaterCommand::Summary => at.desk.borrow().summary().into_iter().for_each(tell),
        RaterCommand::Name { name } => {
            let line = at.desk.borrow_mut().call(&name);
            line.into_iter().for_each(|line| at.keep(&[line]));
            at.desk.borrow().summary().into_iter().for_each(tell);
        }
        RaterCommand::Finish => {
            let news = at.desk.borrow().finish(random());
            news.into_iter().for_each(tell);
        }
    }
}

/// Says what stands in the way of a task, or what the rater should know of it.
async fn introduce(at: &RaterDesk, news: Option<RaterNews>) {
    if let Some(news) = news {
        return tell(news);
    }
    let name = at.desk.borrow().log_name(None);
    let lines = match name {
        Some(name) => lines(&name).await,
        None => String::new(),
    };
    let intro = at.desk.borrow().intro(&lines);
    let error = EnvelopeError::NoEnvelope;
    tell(intro.unwrap_or(RaterNews::Failed { error }));
}

/// The lines of an earlier visit, if there are any.
async fn lines(name: &str) -> String {
    let text = async { Folder::open(&FOLDER).await?.text(name).await };
    let text: Result<String, JsValue> = text.await;
    text.unwrap_or_default()
}

async fn begin(at: &RaterDesk, name: &str, slot: Option<u16>) {
    at.log.take();
    let Some(file) = at.desk.borrow().log_name(slot) else {
        return;
    };
    let writer = match Folder::open(&FOLDER).await {
        Ok(folder) => Some(folder.patient_writer(&file).await),
        // Without such a folder answers last as long as the page is open, and the rater is told.
        Err(_) => None,
    };
    let writer = match writer {
        Some(Err(_)) => return tell(RaterNews::Elsewhere),
        Some(Ok(writer)) => Some(writer),
        None => None,
    };
    let lines = writer.as_ref().map(Writer::text).unwrap_or_default();
    let seat = Seat {
        slot,
        device: u64::from_le_bytes(random()),
    };
    let fresh = at.desk.borrow_mut().sit(&lines, name, seat);
    at.desk.borrow_mut().kept = writer.is_some();
    *at.log.borrow_mut() = writer;
    if !lines.is_empty() && !lines.ends_with('\n') {
        // What was cut off is a line of its own, which nobody can read.
        at.write(b"\n");
    }
    at.keep(&fresh);
    at.show(None, 0);
}

impl RaterDesk {
    fn show(&self, place: Option<usize>, from: usize) {
        let news = self.desk.borrow().show(place, from);
        news.into_iter().for_each(tell);
    }

    /// Writes lines through to the disk.
    fn keep(&self, lines: &[Line]) {
        for line in lines {
            // A line holds only what can be written.
            let text = serde_json::to_string(line).unwrap_or_default() + "\n";
            self.write(text.as_bytes());
        }
    }

    fn write(&self, bytes: &[u8]) {
        let mut log = self.log.borrow_mut();
        let Some(writer) = log.as_mut() else {
            return;
        };
        let written = writer.push(bytes).and_then(|()| writer.flush());
        if written.is_err() {
            // The disk is full: the rater is told that nothing is kept from here on.
            *log = None;
            self.desk.borrow_mut().kept = false;
        }
    }
}
