//! Whatever a client sends as a domain's document is read or refused; what is read comes back.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| documents::fuzz::xml_domain(input));
