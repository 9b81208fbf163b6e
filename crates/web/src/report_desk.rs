//! Files that restore an evaluation: the data, the training runs, the experiments and the goals at once.

use super::data_worker::{Owner, send};
use assay_core::platform::InputFile;
use assay_core::saved::Saved;
use assay_data::import::ImportError;
use assay_protocol::messages::Response;
use assay_protocol::saved::SavedError;
use std::rc::Rc;

/// Opens a file that restores an evaluation.
///
/// # Errors
/// When it can't be read.
pub async fn open(owner: &Rc<Owner>, file: &dyn InputFile) -> Result<(), ImportError> {
    let bytes = file.read(0, file.bytes()).await;
    let bytes = bytes.map_err(|error| ImportError::Unreadable { file: error.file })?;
    restore(owner, &file.name(), &String::from_utf8_lossy(&bytes));
    Ok(())
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
        owner.scores.interrupt();
        owner.session.borrow_mut().restore(data);
        if let Some(judgements) = &saved.judgements {
            let mut session = owner.session.borrow_mut();
            let loaded = session.load_ratings("judgements.csv", judgements.as_bytes());
            drop(session);
            if let Err(error) = loaded {
                let (file, detail) = (name.to_owned(), error.to_string());
                let error = SavedError::RatingsDamaged { file, detail };
                send(&Response::NotRestored { error });
            }
        }
        owner.data.changed();
    }
}
