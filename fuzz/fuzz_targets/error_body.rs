//! The error that takes the place of a result.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| protocol::fuzz::error_body(input));
