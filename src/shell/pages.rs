//! The page that the address names, with what it shows.

use super::super::route::Page;
use super::super::state::Work;
use super::{Msg, Shell};
use crate::pages::data::DataPage;
use crate::pages::examples::ExamplesPage;
use crate::pages::experiment::ExperimentPage;
use crate::pages::overview::OverviewPage;
use crate::pages::people::RatingsPage;
use crate::pages::perplexity::PerplexityPage;
use crate::pages::report::ReportPage;
use crate::pages::task::TaskPage;
use crate::pages::training::TrainingPage;
use yew::prelude::*;

impl Shell {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let ask = ctx.link().callback(Msg::Ask);
        let locale = self.settings.locale.clone();
        let route = self.route.clone();
        let summary = self.state.summary.clone();
        let metrics = self.state.metrics.clone();
        match self.route.page {
            Page::Data => html! {
                <DataPage {locale} {route} {summary} code={self.state.code.clone()} running={self.state.running_code()} memory={self.state.memory} {ask} />
            },
            Page::Overview => {
                let scoring = self
                    .state
                    .job
                    .as_ref()
                    .is_some_and(|j| matches!(j.work, Work::Score { .. }));
                html! { <OverviewPage {locale} {route} {summary} {metrics} {scoring} classification={self.state.classification.clone()} answers={self.state.answers.clone()} working={self.state.job.is_some()} width={self.room()} {ask} /> }
            }
            Page::Perplexity => html! {
                <PerplexityPage {locale} {route} {summary} {metrics} {ask} width={self.room()} working={self.state.job.is_some()} />
            },
            Page::Ratings => html! {
                <RatingsPage {locale} {route} {ask} width={self.room()} />
            },
            Page::Training => html! {
                <TrainingPage {locale} width={self.room()} {ask} />
            },
            Page::Experiment => html! {
                <ExperimentPage {locale} {route} width={self.room()} {ask} />
            },
            Page::Report => {
                let job = self.state.job.as_ref();
                let scoring = job.is_some_and(|j| matches!(j.work, Work::Score { .. }));
                html! { <ReportPage {locale} {scoring} width={self.room()} {ask} /> }
            }
            Page::Task => {
                let scored = !self.state.metrics.is_empty();
                let form = self.form.clone();
                html! { <TaskPage {locale} {route} {summary} {scored} {form} {ask} /> }
            }
            Page::Examples => html! {
                <ExamplesPage {locale} {route} {summary} {metrics} {ask} window={self.state.window.clone()}
                    detail={self.state.detail.clone()} place={self.state.place} searching={self.state.searching} />
            },
        }
    }
}
