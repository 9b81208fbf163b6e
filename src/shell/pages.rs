//! The page that the address names, with what it shows.

use super::super::route::Page;
use super::super::state::Work;
use super::{Msg, Shell};
use crate::pages::data::DataPage;
use crate::pages::examples::ExamplesPage;
use crate::pages::experiment::BusinessPage;
use crate::pages::overview::OverviewPage;
use crate::pages::people::RatingsPage;
use crate::pages::perplexity::PerplexityPage;
use crate::pages::report::ReportPage;
use crate::pages::task::TaskPage;
use crate::pages::training::TrainingPage;
use assay_protocol::topics::SCORE;
use yew::prelude::*;

impl Shell {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let ask = ctx.link().callback(Msg::Ask);
        let locale = self.locale.clone();
        let route = self.route.clone();
        let summary = self.summary.clone();
        let metrics = self.metrics.clone();
        let is_scoring = self.calls.jobs().of_kind(&SCORE).is_some();
        match self.route.page {
            Page::Data => html! {
                <DataPage code={self.state.code.clone()} running={self.state.running_code()} />
            },
            Page::Overview => html! {
                <OverviewPage encoded={self.state.encoded.clone()} working={self.state.job.is_some()} />
            },
            Page::Perplexity => html! {
                <PerplexityPage {locale} {route} {summary} {metrics} {ask} models={self.state.models.clone()} width={self.room()}
                    working={self.state.job.is_some()}
                    scoring={self.state.job.as_ref().is_some_and(|j| matches!(j.work, Work::Perplexity { .. } | Work::Model { .. }))} />
            },
            Page::Ratings => html! {
                <RatingsPage {locale} {route} {metrics} {ask} ratings={self.state.ratings.clone()}
                    owner={self.state.owner.clone()} version={self.state.ratings_version} width={self.room()} />
            },
            Page::Training => html! {
                <TrainingPage {locale} beside={self.state.beside.clone()} width={self.room()} {ask} />
            },
            Page::Business => html! {
                <BusinessPage {locale} {route} beside={self.state.beside.clone()} width={self.room()} {ask} />
            },
            Page::Report => {
                html! { <ReportPage {locale} report={self.state.report.clone()} scoring={is_scoring} width={self.room()} {ask} /> }
            }
            Page::Task => {
                let scored = !metrics.is_empty();
                let form = self.form.clone();
                html! { <TaskPage {locale} {route} {summary} {scored} {form} owner={self.state.owner.clone()} {ask} /> }
            }
            Page::Examples => html! { <ExamplesPage /> },
        }
    }
}
