//! Reports on the data worker's side of the channel: what needs the session, the runs and the trials at
//! once, and files that restore all three.

use super::data_worker::{Owner, send};
use super::intake;
use assay_core::platform::InputFile;
use assay_core::reports::Reports;
use assay_core::saved::Saved;
use assay_data::import::ImportError;
use assay_protocol::messages::Response;
use assay_protocol::report::{Format, ReportCommand, ReportNews};
use std::rc::Rc;

fn tell(news: ReportNews) {
    send(&Response::Report { news });
}

/// Answers the Report page.
pub fn answer(owner: &Rc<Owner>, command: ReportCommand) {
    let content = |day: &str| {
        owner
            .reports
            .borrow()
            .content(&owner.session.borrow(), &owner.beside.borrow(), day)
    };
    match command {
        ReportCommand::View { language, day } => {
            let view = owner.reports.borrow().view(&content(&day), &language);
            tell(ReportNews::View {
                view: Box::new(view),
            });
        }
        ReportCommand::SetGoals { goals } => {
            let content = content("");
            owner.reports.borrow_mut().set_goals(goals, &content);
            tell(ReportNews::Changed);
        }
        ReportCommand::Write {
            format,
            language,
            day,
        } => {
            let content = content(&day);
            let reports = owner.reports.borrow();
            // What came by a link is no evaluation that could be restored.
            if format == Format::Json && reports.foreign.is_some() {
                return;
            }
            let (name, mime, text) = reports.file(
                format,
                &language,
                &owner.session.borrow(),
                &owner.beside.borrow(),
                content,
            );
            send(&Response::Exported { name, mime, text });
        }
        ReportCommand::Link { day } => tell(ReportNews::Link {
            text: Reports::link(content(&day)),
        }),
        ReportCommand::OpenLink { text } => {
            let opened = owner.reports.borrow_mut().open_link(&text);
            tell(match opened {
                Ok(()) => ReportNews::Changed,
                Err(error) => ReportNews::BadLink { error },
            });
        }
        ReportCommand::CloseLink => {
            owner.reports.borrow_mut().foreign = None;
            tell(ReportNews::Changed);
        }
    }
}

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
    let saved = match Saved::read(name, text) {
        Ok(saved) => saved,
        Err(error) => return tell(ReportNews::NotRestored { error }),
    };
    saved.restore_beside(&mut owner.beside.borrow_mut());
    intake::tell_all(owner);
    {
        let mut reports = owner.reports.borrow_mut();
        reports.goals = saved.goals.clone();
        reports.foreign = None;
    }
    tell(ReportNews::Restored {
        baseline: saved.baseline,
        test: saved.test,
        domains: saved.domains.clone(),
    });
    if let Some(data) = &saved.data {
        owner.scores.interrupt();
        owner.session.borrow_mut().restore(data);
        if let Some(judgements) = &saved.judgements {
            // They were written by this page; others are no judgements, and none are shown.
            let _ = owner
                .session
                .borrow_mut()
                .load_ratings("judgements.csv", judgements.as_bytes());
        }
        owner.data.changed();
    }
    tell(ReportNews::Changed);
}
