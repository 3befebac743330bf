//! Whatever a saved domain's file begins with is read within bounds or refused by name.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| documents::fuzz::save_image(input));
