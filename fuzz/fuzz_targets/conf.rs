//! Whatever stands in a configuration file is read or refused with a place in the file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match conf::parse(text) {
        Ok(entries) => assert!(entries.iter().all(|e| !e.key.is_empty() && e.line > 0)),
        Err(error) => assert!(error.line <= text.lines().count() + 1),
    }
});
