//! All tables of a container, also those that its files hold as text.

use crate::event::{Event, Flow};
use crate::limits::Limits;
use crate::open;
use crate::source::ReadAt;
use assay_data::ContainerError;
use assay_data::Table;
use assay_data::import::{Imported, Importer};
use std::rc::Rc;

/// What was in a container.
#[derive(Debug, Default)]
pub struct Opened {
    /// Its tables, in order.
    pub tables: Vec<Imported>,
    /// Files that gave none, and why.
    pub left_out: Vec<ContainerError>,
}

/// Reads a container whole.
///
/// # Errors
/// Where nothing can be read; the first reason where none of its files can.
pub fn read(path: &str, source: Rc<dyn ReadAt>, limits: &Limits) -> Result<Opened, ContainerError> {
    let mut opened = Opened::default();
    let mut importer: Option<Importer> = None;
    let mut begun: Option<Box<Table>> = None;
    let outcome = open(path, source, limits, &mut |event| {
        match event {
            Event::File { path, .. } => importer = Some(Importer::new(path)),
            Event::Piece(bytes) => {
                if let Some(importer) = &mut importer {
                    importer.push(bytes)?;
                }
            }
            Event::FileEnd => {
                if let Some(importer) = importer.take() {
                    opened.tables.push(importer.finish()?);
                }
            }
            Event::Rows(rows) => match &mut begun {
                Some(table) => table.append(&rows),
                None => begun = Some(rows),
            },
            Event::Table(mut last) => {
                if let Some(mut table) = begun.take() {
                    table.append(&last.table);
                    last.table = *table;
                }
                opened.tables.push(*last);
            }
            Event::LeftOut(error) => {
                begun = None;
                opened.left_out.push(error);
            }
            Event::Progress(_) => {}
        }
        Ok(Flow::Continue)
    })?;
    debug_assert!(outcome.is_continue(), "nothing here asks to stop");
    match opened.left_out.first() {
        Some(error) if opened.tables.is_empty() => Err(error.clone()),
        _ => Ok(opened),
    }
}
