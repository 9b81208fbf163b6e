//! The `data` service: takes files, text and the example as the data, changes roles, goes back, and writes
//! files to save. Files that hold no outputs go to [`OtherServices`].

mod folder;
mod import;
pub mod later;
mod named_file;
pub mod overlap;
mod reopen;
pub mod settings;
mod taken;
#[cfg(test)]
mod tests;

pub use import::SortedFiles;
pub(crate) use taken::Original;

use crate::containers::MemberInfo;
use crate::example::{self, Example};
use crate::platform::{FilesOf, InputFile, LocalFuture, Platform, TextFile};
use crate::saved::SavedData;
use crate::scores::ScoresService;
use crate::session::Session;
use crate::tables;
use assay_calls::{Announcer, Codec, Job, Jobs, Registry};
use assay_containers::ContainerError;
use assay_data::DataSet;
use assay_data::import::{ImportError, Imported, PASTED};
use assay_data::measure_setting::MeasureError;
use assay_protocol::data::{
    DataError, ExampleName, Export, FoundInFiles, Import, ImportFailure, ImportFolder, LastImport,
    LoadDemo, Loaded, MergeClasses, Paste, SetMeasure, SetRole, SetSteps, Summarize, TreatAs, Undo,
};
use assay_protocol::topics::{DATA, ENCODE, FIND_OVERLAP, IMPORT, RUN_PERPLEXITY, RUN_PROGRAMS};
use assay_training::read::LogFile;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use taken::{Taken, Waiting};

/// The services beside this one that files go to, and that depend on the data.
pub trait OtherServices {
    /// Takes the files if all of them hold judgements or a rater's answers; otherwise they are sorted.
    fn take_judgements<'a>(
        &'a self,
        files: &'a [Rc<dyn InputFile>],
    ) -> LocalFuture<'a, Result<bool, ImportFailure>>;

    /// Takes files that hold no outputs.
    ///
    /// # Errors
    /// When one can't be taken, with which the import ends.
    fn take<'a>(
        &'a self,
        files: &'a SortedFiles,
        job: &'a Job,
    ) -> LocalFuture<'a, Result<FoundInFiles, ImportFailure>>;

    /// Takes the training logs and the experiments of the example.
    ///
    /// # Errors
    /// When one can't be taken.
    fn take_example(
        &self,
        logs: Vec<LogFile>,
        trials: Vec<Imported>,
    ) -> Result<FoundInFiles, ImportFailure>;

    /// The data is about to be replaced: what is being computed of it ends.
    fn before_data_changes(&self);
}

/// The data set and what replaces it.
pub struct DataService {
    session: Rc<RefCell<Session>>,
    scores: Rc<ScoresService>,
    jobs: Jobs,
    announcer: Announcer,
    platform: Platform,
    others: Rc<dyn OtherServices>,
    /// The files of the last import.
    last: RefCell<Vec<Taken>>,
    /// Files that wait until the person has said what they are.
    waiting: RefCell<Option<Waiting>>,
    /// Files in its archives that were left out, and why.
    left_out: RefCell<Vec<ContainerError>>,
    /// What was wrong with cells of workbooks, by the table's path.
    member_problems: RefCell<FxHashMap<String, MemberInfo>>,
    /// Memory that the worker has taken, in bytes.
    memory_bytes: fn() -> f64,
}

impl DataService {
    /// Of this session, whose scores stop when its data is replaced.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        scores: Rc<ScoresService>,
        platform: Platform,
        (jobs, announcer): (Jobs, Announcer),
        others: Rc<dyn OtherServices>,
        memory_bytes: fn() -> f64,
    ) -> Self {
        Self {
            session,
            scores,
            jobs,
            announcer,
            platform,
            others,
            last: RefCell::default(),
            waiting: RefCell::default(),
            left_out: RefCell::default(),
            member_problems: RefCell::default(),
            memory_bytes,
        }
    }

    /// Announces that the data, or what it is taken for, is another one.
    pub fn changed(&self) {
        self.session.borrow_mut().give();
        self.announcer.changed(&DATA);
        self.scores.session_changed();
    }

    /// Takes what was read as the data.
    ///
    /// # Errors
    /// When the files don't fit together; the data before stays.
    pub fn load(&self, files: Vec<Imported>) -> Result<(), ImportError> {
        let data = DataSet::join(files)?;
        self.end_what_runs();
        self.session.borrow_mut().load(data);
        self.changed();
        Ok(())
    }

    /// Takes the data of a saved evaluation; [`DataService::changed`] announces it.
    pub fn restore(&self, data: &SavedData) {
        self.end_what_runs();
        self.session.borrow_mut().restore(data);
    }

    /// What is computed of the data ends; whether scores were.
    pub(crate) fn end_what_runs(&self) -> bool {
        self.jobs.stop_kind(&RUN_PERPLEXITY);
        self.jobs.stop_kind(&ENCODE);
        self.jobs.stop_kind(&RUN_PROGRAMS);
        self.jobs.stop_kind(&FIND_OVERLAP);
        self.others.before_data_changes();
        self.scores.interrupt()
    }

    /// Reads tables piece by piece.
    ///
    /// # Errors
    /// When a file can't be read or gives no table, or the job was stopped.
    pub async fn read_tables(
        &self,
        job: &Job,
        files: &[Rc<dyn InputFile>],
    ) -> Result<Vec<Imported>, ImportFailure> {
        let read = tables::read(&*self.platform.clock, job, files).await?;
        read.ok_or(ImportFailure::Stopped)
    }

    /// Takes an example's files. Those of the support bot, which every page has something to say about, are told apart
    /// beforehand; the others are taken as files that a person drops.
    async fn load_demo(&self, example: ExampleName) -> Result<FoundInFiles, ImportFailure> {
        if example != ExampleName::Support {
            let files = example::files(&*self.platform.page_files, example).await?;
            return self.import(files).await;
        }
        let example = Example::read(&*self.platform.page_files).await?;
        self.forget_waiting();
        self.last.take();
        self.left_out.take();
        // An import that still reads would replace it again.
        self.jobs.stop_kind(&IMPORT);
        self.load(vec![example.outputs])?;
        let beside = self.others.take_example(example.logs, example.trials)?;
        Ok(FoundInFiles {
            outputs: true,
            ..beside
        })
    }

    /// Brings the data before the last import back, or an empty data set where there was none.
    fn undo_import(&self) {
        self.end_what_runs();
        self.session.borrow_mut().undo_load();
        self.changed();
    }

    fn undo(&self) -> Result<(), DataError> {
        self.forget_waiting();
        self.jobs.stop_kind(&IMPORT);
        self.end_what_runs();
        self.session.borrow_mut().undo()?;
        self.changed();
        Ok(())
    }

    fn set_role(&self, call: &SetRole) -> Result<(), DataError> {
        self.end_what_runs();
        self.session.borrow_mut().set_role(call.column, call.role)?;
        self.changed();
        Ok(())
    }

    fn set_measure(&self, call: &SetMeasure) -> Result<(), MeasureError> {
        self.end_what_runs();
        let set = self
            .session
            .borrow_mut()
            .set_measure(call.column, &call.setting);
        // Also where it can't: what was interrupted goes on, and the page shows the values that stay.
        self.changed();
        set
    }

    fn set_steps(&self, call: &SetSteps) -> Result<(), DataError> {
        self.end_what_runs();
        let set = self
            .session
            .borrow_mut()
            .set_steps(&call.columns, &call.steps);
        self.changed();
        set
    }

    fn merge_classes(&self, call: &MergeClasses) {
        self.session.borrow_mut().set_merge_classes(call.merge);
        self.announcer.changed(&DATA);
    }

    fn loaded(&self) -> Option<Loaded> {
        let session = self.session.borrow();
        session.is_loaded().then(|| Loaded {
            summary: session.summary(),
            memory_bytes: (self.memory_bytes)(),
        })
    }
}

/// Registers what the service answers; `files_of` finds the files beside a call.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<DataService>,
    files_of: FilesOf<A>,
) {
    registry.on_service(service, move |s, _: Import, beside| async move {
        s.import(files_of(beside)).await
    });
    registry.on_service(service, move |s, call: ImportFolder, beside| async move {
        let files = files_of(beside);
        s.import_folder(files, call.paths, call.left_out).await
    });
    registry.on_service(service, |s, call: Paste, _| async move {
        let text = TextFile::new(PASTED, call.text);
        s.import(vec![Rc::new(text)]).await
    });
    registry.on_service(
        service,
        |s, _: LastImport, _| async move { Ok(s.last_import()) },
    );
    registry.on_service(service, |s, call: TreatAs, _| async move {
        s.treat_as(call.file, call.kind).await
    });
    registry.on_service(service, |s, call: LoadDemo, _| async move {
        s.load_demo(call.example).await
    });
    registry.on_service(service, |s, _: Summarize, _| async move { Ok(s.loaded()) });
    registry.on_service(
        service,
        |s, call: SetRole, _| async move { s.set_role(&call) },
    );
    registry.on_service(service, |s, call: SetMeasure, _| async move {
        s.set_measure(&call)
    });
    registry.on_service(
        service,
        |s, call: SetSteps, _| async move { s.set_steps(&call) },
    );
    registry.on_service(service, |s, call: MergeClasses, _| async move {
        s.merge_classes(&call);
        Ok(())
    });
    registry.on_service(service, |s, _: Undo, _| async move { s.undo() });
    registry.on_service(service, |s, call: Export, _| async move {
        Ok(s.session.borrow().export(call.kind))
    });
}
