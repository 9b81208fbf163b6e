//! The entry point of a rater's page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay::shell::rating::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!(
        "This is the program of a rater's page; `cargo xtask serve` builds it and shows the page."
    );
}
