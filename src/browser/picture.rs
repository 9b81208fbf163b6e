//! A chart as a file: the SVG element of the page with the styles it is shown in, as it stands or
//! painted as PNG.

use crate::browser::files::{save_blob, window};
use js_sys::{Array, encode_uri_component};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement,
    NodeList, XmlSerializer,
};
use yew::Callback;

/// Pixels of the PNG for each of the page's.
const DENSITY: f64 = 2.0;

/// What a drawing program can't know from the page's style sheet.
const STYLES: [&str; 11] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "color",
];

/// Saves the chart as SVG.
pub fn save_svg(svg: &Element, name: &str) -> Option<()> {
    let (text, ..) = standalone(svg)?;
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    save_blob(&format!("{name}.svg"), &blob)
}

/// Why a picture is not saved.
#[derive(Debug, Clone, Serialize)]
pub enum PictureError {
    /// The browser can't draw it or make a file of it.
    NotSaved {
        /// The browser's words.
        detail: String,
    },
}

/// Saves the chart as PNG, at twice the size it is shown in; `failed` is told why where that can't be done.
pub fn save_png(svg: &Element, name: &str, failed: Callback<PictureError>) -> Option<()> {
    let (text, width, height) = standalone(svg)?;
    let name = format!("{name}.png");
    spawn_local(async move {
        if let Err(error) = paint(&text, width, height, name).await {
            let detail = error.as_string().unwrap_or_else(|| format!("{error:?}"));
            failed.emit(PictureError::NotSaved { detail });
        }
    });
    Some(())
}

async fn paint(svg: &str, width: f64, height: f64, name: String) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    let data = String::from(encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{data}"));
    JsFuture::from(image.decode()).await?;
    let document = window().document().ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width((width * DENSITY) as u32);
    canvas.set_height((height * DENSITY) as u32);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(
        &image,
        0.0,
        0.0,
        width * DENSITY,
        height * DENSITY,
    )?;
    let done = Closure::once_into_js(move |blob: Option<Blob>| {
        blob.and_then(|blob| save_blob(&name, &blob));
    });
    canvas.to_blob(done.unchecked_ref())
}

/// The chart as a document of its own, with its width and height.
fn standalone(svg: &Element) -> Option<(String, f64, f64)> {
    let copy: Element = svg.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let frame = svg.get_bounding_client_rect();
    copy.set_attribute("xmlns", "http://www.w3.org/2000/svg")
        .ok()?;
    copy.set_attribute("width", &frame.width().to_string())
        .ok()?;
    copy.set_attribute("height", &frame.height().to_string())
        .ok()?;
    let (ours, theirs) = (all(svg), all(&copy));
    for i in 0..ours.length() {
        let (Some(from), Some(to)) = (element(&ours, i), element(&theirs, i)) else {
            continue;
        };
        dress(&from, &to);
    }
    let ground = background(svg)?;
    let document = window().document()?;
    let sheet = document
        .create_element_ns(Some("http://www.w3.org/2000/svg"), "rect")
        .ok()?;
    for (name, value) in [("width", "100%"), ("height", "100%"), ("fill", &ground)] {
        sheet.set_attribute(name, value).ok()?;
    }
    copy.prepend_with_node_1(&sheet).ok()?;
    let text = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    Some((text, frame.width(), frame.height()))
}

fn all(svg: &Element) -> NodeList {
    svg.query_selector_all("*").expect("* is a selector")
}

fn element(list: &NodeList, index: u32) -> Option<Element> {
    list.item(index)?.dyn_into().ok()
}

fn dress(from: &Element, to: &Element) {
    let Ok(Some(style)) = window().get_computed_style(from) else {
        return;
    };
    for name in STYLES {
        if let Ok(value) = style.get_property_value(name) {
            // The names are attributes of ours, which no element refuses.
            let _ = to.set_attribute(name, &value);
        }
    }
    // Links and tips belong to the page.
    for name in ["href", "data-tip", "class"] {
        // Removing what is not there is no error.
        let _ = to.remove_attribute(name);
    }
}

/// The colour that the chart stands on.
fn background(svg: &Element) -> Option<String> {
    let surface = svg.closest("section").ok().flatten();
    let style = window().get_computed_style(surface.as_ref()?).ok()??;
    style.get_property_value("background-color").ok()
}
