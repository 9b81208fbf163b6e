//! The `scores` service: which metrics are computed and how, their results and questions beyond them. What
//! is long is computed on the compute workers by [`ScoresService::run`]; the session itself only cuts it into
//! tasks and takes their outcomes.

mod pump;

use crate::platform::{ComputePool, Platform};
use crate::session::Session;
use crate::signal::Signal;
use assay_calls::{Announcer, Codec, Jobs, Registry};
use assay_eval::Parcel;
use assay_protocol::scores::{
    AddMetric, Classification, Configure, Disagreements, MetricAgreement, Metrics, Outliers,
    PairedTests, RemoveMetric, Resume, ScoresError, SetMargin, SetOption, SetPreset,
    StandardErrors, TextStatistics,
};
use assay_protocol::topics::{SCORE, SCORES};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Scores of the data in the session.
pub struct ScoresService {
    session: Rc<RefCell<Session>>,
    jobs: Jobs,
    announcer: Announcer,
    compute: Rc<dyn ComputePool>,
    /// Set when there may be work.
    work: Signal,
    /// Grows when scoring is interrupted: what ran before then says nothing more.
    epoch: Cell<u64>,
}

impl ScoresService {
    /// Of this session; nothing is computed until [`ScoresService::run`] runs.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        platform: &Platform,
        (jobs, announcer): (Jobs, Announcer),
    ) -> Self {
        Self {
            session,
            jobs,
            announcer,
            compute: platform.compute.clone(),
            work: Signal::default(),
            epoch: Cell::new(0),
        }
    }

    /// Announces what changed in the session, and has computed what it queued.
    pub fn session_changed(&self) {
        if self.session.borrow_mut().take_scores_changed() {
            self.announcer.changed(&SCORES);
        }
        self.work.set();
    }

    /// Ends scoring: its data is about to be replaced. Whether anything was being computed.
    pub fn interrupt(&self) -> bool {
        let was_busy = self.session.borrow().is_busy();
        self.epoch.set(self.epoch.get() + 1);
        self.jobs.stop_kind(&SCORE);
        self.session.borrow_mut().cancel();
        if was_busy {
            self.compute.stop();
        }
        was_busy
    }

    /// Computes what was left when scoring was stopped or interrupted, under the settings as they are.
    pub fn resume(&self) {
        let (baseline, test) = self.session.borrow().settings();
        self.session.borrow_mut().evaluate(baseline, test);
        self.session_changed();
    }

    fn configure(&self, call: Configure) {
        let mut session = self.session.borrow_mut();
        session.set_domains(call.domains);
        session.evaluate(call.baseline, call.test);
        drop(session);
        self.session_changed();
    }

    async fn set_option(&self, call: &SetOption) -> Result<(), ScoresError> {
        let set = self.checked_option(call).await;
        self.session_changed();
        set
    }

    /// Sets an option once a compute worker has found that the metric can be computed with it.
    async fn checked_option(&self, call: &SetOption) -> Result<(), ScoresError> {
        let (metric, option, value) = (call.metric, &call.option[..], &call.value[..]);
        let check = self
            .session
            .borrow_mut()
            .option_check(metric, option, value)?;
        if let Some(check) = check {
            let usable = self.compute.run(check, Parcel::default()).await;
            let usable = usable.map_err(|error| ScoresError::NotChecked {
                detail: error.to_string(),
            })?;
            if usable != [1.0] {
                return Err(self.session.borrow_mut().refused(option, value));
            }
        }
        self.session.borrow_mut().set_option(metric, option, value)
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<ScoresService>,
) {
    macro_rules! on {
        ($call:ty, $answer:expr) => {
            registry.on_service(service, |service, call: $call, _| async move {
                let answer: fn(&ScoresService, $call) -> _ = $answer;
                answer(&service, call)
            });
        };
    }
    on!(Configure, |s, call| {
        s.configure(call);
        Ok(())
    });
    on!(Resume, |s, _| {
        s.resume();
        Ok(())
    });
    registry.on_service(service, |s, call: SetOption, _| async move {
        s.set_option(&call).await
    });
    on!(SetMargin, |s, call| {
        let set = s.session.borrow_mut().set_margin(call.metric, call.margin);
        s.session_changed();
        set
    });
    on!(AddMetric, |s, call| {
        let added = s.session.borrow_mut().add_metric(&call.name)?;
        s.session_changed();
        Ok(added)
    });
    on!(SetPreset, |s, call| {
        s.session.borrow_mut().set_preset(call.preset.as_deref())?;
        s.session_changed();
        Ok(())
    });
    on!(RemoveMetric, |s, call| {
        s.session.borrow_mut().remove_metric(call.metric)?;
        s.session_changed();
        Ok(())
    });
    on!(Metrics, |s, _| Ok(s.session.borrow().scores_view()));
    on!(Classification, |s, _| Ok(s
        .session
        .borrow()
        .classification()));
    on!(TextStatistics, |s, _| Ok(s
        .session
        .borrow()
        .text_statistics()));
    on!(PairedTests, |s, call| s
        .session
        .borrow()
        .paired_tests(call.metric));
    on!(StandardErrors, |s, call| s
        .session
        .borrow()
        .error_bars(call.metric));
    on!(MetricAgreement, |s, call| Ok(s
        .session
        .borrow()
        .metric_agreement(call.system)));
    on!(Outliers, |s, call| s
        .session
        .borrow()
        .outliers(call.metric, call.system));
    on!(Disagreements, |s, call| s
        .session
        .borrow()
        .disagreements(call.system, call.metrics));
}
