//! The `rows` service: windows of the rows that a query selects, steps in its order, rows in full, and selected rows as
//! a file.

use crate::containers::ContainerHost;
use crate::session::Session;
use assay_calls::{CallFailure, Codec, Registry};
use assay_protocol::rows::{ExportRows, ExportRowsError, RowDetail, RowsFormat, Step, Window};
use assay_protocol::views::ExportedFile;
use std::cell::RefCell;
use std::rc::Rc;

/// Rows of the session's data.
pub struct RowsService {
    session: Rc<RefCell<Session>>,
    containers: Rc<dyn ContainerHost>,
}

impl RowsService {
    /// Of this session.
    #[must_use]
    pub fn new(session: Rc<RefCell<Session>>, containers: Rc<dyn ContainerHost>) -> Self {
        Self {
            session,
            containers,
        }
    }

    async fn export(&self, call: ExportRows) -> Result<ExportedFile, ExportRowsError> {
        let text = |name: &str, mime: &str, text: String| ExportedFile {
            name: name.to_owned(),
            mime: mime.to_owned(),
            bytes: text.into(),
        };
        let sheet = match call.format {
            RowsFormat::Csv => {
                let rows = self.session.borrow_mut().rows_csv(call.query);
                return Ok(text("assay-rows.csv", "text/csv", rows));
            }
            RowsFormat::Jsonl => {
                let rows = self.session.borrow_mut().rows_jsonl(call.query);
                return Ok(text("assay-rows.jsonl", "application/jsonl", rows));
            }
            RowsFormat::Xlsx => self
                .session
                .borrow_mut()
                .rows_sheet(call.query, &call.language),
        };
        let bytes = self.containers.write_workbook(vec![sheet]).await;
        let bytes = bytes.map_err(|failure| match failure {
            CallFailure::Service(error) => ExportRowsError::Workbook { error },
            CallFailure::Channel(error) => ExportRowsError::Writer { error },
        })?;
        Ok(ExportedFile {
            name: "assay-rows.xlsx".to_owned(),
            mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
            bytes,
        })
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<RowsService>,
) {
    registry.on_service(service, |s, call: Window, _| async move {
        let mut session = s.session.borrow_mut();
        Ok(session.rows(call.query, call.start, call.count))
    });
    registry.on_service(service, |s, call: Step, _| async move {
        let mut session = s.session.borrow_mut();
        Ok(session.step(call.query, call.row, call.by))
    });
    registry.on_service(service, |s, call: RowDetail, _| async move {
        s.session.borrow().detail(call.row, call.against)
    });
    registry.on_service(service, |s, call: ExportRows, _| async move {
        s.export(call).await
    });
}
