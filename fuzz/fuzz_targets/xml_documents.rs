//! Whatever a client, a status file or the other side of a migration gives as any other document is
//! read or refused; what is read comes back.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| documents::fuzz::xml_documents(input));
