//! The page that the address names, with what it shows.

use super::Shell;
use crate::pages::data::DataPage;
use crate::pages::examples::ExamplesPage;
use crate::pages::experiment::ExperimentPage;
use crate::pages::overview::OverviewPage;
use crate::pages::people::RatingsPage;
use crate::pages::perplexity::PerplexityPage;
use crate::pages::privacy::PrivacyPage;
use crate::pages::report::ReportPage;
#[cfg(feature = "style-page")]
use crate::pages::style::StylePage;
use crate::pages::task::TaskPage;
use crate::pages::training::TrainingPage;
use crate::route::Page;
use yew::prelude::*;

impl Shell {
    pub(super) fn page(&self) -> Html {
        let ask = self.ask.clone();
        let locale = self.settings.locale.clone();
        let route = self.route.clone();
        let summary = self.summary.clone();
        let metrics = self.metrics.clone();
        match self.route.page {
            Page::Data => html! { <DataPage /> },
            Page::Overview => html! { <OverviewPage /> },
            Page::Perplexity => html! {
                <PerplexityPage {locale} {route} {summary} {metrics} {ask} width={self.room()} />
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
            Page::Report => html! { <ReportPage {locale} width={self.room()} {ask} /> },
            Page::Task => {
                let scored = !metrics.is_empty();
                let form = self.form.clone();
                html! { <TaskPage {locale} {route} {summary} {scored} {form} {ask} /> }
            }
            Page::Examples => html! { <ExamplesPage /> },
            Page::Privacy => html! { <PrivacyPage /> },
            #[cfg(feature = "style-page")]
            Page::Style => html! { <StylePage /> },
        }
    }
}
