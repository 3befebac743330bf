//! Whatever bytes either end of a conversation receives, it ends when they do.
#![no_main]

#[path = "../../crates/rpc/tests/session/feed.rs"]
mod feed;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| feed::feed(input));
