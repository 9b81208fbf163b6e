//! Looking for the data in training files, which are read piece by piece and of which nothing is kept.

use super::DataService;
use crate::platform::{FilesOf, InputFile};
use crate::tables::{self, TableRows};
use assay_calls::{Codec, Job, Registry};
use assay_data::Table;
use assay_data::overlaps::OverlapWords;
use assay_overlap::Index;
use assay_protocol::data::ImportFailure;
use assay_protocol::overlap::{FindOverlap, ListOverlaps, OverlapFailure, RemoveOverlap};
use assay_protocol::topics::FIND_OVERLAP;
use std::rc::Rc;

/// Gives rows to an index, each with all of its cells.
pub struct IndexedRows(pub Index);

impl TableRows for IndexedRows {
    fn begin_file(&mut self, name: &str) {
        self.0.begin_file(name);
    }

    fn take(&mut self, table: &Table) {
        let columns = table.names().len();
        for row in 0..table.rows() {
            let cells = (0..columns).filter_map(|column| table.cell(column, row));
            self.0.push(cells);
        }
    }
}

impl DataService {
    async fn find_overlap(
        &self,
        files: Vec<Rc<dyn InputFile>>,
        words: OverlapWords,
    ) -> Result<(), OverlapFailure> {
        self.jobs.stop_kind(&FIND_OVERLAP);
        let job = self.jobs.start(FIND_OVERLAP);
        let found = self.look_in(&job, files).await;
        match &found {
            Ok(_) | Err(OverlapFailure::Stopped) => job.finish(),
            Err(failure) => job.fail(failure),
        }
        let (found, report) = found?.finish();
        let mut session = self.session.borrow_mut();
        session.change_overlaps(|data| data.add_overlap(&words, &found, report));
        drop(session);
        self.changed();
        Ok(())
    }

    /// Reads the files past the index of the data. The data is the same before and after: who replaces it stops the job.
    async fn look_in(
        &self,
        job: &Job,
        files: Vec<Rc<dyn InputFile>>,
    ) -> Result<Index, OverlapFailure> {
        let index = Index::new(self.session.borrow().data().test_rows());
        let index = index.map_err(|error| OverlapFailure::Test { error })?;
        let refused = |error| match error {
            ImportFailure::Stopped => OverlapFailure::Stopped,
            error => OverlapFailure::Files { error },
        };
        let (files, _) = self.unpacked(job, files).await.map_err(refused)?;
        let mut rows = IndexedRows(index);
        let read = tables::stream(&*self.platform.clock, job, &files, &mut rows).await;
        match read.map_err(|error| refused(error.into()))? {
            true => Ok(rows.0),
            false => Err(OverlapFailure::Stopped),
        }
    }

    fn remove_overlap(&self, place: usize) {
        let mut session = self.session.borrow_mut();
        session.change_overlaps(|data| data.remove_overlap(place));
        drop(session);
        self.changed();
    }
}

/// Registers what is answered of training files.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<DataService>,
    files_of: FilesOf<A>,
) {
    registry.on_service(service, move |s, call: FindOverlap, beside| async move {
        s.find_overlap(files_of(beside), call.words).await
    });
    registry.on_service(service, |s, _: ListOverlaps, _| async move {
        Ok(s.session.borrow().overlaps())
    });
    registry.on_service(service, |s, call: RemoveOverlap, _| async move {
        s.remove_overlap(call.place);
        Ok(())
    });
}
