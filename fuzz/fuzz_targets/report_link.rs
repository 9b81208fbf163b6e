//! See `assay_fuzz::report_link`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| assay_fuzz::report_link(data));
