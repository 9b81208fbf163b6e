//! The data worker's entry point.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay_web::data_worker::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This is the page's data worker; `cargo xtask serve` builds it and shows the page.");
}
