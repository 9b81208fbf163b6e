//! See `assay_fuzz::training_log`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| assay_fuzz::training_log(data));
