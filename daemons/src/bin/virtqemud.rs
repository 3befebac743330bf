//! `virtqemud`: the QEMU driver as a daemon.

fn main() {}
