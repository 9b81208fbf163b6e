//! The entry point of the worker that reads texts as trees: a program of its own, so that the page stays small.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay_web::markup_worker::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!(
        "This is the page's reader of texts; `cargo xtask serve` builds it and shows the page."
    );
}
