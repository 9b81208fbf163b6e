//! The page's tables: the frame that scrolls, headings that say what they head, and the cells that all tables write
//! alike: numbers, what a test shows, a measure's values side by side.

use super::charts::figure::key;
use crate::verdict::{Decision, p_text};
use yew::prelude::*;

/// A table.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the table shows, for those who can't see what stands above it.
    pub label: AttrValue,
    /// The element's id.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The table's classes.
    #[prop_or_default]
    pub class: Classes,
    /// Classes of the frame around it.
    #[prop_or_default]
    pub frame: Classes,
    /// Its head and its rows.
    pub children: Html,
}

/// A table in a frame that scrolls where the table is wider than the page. The keyboard reaches the frame, so that
/// it scrolls without a mouse.
#[function_component]
pub fn Table(props: &Props) -> Html {
    html! {
        <div class={classes!("scroll", props.frame.clone())} tabindex="0" role="group" aria-label={props.label.clone()}>
            <table id={props.id.clone()} class={props.class.clone()}>{ props.children.clone() }</table>
        </div>
    }
}

/// A head of one row.
pub fn head(columns: impl IntoIterator<Item = Html>) -> Html {
    html! { <thead><tr>{ for columns }</tr></thead> }
}

/// The heading of a column of words.
pub fn column(name: impl Into<Html>) -> Html {
    html! { <th scope="col">{ name.into() }</th> }
}

/// The heading of a column of numbers.
pub fn number_column(name: impl Into<Html>) -> Html {
    html! { <th scope="col" class="number">{ name.into() }</th> }
}

/// The heading of a system's column of numbers, with the mark that tells systems apart.
pub fn system_column(place: usize, name: &str) -> Html {
    number_column(system(place, name))
}

/// A heading over several columns.
pub fn column_group(columns: usize, name: impl Into<Html>) -> Html {
    html! { <th scope="colgroup" colspan={columns.to_string()}>{ name.into() }</th> }
}

/// The heading of a row.
pub fn row_heading(name: impl Into<Html>) -> Html {
    html! { <th scope="row">{ name.into() }</th> }
}

/// A system's name after its mark.
pub fn system(place: usize, name: &str) -> Html {
    html! { <>{ key(place) }{ name }</> }
}

/// A cell of words.
pub fn cell(inside: impl Into<Html>) -> Html {
    html! { <td>{ inside.into() }</td> }
}

/// A cell with a number.
pub fn number(inside: impl Into<Html>) -> Html {
    html! { <td class="number">{ inside.into() }</td> }
}

/// A cell with the number that a row is about.
pub fn score(inside: impl Into<Html>) -> Html {
    html! { <td class="number score">{ inside.into() }</td> }
}

/// A decision's sign, with words beside it.
pub fn decided(decision: Decision, words: impl Into<Html>) -> Html {
    html! { <span class={decision.key()}>{ decision.sign() }{ " " }{ words.into() }</span> }
}

/// A cell with what a test shows and its p-value; empty without a test.
pub fn significance(found: Option<(Decision, f64)>) -> Html {
    cell(found.map_or_else(Html::default, |(decision, p)| decided(decision, p_text(p))))
}

/// What stands where there is no value.
const NONE: &str = "–";

/// The row of a measure, with a cell for each column; left out where no column has a value.
pub fn measure_row(name: String, cells: Vec<Option<Html>>) -> Html {
    if cells.iter().all(Option::is_none) {
        return Html::default();
    }
    let cells = cells
        .into_iter()
        .map(|cell| number(cell.unwrap_or_else(|| NONE.into())));
    html! { <tr>{ row_heading(name) }{ for cells }</tr> }
}

/// Rows of measures over the same columns.
pub struct Measures<'a, T> {
    /// What the columns are of.
    pub columns: &'a [T],
}

impl<T> Measures<'_, T> {
    /// The row of a measure.
    pub fn row(&self, name: String, of: impl Fn(&T) -> Option<String>) -> Html {
        let cells = self.columns.iter().map(of);
        measure_row(name, cells.map(|value| value.map(Html::from)).collect())
    }
}
