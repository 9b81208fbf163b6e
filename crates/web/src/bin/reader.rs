//! The entry point of the worker that opens containers: a program of its own, so that the others stay small.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay_web::reader_worker::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!(
        "This is the page's reader of containers; `cargo xtask serve` builds it and shows the page."
    );
}
