//! The page's entry point.

fn main() {
    #[cfg(target_arch = "wasm32")]
    assay::shell::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This is the page's program; `cargo xtask serve` builds it and shows the page.");
}
