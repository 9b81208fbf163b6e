//! Imports: files are sorted by what they are, each goes to the service that takes its kind, and what each was taken
//! for is kept, so that the person can say otherwise.

use super::DataService;
use super::taken::{Original, Taken};
use crate::containers::OpenError;
use crate::platform::{InputFile, read_head};
use crate::sniff::{HEAD, sniff};
use crate::tables::unreadable;
use assay_calls::{ChannelFailure, Job};
use assay_containers::ContainerError;
use assay_data::import::{ImportError, Imported};
use assay_protocol::data::{FileKind, FoundInFiles, ImportFailure, ImportedFiles, KindReason};
use assay_protocol::topics::IMPORT;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::rc::Rc;

/// Files by what they hold.
#[derive(Default)]
pub struct SortedFiles {
    /// Outputs, or other tables.
    pub outputs: Vec<Rc<dyn InputFile>>,
    /// Training logs.
    pub logs: Vec<Rc<dyn InputFile>>,
    /// Experiments.
    pub experiments: Vec<Rc<dyn InputFile>>,
    /// Saved evaluations.
    pub evaluations: Vec<Rc<dyn InputFile>>,
    /// Programs with tests, or completions of them.
    pub programs: Vec<Rc<dyn InputFile>>,
    /// Judgements that were gathered elsewhere.
    pub judgements: Vec<Rc<dyn InputFile>>,
}

impl SortedFiles {
    fn push(&mut self, kind: FileKind, file: Rc<dyn InputFile>) {
        match kind {
            FileKind::Log => self.logs.push(file),
            FileKind::Trial => self.experiments.push(file),
            FileKind::Evaluation => self.evaluations.push(file),
            FileKind::Code => self.programs.push(file),
            FileKind::Judgements => self.judgements.push(file),
            FileKind::Outputs => self.outputs.push(file),
        }
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let all = [
            &self.outputs,
            &self.logs,
            &self.experiments,
            &self.evaluations,
            &self.programs,
            &self.judgements,
        ];
        all.iter().all(|files| files.is_empty())
    }
}

/// Tells files apart by their first bytes.
async fn recognised(files: Vec<Rc<dyn InputFile>>) -> Result<Vec<Taken>, ImportError> {
    let mut taken = Vec::new();
    for file in files {
        let head = read_head(&*file, HEAD as u64).await.map_err(unreadable)?;
        let finding = sniff(&file.name(), &head);
        taken.push(Taken::new(file, finding));
    }
    Ok(taken)
}

fn sorted(files: &[Taken]) -> SortedFiles {
    let mut sorted = SortedFiles::default();
    for taken in files {
        sorted.push(taken.finding.kind, taken.file.clone());
        if taken.finding.with_judgements {
            sorted.push(FileKind::Judgements, taken.file.clone());
        }
    }
    sorted
}

impl DataService {
    /// Imports files of any kind.
    ///
    /// # Errors
    /// When a file can't be read, or the person stopped it; the data before stays, and scoring of it goes on.
    pub async fn import(
        &self,
        files: Vec<Rc<dyn InputFile>>,
    ) -> Result<FoundInFiles, ImportFailure> {
        // Of two imports the later one counts.
        self.jobs.stop_kind(&IMPORT);
        self.forget_waiting();
        let job = self.jobs.start(IMPORT);
        let imported = self.import_with(&job, files).await;
        ended(job, imported)
    }

    async fn import_with(
        &self,
        job: &Job,
        files: Vec<Rc<dyn InputFile>>,
    ) -> Result<FoundInFiles, ImportFailure> {
        if self.others.take_judgements(&files).await? {
            return Ok(FoundInFiles {
                judgements: true,
                ..FoundInFiles::default()
            });
        }
        let (files, left_out) = self.unpacked(job, files).await?;
        let taken = recognised(files).await?;
        let sorted = sorted(&taken);
        let found = match self.asks_about_outputs() && !sorted.outputs.is_empty() {
            true => self.take_later(job, sorted, taken).await?,
            false => {
                let found = self.take(job, sorted).await?;
                self.remember(taken);
                found
            }
        };
        *self.left_out.borrow_mut() = left_out;
        Ok(found)
    }

    /// The files, with those in containers in place of the containers.
    pub(super) async fn unpacked(
        &self,
        job: &Job,
        files: Vec<Rc<dyn InputFile>>,
    ) -> Result<(Vec<Rc<dyn InputFile>>, Vec<ContainerError>), ImportFailure> {
        let (mut all, mut left_out) = (Vec::new(), Vec::new());
        for file in files {
            let head = read_head(&*file, HEAD as u64).await.map_err(unreadable)?;
            if assay_containers::recognise(&head).is_none() {
                all.push(file);
                continue;
            }
            let token = job.stop_token();
            let stopped = pin!(token.stopped());
            let progress = Rc::new(job.reporter());
            let opened = self.platform.containers.open(&file, progress);
            let opened = match select(stopped, opened).await {
                Either::Left(_) => return Err(ImportFailure::Stopped),
                Either::Right((opened, _)) => opened,
            };
            let opened = opened.map_err(|error| refused(file.name(), error))?;
            left_out.extend(opened.left_out);
            for member in opened.members {
                if member.info.problem_count > 0 {
                    let mut problems = self.member_problems.borrow_mut();
                    problems.insert(member.info.path.clone(), member.info.clone());
                }
                all.push(Rc::new(member));
            }
        }
        Ok((all, left_out))
    }

    /// Adds what was wrong with the cells of workbooks to the tables that came of them.
    fn with_member_problems(&self, mut tables: Vec<Imported>) -> Vec<Imported> {
        let known = self.member_problems.borrow();
        for table in &mut tables {
            if let Some(info) = known.get(&table.file) {
                table.problems.extend(info.problems.iter().cloned());
                table.problem_count += info.problem_count;
            }
        }
        tables
    }

    /// Imports the last import's files again, one of them as another kind. Of the others only outputs are read
    /// again, which are joined with it; where no outputs are left, the data before the import comes back.
    ///
    /// # Errors
    /// When a file can't be read as that, or the person stopped it; all stays as it was.
    pub async fn treat_as(
        &self,
        file: usize,
        kind: FileKind,
    ) -> Result<FoundInFiles, ImportFailure> {
        let mut taken = self.last.borrow().clone();
        let Some(said) = taken.get_mut(file) else {
            return Ok(FoundInFiles::default());
        };
        let before = std::mem::replace(&mut said.finding.kind, kind);
        said.finding.reason = KindReason::Said;
        said.finding.also = Vec::new();
        said.finding.with_judgements = false;
        self.jobs.stop_kind(&IMPORT);
        let job = self.jobs.start(IMPORT);
        let is_read = |(i, taken): (usize, &Taken)| {
            let is_output = taken.finding.kind == FileKind::Outputs;
            (i == file || is_output).then(|| taken.clone())
        };
        let read: Vec<Taken> = taken.iter().enumerate().filter_map(is_read).collect();
        let sorted = sorted(&read);
        let has_outputs = !sorted.outputs.is_empty();
        let found = self.take(&job, sorted).await;
        if found.is_ok() {
            if before == FileKind::Outputs && !has_outputs {
                self.undo_import();
            }
            self.remember(taken);
        }
        ended(job, found)
    }

    /// Gives each file to the service that takes its kind; outputs become the data.
    async fn take(
        &self,
        job: &Job,
        mut sorted: SortedFiles,
    ) -> Result<FoundInFiles, ImportFailure> {
        let outputs = std::mem::take(&mut sorted.outputs);
        let mut found = FoundInFiles::default();
        if !sorted.is_empty() {
            found = self.others.take(&sorted, job).await?;
        }
        if outputs.is_empty() || found.restored.is_some() {
            return Ok(found);
        }
        let was_scoring = self.end_what_runs();
        let read = self.read_tables(job, &outputs).await;
        let loaded = read.and_then(|files| Ok(self.load(self.with_member_problems(files))?));
        if loaded.is_err() && was_scoring {
            self.scores.resume();
        }
        loaded?;
        found.outputs = true;
        Ok(found)
    }

    /// Gives each file to the service that takes its kind; outputs wait until the person has said what they are to
    /// the data that is loaded, of which scoring goes on.
    async fn take_later(
        &self,
        job: &Job,
        mut sorted: SortedFiles,
        taken: Vec<Taken>,
    ) -> Result<FoundInFiles, ImportFailure> {
        let outputs = std::mem::take(&mut sorted.outputs);
        let mut found = FoundInFiles::default();
        if !sorted.is_empty() {
            found = self.others.take(&sorted, job).await?;
        }
        if found.restored.is_some() {
            self.remember(taken);
            return Ok(found);
        }
        let read = self.read_tables(job, &outputs).await?;
        self.wait(self.with_member_problems(read), taken);
        found.waits = true;
        Ok(found)
    }

    pub(super) fn remember(&self, taken: Vec<Taken>) {
        *self.last.borrow_mut() = taken;
        self.announcer.changed(&assay_protocol::topics::DATA);
    }

    /// The files of the last import, what each was taken for, and which are not kept.
    pub(crate) fn last_import(&self) -> ImportedFiles {
        let originals = self.originals().into_iter().enumerate();
        let lost = originals.filter(|(_, original)| original.is_lost.get());
        ImportedFiles {
            not_kept: lost.map(|(place, _)| place).collect(),
            ..self.import_to_keep()
        }
    }

    /// The same as it is kept with the project: which files it keeps is seen there.
    pub(crate) fn import_to_keep(&self) -> ImportedFiles {
        ImportedFiles {
            files: self.last.borrow().iter().map(Taken::view).collect(),
            left_out: self.left_out.borrow().clone(),
            not_kept: Vec::new(),
        }
    }

    /// The files of the last import themselves, in the same order.
    pub(crate) fn originals(&self) -> Vec<Rc<Original>> {
        let last = self.last.borrow();
        last.iter().map(|taken| taken.original.clone()).collect()
    }
}

/// Why a container can't be opened. A reader that ended over a file says that the file is damaged: its own limits keep
/// it from ending for want of memory.
fn refused(file: String, error: OpenError) -> ImportFailure {
    match error {
        OpenError::Container(error) => ImportFailure::Container { error },
        OpenError::Channel(ChannelFailure::WorkerDied { detail }) => ImportFailure::Container {
            error: ContainerError::Damaged { file, detail },
        },
        OpenError::Channel(error) => ImportFailure::Reader { error },
    }
}

fn ended(
    job: Job,
    imported: Result<FoundInFiles, ImportFailure>,
) -> Result<FoundInFiles, ImportFailure> {
    match &imported {
        Ok(_) | Err(ImportFailure::Stopped) => job.finish(),
        Err(failure) => job.fail(failure),
    }
    imported
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_ends_over_a_file_names_the_file() {
        let died = ChannelFailure::WorkerDied {
            detail: "unreachable".to_owned(),
        };
        let failure = refused("old.xls".to_owned(), OpenError::Channel(died));
        let ImportFailure::Container { error } = failure else {
            panic!("{failure:?}");
        };
        assert!(error.to_string().contains("old.xls is damaged"), "{error}");
    }
}
