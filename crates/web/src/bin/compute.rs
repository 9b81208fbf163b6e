//! A compute worker's entry point: the program that has what computes the measures.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay_web::compute_worker::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!(
        "This is the page's compute worker; `cargo xtask serve` builds it and shows the page."
    );
}
