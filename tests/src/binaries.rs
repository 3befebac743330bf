//! Where the binaries under test are.

use std::path::PathBuf;

/// The path of one of the workspace's own binaries.
///
/// The tests run from `target/PROFILE/deps`, the binaries lie one folder above. They belong to
/// other packages, so cargo does not build them for these tests: `cargo verify` does, and so does
/// `cargo build --workspace`.
///
/// # Panics
///
/// When the binary is not there; the message says how to build it.
#[must_use]
pub fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let profile = test
        .ancestors()
        .nth(2)
        .expect("a test lies in target/PROFILE/deps");
    let path = profile.join(name);
    assert!(
        path.exists(),
        "{} is missing; build it with: cargo build --workspace",
        path.display()
    );
    path
}
