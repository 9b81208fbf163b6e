//! Sends made-up values of every call, reply and error through the browser's codec and its copy, under node:
//! `cargo xtask codec`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    check::run();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("`cargo xtask codec` builds this for wasm32 and runs it under node.");
}

#[cfg(target_arch = "wasm32")]
mod check {
    use assay_calls::testing::RoundtripCalls;
    use assay_web_calls::StructuredCloneCodec;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = console)]
        fn log(text: &str);
    }

    pub(crate) fn run() {
        console_error_panic_hook::set_once();
        let mut check = RoundtripCalls::<StructuredCloneCodec>::default();
        assay_protocol::visit(&mut check);
        assert!(check.failures.is_empty(), "{:#?}", check.failures);
        log(&format!("{} values came back as they were", check.sent));
    }
}
