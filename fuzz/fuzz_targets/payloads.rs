//! Arguments, results and messages of every procedure and event.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| protocol::fuzz::payloads(input));
