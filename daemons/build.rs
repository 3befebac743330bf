//! How the daemons are linked.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The addresses that the loader fills in are listed in bits instead of 24 bytes each (DT_RELR,
    // which glibc 2.36 and later reads): half a MiB that each daemon would read as it starts.
    let target = |name| env::var(name).unwrap_or_default();
    if target("CARGO_CFG_TARGET_OS") == "linux" && target("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
