//! Whatever comes from QEMU's monitor is a message or a named error. The first byte says in
//! pieces of which size the rest arrives.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qmp::wire::Session;

fuzz_target!(|input: &[u8]| {
    let Some((size, rest)) = input.split_first() else {
        return;
    };
    let mut session = Session::new(64 * 1024);
    for name in ["first", "second"] {
        let _ = session.command::<()>(name, None, false);
    }
    for piece in rest.chunks(usize::from(*size).max(1)) {
        session.feed(piece);
        while let Ok(Some(incoming)) = session.next_incoming() {
            let _ = format!("{incoming:?}");
        }
    }
});
