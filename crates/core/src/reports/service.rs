//! The `report` service: goals, a report that came by a link, and the calls of the Report page.

use super::{Reports, Written, workbook_file};
use crate::containers::ContainerHost;
use crate::experiments::ExperimentService;
use crate::platform::ComputePool;
use crate::saved::Saved;
use crate::session::Session;
use crate::training::TrainingService;
use assay_calls::{Announcer, CallFailure, Codec, Registry};
use assay_locale::{Language, Locale, REPORT_WORDS};
use assay_protocol::report::{
    AimView, CloseLink, Link, OpenLink, ReportView, SetAim, SetGoals, ShowAim, TakeGoals, View,
    Write, WriteError,
};
use assay_protocol::topics::REPORT;
use assay_protocol::views::ExportedFile;
use assay_report::aim::Aim;
use assay_report::content::Content;
use assay_report::evidence::Known;
use assay_report::goals::{Goal, Goals};
use assay_report::link::{LinkError, of_packed};
use assay_report::rules::verdict;
use assay_report::write::answer_sentences;
use std::cell::RefCell;
use std::rc::Rc;

/// Reports of the session, the training runs and the experiments.
pub struct ReportService {
    reports: RefCell<Reports>,
    session: Rc<RefCell<Session>>,
    training: Rc<TrainingService>,
    experiments: Rc<ExperimentService>,
    compute: Rc<dyn ComputePool>,
    containers: Rc<dyn ContainerHost>,
    announcer: Announcer,
}

impl ReportService {
    /// Without goals.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        training: Rc<TrainingService>,
        experiments: Rc<ExperimentService>,
        compute: Rc<dyn ComputePool>,
        containers: Rc<dyn ContainerHost>,
        announcer: Announcer,
    ) -> Self {
        Self {
            reports: RefCell::default(),
            session,
            training,
            experiments,
            compute,
            containers,
            announcer,
        }
    }

    /// All that is to be reported.
    #[must_use]
    pub fn content(&self, day: &str) -> Content {
        let session = self.session.borrow();
        let reports = self.reports.borrow();
        reports.content(&session, &self.training, &self.experiments, day)
    }

    /// What was stated beforehand.
    pub(crate) fn goals(&self) -> Goals {
        self.reports.borrow().goals.clone()
    }

    /// Takes the goals of a project that is opened, in place of whatever is shown.
    pub(crate) fn reopen(&self, goals: Goals) {
        let foreign = None;
        self.reports.replace(Reports { goals, foreign });
        self.announcer.changed(&REPORT);
    }

    /// The result in a sentence, by the tag of a language, if there is a result.
    pub(crate) fn sentences(&self) -> Vec<(String, String)> {
        let content = self.own_content();
        if content.is_empty() {
            return Vec::new();
        }
        let verdict = verdict(&content);
        let first = |language: &Language| {
            let sentences = answer_sentences(&verdict, &Locale::of(*language, REPORT_WORDS));
            Some((language.tag().to_owned(), sentences.into_iter().next()?))
        };
        Language::ALL.iter().filter_map(first).collect()
    }

    fn view(&self, call: &View) -> ReportView {
        let content = self.content(&call.day);
        self.reports.borrow().view(&content, &call.language)
    }

    fn set_goals(&self, goals: Goals) {
        let content = self.content("");
        self.reports.borrow_mut().set_goals(goals, &content);
        self.announcer.changed(&REPORT);
    }

    /// The person's own report, whatever is shown.
    fn own_content(&self) -> Content {
        let own = Reports {
            goals: self.goals(),
            foreign: None,
        };
        let session = self.session.borrow();
        own.content(&session, &self.training, &self.experiments, "")
    }

    fn aim(&self) -> AimView {
        let content = self.own_content();
        let known = {
            let session = self.session.borrow();
            Known {
                overlap: !session.overlaps().is_empty(),
                perplexity: session.has_study(),
            }
        };
        let stated = &content.goals;
        let fitting = stated.aim.map_or(Vec::new(), |aim| aim.goals(&content));
        let is_new = |goal: &Goal| !stated.goals.iter().any(|g| g.measure == goal.measure);
        AimView {
            aim: stated.aim,
            needs: stated
                .aim
                .map_or(Vec::new(), |aim| aim.needs(&content, &known)),
            goals: fitting.into_iter().filter(is_new).collect(),
            measures: stated.aim.map_or(Vec::new(), |aim| aim.measures(&content)),
        }
    }

    fn set_aim(&self, aim: Option<Aim>) {
        let content = self.own_content();
        let mut goals = self.goals();
        goals.decide(aim, &content);
        self.reports.borrow_mut().set_goals(goals, &content);
        self.announcer.changed(&REPORT);
    }

    fn take_goals(&self) {
        let fitting = self.aim().goals;
        let mut goals = self.goals();
        goals.goals.extend(fitting);
        self.set_goals(goals);
    }

    async fn write(&self, call: &Write) -> Result<ExportedFile, WriteError> {
        let sheets = match self.written(call)? {
            Written::File(file) => return Ok(file),
            Written::Workbook(sheets) => sheets,
        };
        let bytes = self.containers.write_workbook(sheets).await;
        let bytes = bytes.map_err(|failure| match failure {
            CallFailure::Service(error) => WriteError::Workbook { error },
            CallFailure::Channel(error) => WriteError::Writer { error },
        })?;
        Ok(workbook_file(bytes))
    }

    fn written(&self, call: &Write) -> Result<Written, WriteError> {
        let content = self.content(&call.day);
        let session = self.session.borrow();
        let saved =
            |results: Content| Saved::of(&session, &self.training, &self.experiments, results);
        let reports = self.reports.borrow();
        reports.written(call.format, &call.language, content, &session, saved)
    }

    /// The letters of a link to the report.
    async fn link(&self, day: &str) -> Result<String, LinkError> {
        let bytes = Reports::link_bytes(self.content(day))?;
        let packed = self.compute.pack(bytes).await;
        let packed = packed.map_err(|error| LinkError::NotWritten {
            detail: error.to_string(),
        })?;
        Ok(of_packed(&packed))
    }

    fn open_link(&self, text: &str) -> Result<(), LinkError> {
        self.reports.borrow_mut().open_link(text)?;
        self.announcer.changed(&REPORT);
        Ok(())
    }

    fn close_link(&self) {
        self.reports.borrow_mut().foreign = None;
        self.announcer.changed(&REPORT);
    }

    /// Takes the training runs, experiments and goals of a saved evaluation; its data is the session's to take.
    pub fn restore(&self, saved: &Saved) {
        saved.restore_runs_and_experiments(&self.training, &self.experiments);
        let mut reports = self.reports.borrow_mut();
        reports.goals = saved.goals.clone();
        reports.foreign = None;
        drop(reports);
        self.announcer.changed(&REPORT);
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<ReportService>,
) {
    registry.on_service(service, |s, call: View, _| async move { Ok(s.view(&call)) });
    registry.on_service(service, |s, _: ShowAim, _| async move { Ok(s.aim()) });
    registry.on_service(service, |s, call: SetAim, _| async move {
        s.set_aim(call.aim);
        Ok(())
    });
    registry.on_service(service, |s, _: TakeGoals, _| async move {
        s.take_goals();
        Ok(())
    });
    registry.on_service(service, |s, call: SetGoals, _| async move {
        s.set_goals(call.goals);
        Ok(())
    });
    registry.on_service(
        service,
        |s, call: Write, _| async move { s.write(&call).await },
    );
    registry.on_service(service, |s, call: Link, _| async move {
        s.link(&call.day).await
    });
    registry.on_service(service, |s, call: OpenLink, _| async move {
        s.open_link(&call.text)
    });
    registry.on_service(service, |s, _: CloseLink, _| async move {
        s.close_link();
        Ok(())
    });
}
