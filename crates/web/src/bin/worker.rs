//! The workers' entry point.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay_web::start_worker();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This is the page's worker; `cargo xtask serve` builds it and shows the page.");
}
