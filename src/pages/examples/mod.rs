//! The Examples page: filters, the list of rows and the detail pane. Rows are filtered and sorted
//! in the worker; only those in sight are asked for.

mod aligned;
mod annotations;
mod detail;
mod filters;
mod keys;
mod list;
mod marking;
mod note;
mod outputs;
mod reading;
mod selected;
mod steps;
mod tokens;
mod view;

use crate::calls::use_calls;
use crate::pages::examples::annotations::AnnotationPane;
use crate::pages::examples::detail::DetailPane;
use crate::pages::examples::filters::{filters, list_head};
use crate::pages::examples::keys::{key_list, use_keys};
use crate::pages::examples::list::ExamplesList;
use crate::pages::examples::marking::Marking;
use crate::pages::examples::reading::Way;
use crate::pages::examples::selected::SelectedRows;
use crate::pages::examples::steps::{steps, use_swipe};
use crate::pages::examples::view::use_view;
use crate::pages::overview::empty;
use yew::prelude::*;

/// The Examples page.
#[function_component]
pub fn ExamplesPage() -> Html {
    let start = use_state(|| 0);
    let against = use_state(|| None);
    let view = use_view(*start, *against);
    let calls = use_calls();
    let t = &*view.page.locale;
    // Before a person has chosen, texts that show something are read first, and others compared.
    let chosen_marking = use_state(|| None);
    let marking = chosen_marking.unwrap_or(match view.reading.comes_first() {
        true => Marking::Plain,
        false => Marking::Differences,
    });
    let mark = {
        let chosen = chosen_marking.clone();
        Callback::from(move |marking: Marking| chosen.set(Some(marking)))
    };
    let read = {
        let (reading, mark) = (view.reading.clone(), mark.clone());
        Callback::from(move |way: Way| {
            // Marks stand in the text as it is.
            if way == Way::Rendered {
                mark.emit(Marking::Plain);
            }
            reading.choose(way);
        })
    };
    let wide = use_state(|| false);
    let help = use_state(|| false);
    let swipe = use_swipe(&calls, &view.page);
    use_keys(&view, marking, &mark, &read, &wide, &help);
    let has_classes = view.summary.as_ref().is_some_and(|s| s.has_classes);
    let lacks = empty(t, "examples", view.summary.as_deref(), &view.page.ask);
    if let Some(html) = lacks.filter(|_| !has_classes) {
        return html;
    }
    let version = view.scores.results.len();
    let ordering = view.scores.results.get(view.page.route.query.metric);
    let max = ordering.map_or(1.0, |m| m.result.max);
    let lower = ordering.is_some_and(|m| m.result.lower_is_better);
    let chosen = view.page.route.row;
    let awaited = view.detail().is_some_and(|d| Some(d.row) != chosen);
    let from = Callback::from(move |first: usize| start.set(first));
    html! {
        <div class="examples">
            <h1 class="visually-hidden">{ t.text("examples") }</h1>
            { filters(&view) }
            <SelectedRows counts={view.noted.clone()} total={view.window.as_ref().map_or(0, |w| w.total)} />
            if *help { { key_list(t) } }
            <div class={classes!("split", wide.then_some("wide-detail"))}>
                <div class={classes!("list-side", view.searching.then_some("busy"))} aria-busy={view.searching.to_string()}>
                    { list_head(&view) }
                    { match &view.window {
                        Ok(window) => html! { <ExamplesList {version} {max} lower_is_better={lower} window={window.clone()} place={view.place} {from} /> },
                        Err(instead) => html! { <div class="list">{ instead.clone() }</div> },
                    } }
                </div>
                <div class="pane" aria-busy={awaited.to_string()} onpointerdown={swipe.begin} onpointerup={swipe.end} onpointercancel={swipe.cancel}>
                    { match &view.detail {
                        Some(Ok(detail)) => html! { <>
                            <AnnotationPane key={detail.row} row={detail.row} counts={view.noted.clone()} />
                            <DetailPane locale={view.page.locale.clone()} detail={detail.clone()} {marking} {mark} {read}
                                reading={view.reading.clone()} against={view.against} steps={steps(&view, &calls)}
                                compare={let against = against.clone(); Callback::from(move |system| against.set(system))}
                                wide={*wide} widen={let wide = wide.clone(); Callback::from(move |()| wide.set(!*wide))} />
                        </> },
                        Some(Err(instead)) => instead.clone(),
                        None => html! { <p class="hint">{ t.text("pick") }</p> },
                    } }
                </div>
            </div>
        </div>
    }
}
