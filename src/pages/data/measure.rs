//! What a column that measures is taken for, on the Data page: whose outputs it measures, which way is better, and
//! between which values.

use crate::calls::use_calls;
use crate::components::controls::named_choice;
use crate::components::number_field::NumberField;
use crate::shell::context::use_page;
use assay_data::measure_setting::MeasureSetting;
use assay_protocol::data::SetMeasure;
use assay_protocol::views::MeasureView;
use yew::prelude::*;

/// The column and what it is taken for.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The column's place.
    pub column: usize,
    /// Its name.
    pub name: String,
    /// What it is taken for.
    pub measure: MeasureView,
    /// Systems: their columns and names.
    pub systems: Vec<(usize, String)>,
}

/// The controls.
#[function_component]
pub fn MeasureControls(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let (column, now) = (props.column, props.measure.clone());
    let set = Callback::from(move |view: MeasureView| {
        let setting = MeasureSetting {
            system: view.system,
            lower: Some(view.lower),
            range: view.range,
        };
        calls.order(SetMeasure { column, setting }, |()| {});
    });
    let system = {
        let now = now.clone();
        set.reform(move |chosen: String| MeasureView {
            system: chosen.parse().ok(),
            ..now.clone()
        })
    };
    let direction = {
        let now = now.clone();
        set.reform(move |chosen: String| MeasureView {
            lower: chosen == "lower",
            ..now.clone()
        })
    };
    let mut systems: Vec<(String, String)> = props
        .systems
        .iter()
        .map(|(column, name)| (column.to_string(), name.clone()))
        .collect();
    if now.system.is_none() {
        systems.insert(0, (String::new(), t.text("measure-of-none")));
    }
    let current = now
        .system
        .map_or(String::new(), |column| column.to_string());
    let ways = ["higher", "lower"].map(|way| (way.to_owned(), t.text(way)));
    let way = if now.lower { "lower" } else { "higher" };
    let label = |key: &str| format!("{} {}", t.text(key), props.name);
    html! {
        <p class="row">
            { named_choice(format!("measure-system-{column}"), label("system"), systems, &current, &system) }
            { named_choice(format!("measure-way-{column}"), label("measure-way"), ways.into(), way, &direction) }
            <RangeFields {column} range={now.range} set={set.reform(move |range| MeasureView { range, ..now.clone() })} />
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct RangeProps {
    column: usize,
    range: Option<[f64; 2]>,
    set: Callback<Option<[f64; 2]>>,
}

/// Two fields for the ends of the range, which counts once both are there; both empty, it follows from the values.
#[function_component]
fn RangeFields(props: &RangeProps) -> Html {
    let page = use_page();
    let t = &*page.locale;
    let typed = use_state(|| None::<[Option<f64>; 2]>);
    let known = props.range.map_or([None, None], |ends| ends.map(Some));
    let ends = (*typed).unwrap_or(known);
    let set = |at: usize| {
        let (typed, set) = (typed.clone(), props.set.clone());
        Callback::from(move |end: Option<f64>| {
            let mut next = ends;
            next[at] = end;
            match next {
                [Some(least), Some(most)] => {
                    typed.set(None);
                    set.emit(Some([least, most]));
                }
                [None, None] => {
                    typed.set(None);
                    set.emit(None);
                }
                half => typed.set(Some(half)),
            }
        })
    };
    let column = props.column;
    html! { <>
        <NumberField<Option<f64>> id={format!("measure-least-{column}")} label={t.text("measure-least")} value={ends[0]} set={set(0)} />
        <NumberField<Option<f64>> id={format!("measure-most-{column}")} label={t.text("measure-most")} value={ends[1]} set={set(1)} />
    </> }
}
