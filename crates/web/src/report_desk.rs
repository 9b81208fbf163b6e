//! Files that restore an evaluation: the data, the training runs, the experiments and the goals at once.

use super::data_worker::{Owner, loaded, read_slice, score_judgements, send};
use assay_core::saved::Saved;
use assay_protocol::messages::Response;
use std::rc::Rc;
use web_sys::File;

/// Opens a file that restores an evaluation.
pub async fn open(owner: &Rc<Owner>, file: &File) {
    match read_slice(file, 0.0, file.size()).await {
        Ok(bytes) => restore(owner, &file.name(), &String::from_utf8_lossy(&bytes)),
        Err(_) => send(&Response::Failed {
            error: assay_data::import::ImportError::Unreadable { file: file.name() },
        }),
    }
}

/// Restores an evaluation; a damaged one changes nothing.
pub fn restore(owner: &Rc<Owner>, name: &str, text: &str) {
    let (saved, problems) = match Saved::read(name, text) {
        Ok(read) => read,
        Err(error) => return send(&Response::NotRestored { error }),
    };
    owner.reports.restore(&saved);
    send(&Response::Restored {
        baseline: saved.baseline,
        test: saved.test,
        domains: saved.domains.clone(),
        problems,
    });
    if let Some(data) = &saved.data {
        let summary = owner.session.borrow_mut().restore(data);
        loaded(summary);
        if let Some(judgements) = &saved.judgements {
            // They were written by this page; others are no judgements, and none are shown.
            let _ = owner
                .session
                .borrow_mut()
                .load_ratings("judgements.csv", judgements.as_bytes());
        }
        score_judgements(owner);
    }
}
