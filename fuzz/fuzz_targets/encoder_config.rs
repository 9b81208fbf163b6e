//! See `assay_fuzz::encoder_config`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| assay_fuzz::encoder_config(data));
