//! Bytes of a connection, cut into pieces.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| protocol::fuzz::packets(input));
