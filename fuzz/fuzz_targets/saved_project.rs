//! See `assay_fuzz::saved_project`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| assay_fuzz::saved_project(data));
