//! What the shell hands down to every component beside the calls: the language, the view, the page's width,
//! and the way to ask the shell for something.

use super::ask::Ask;
use crate::route::Route;
use assay_locale::Locale;
use std::rc::Rc;
use yew::prelude::*;

/// What every component can know.
#[derive(Clone, PartialEq)]
pub struct PageContext {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Rc<Route>,
    /// Width of a page, in pixels.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// What the shell hands down.
///
/// # Panics
/// Outside the shell, which provides it.
#[hook]
pub fn use_page() -> PageContext {
    use_context::<PageContext>().expect("the shell provides the page's context to all components")
}
