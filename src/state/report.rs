//! What the page knows of the report. No browser, so that it is tested natively.

use assay_protocol::messages::Response;
use assay_protocol::report::{ReportCommand, ReportNews, ReportView};
use assay_report::link::LinkError;
use std::rc::Rc;

/// What the page knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportState {
    /// The report as it was last asked for.
    pub view: Option<Rc<ReportView>>,
    /// Grows with everything that makes it another.
    pub stamp: usize,
    /// The letters of a link.
    pub link: Option<Rc<String>>,
    /// Why a link holds no report.
    pub bad_link: Option<LinkError>,
}

impl ReportState {
    /// Whether a report from before is void after an answer.
    pub fn is_changed_by(response: &Response) -> bool {
        use assay_protocol::beside::BesideNews;
        match response {
            Response::Report {
                news: ReportNews::Changed,
            } => true,
            Response::Beside { news } => {
                matches!(**news, BesideNews::Runs { .. } | BesideNews::Trials { .. })
            }
            _ => false,
        }
    }

    /// Notes that a command goes out.
    pub fn sending(&mut self, command: &ReportCommand) {
        match command {
            ReportCommand::OpenLink { .. } => self.bad_link = None,
            ReportCommand::Link { .. } => self.link = None,
            _ => {}
        }
    }

    /// Takes news.
    pub fn receive(&mut self, news: ReportNews) {
        match news {
            ReportNews::View { view } => self.view = Some(Rc::new(*view)),
            // A link says what was, which is no more.
            ReportNews::Changed => (self.link, self.bad_link) = (None, None),
            ReportNews::Link { text } => self.link = Some(Rc::new(text)),
            ReportNews::BadLink { error } => self.bad_link = Some(error),
            ReportNews::NotRestored { .. } | ReportNews::Restored { .. } => {}
        }
    }
}
