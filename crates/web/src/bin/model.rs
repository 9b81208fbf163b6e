//! The model worker's entry point: a program of its own, so that the other workers stay small.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay_web::model_worker::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This is the page's model worker; `cargo xtask serve` builds it and shows the page.");
}
