//! Whatever a client sends as a domain's document is read or refused; what is read comes back.
#![no_main]

use documents::domain::Domain;
use libfuzzer_sys::fuzz_target;
use xml::{Options, format, parse};

fuzz_target!(|input: &str| {
    let _ = parse::<Domain>(input, &Options::strict());
    if let Ok(domain) = parse::<Domain>(input, &Options::lenient()) {
        let again = parse::<Domain>(&format(&domain), &Options::lenient());
        assert_eq!(again.as_ref(), Ok(&domain));
    }
});
