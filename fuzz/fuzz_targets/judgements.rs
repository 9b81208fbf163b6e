//! See `assay_fuzz::judgements`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| assay_fuzz::judgements(data));
