//! The runs: a few as cards of key facts, more as a table that is read across.

use crate::calls::Calls;
use crate::components::charts::figure::key;
use crate::components::controls::{choice, named_choice};
use crate::components::facts::{Fact, facts};
use crate::components::table::{Table, column, head, measure_row, number_column};
use assay_locale::Locale;
use assay_protocol::training::{Remove, SetEvaluated};
use assay_report::written::{place, plain};
use assay_training::Total;
use assay_training::findings::Best;
use assay_training::view::RunView;
use yew::prelude::*;

/// Runs that are shown as cards; with more of them a table is easier to compare.
const MOST_CARDS: usize = 3;

/// The runs, each with the checkpoint that was evaluated and the way to remove it.
pub fn runs(t: &Locale, calls: &Calls, runs: &[RunView]) -> Html {
    if runs.len() > MOST_CARDS {
        return table(t, calls, runs);
    }
    html! { <div id="runs" class="run-cards">{ for runs.iter().enumerate().map(|(place, run)| card(t, calls, place, run)) }</div> }
}

fn card(t: &Locale, calls: &Calls, place: usize, run: &RunView) -> Html {
    let (options, now, set) = evaluated(t, calls, place, run);
    html! {
        <section class="run-card">
            <h3 class="row"><span>{ key(place) }{ &run.name }</span>{ forget(t, calls, place, run) }</h3>
            { facts(run_facts(t, run)) }
            <p class="settings">{ choice(format!("evaluated-{place}"), t.text("run-evaluated"), options, &now, &set) }</p>
        </section>
    }
}

/// What is known of a run, the most telling first.
fn run_facts(t: &Locale, run: &RunView) -> Vec<Fact> {
    let mut all = Vec::new();
    let mut add = |key: &str, value: Option<String>, note: String| {
        all.extend(value.map(|value| Fact::new(t.text(key), value).note(note)));
    };
    let best = run.best_loss();
    let at = best.map_or_else(String::new, |best| place(t, &best.at));
    add("run-best-loss", best.map(|best| plain(best.value)), at);
    let last = best.map(|best| plain(best.last));
    add("run-last-loss", last, String::new());
    add("run-train-loss", run.train_loss.map(plain), String::new());
    add("run-perplexity", run.perplexity().map(plain), String::new());
    let steps = run.steps.map(|steps| t.count(steps as usize));
    add("run-steps", steps, String::new());
    add("run-epochs", run.epochs.map(plain), String::new());
    let hours = run.seconds.map(|seconds| plain(seconds / 3600.0));
    add("run-hours", hours, String::new());
    let unread = (run.unread > 0).then(|| t.count(run.unread));
    add("run-unread", unread, String::new());
    let chosen = run.chosen.as_ref().map(|c| c.name.clone());
    add("run-chosen", chosen, chosen_by(run));
    let is_other = |best: &&Best| run.losses[1].as_deref() != Some(best.series.as_str());
    let others = run.best.iter().filter(is_other);
    let others = others.map(|b| Fact::new(b.series.clone(), plain(b.value)).note(place(t, &b.at)));
    let others: Vec<Fact> = others.collect();
    all.extend(others);
    let total = |total: &Total| Fact::new(of_whole_run(t, &total.name), plain(total.value));
    all.extend(run.totals.iter().map(total));
    all
}

/// The value by which the trainer chose its checkpoint.
fn chosen_by(run: &RunView) -> String {
    let by = run.chosen.as_ref();
    let by = by.and_then(|c| Some((c.metric.as_ref()?, c.value?)));
    by.map_or_else(String::new, |(metric, value)| {
        format!("{metric} {}", plain(value))
    })
}

fn of_whole_run(t: &Locale, name: &str) -> String {
    t.with("run-total", &[("name", name.to_owned())])
}

fn table(t: &Locale, calls: &Calls, runs: &[RunView]) -> Html {
    let row = |name: String, of: &dyn Fn(usize, &RunView) -> Option<Html>| {
        let cells = runs.iter().enumerate().map(|(i, run)| of(i, run));
        measure_row(name, cells.collect())
    };
    let text = |s: Option<String>| s.map(Html::from);
    let said = |best: &Best| format!("{} ({})", plain(best.value), place(t, &best.at));
    let names = runs.iter().enumerate().map(|(i, run)| {
        number_column(html! { <>{ key(i) }{ &run.name }{ " " }{ forget(t, calls, i, run) }</> })
    });
    html! {
        <Table label={t.text("runs")} id="runs" class="ratings">
            { head([column(t.text("run"))].into_iter().chain(names)) }
            <tbody>
                { row(t.text("run-steps"), &|_, r| text(r.steps.map(|s| t.count(s as usize)))) }
                { row(t.text("run-epochs"), &|_, r| text(r.epochs.map(plain))) }
                { row(t.text("run-hours"), &|_, r| text(r.seconds.map(|s| plain(s / 3600.0)))) }
                { row(t.text("run-train-loss"), &|_, r| text(r.train_loss.map(plain))) }
                { row(t.text("run-best-loss"), &|_, r| text(r.best_loss().map(said))) }
                { row(t.text("run-last-loss"), &|_, r| text(r.best_loss().map(|b| plain(b.last)))) }
                { row(t.text("run-perplexity"), &|_, r| text(r.perplexity().map(plain))) }
                { for others(runs).iter().map(|name| row((*name).to_owned(), &|_, r| text(r.best.iter().find(|b| b.series == *name).map(said)))) }
                { for totals(runs).iter().map(|name| row(of_whole_run(t, name), &|_, r| text(r.totals.iter().find(|total| total.name == *name).map(|total| plain(total.value))))) }
                { row(t.text("run-chosen"), &|_, r| text(r.chosen.as_ref().map(|c| match chosen_by(r) {
                    by if by.is_empty() => c.name.clone(),
                    by => format!("{} ({by})", c.name),
                }))) }
                { row(t.text("run-evaluated"), &|i, r| {
                    let (options, now, set) = evaluated(t, calls, i, r);
                    let name = format!("{} {}", t.text("run-evaluated"), r.name);
                    Some(named_choice(format!("evaluated-{i}"), name, options, &now, &set))
                }) }
                if runs.iter().any(|r| r.unread > 0) {
                    { row(t.text("run-unread"), &|_, r| text(Some(t.count(r.unread)))) }
                }
            </tbody>
        </Table>
    }
}

/// The validation series of all runs that are no loss.
fn others(runs: &[RunView]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for best in runs.iter().flat_map(|r| &r.best) {
        let mut losses = runs.iter().map(|r| r.losses[1].as_deref());
        let is_loss = losses.any(|loss| loss == Some(best.series.as_str()));
        if !is_loss && !names.contains(&best.series.as_str()) {
            names.push(&best.series);
        }
    }
    names
}

/// What is known of whole runs, by name.
fn totals(runs: &[RunView]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for total in runs.iter().flat_map(|r| &r.totals) {
        if !names.contains(&total.name.as_str()) {
            names.push(&total.name);
        }
    }
    names
}

fn forget(t: &Locale, calls: &Calls, place: usize, run: &RunView) -> Html {
    let calls = calls.clone();
    let forget = Callback::from(move |_: MouseEvent| calls.order(Remove { run: place }, |()| {}));
    let label = t.with("forget-run", &[("run", run.name.clone())]);
    html! { <button class="quiet forget-run" aria-label={label.clone()} title={label} onclick={forget}>{ "×" }</button> }
}

/// The checkpoints of which one was evaluated, the one that is chosen, and how another one is.
fn evaluated(
    t: &Locale,
    calls: &Calls,
    run: usize,
    view: &RunView,
) -> (Vec<(String, String)>, String, Callback<String>) {
    let mut options = vec![(String::new(), t.text("not-told"))];
    let steps = view.checkpoints.iter();
    options.extend(steps.map(|s| (s.to_string(), t.count(*s as usize))));
    let now = view.evaluated.map_or(String::new(), |s| s.to_string());
    let calls = calls.clone();
    let set = Callback::from(move |value: String| {
        let step = value.parse().ok();
        calls.order(SetEvaluated { run, step }, |()| {});
    });
    (options, now, set)
}
