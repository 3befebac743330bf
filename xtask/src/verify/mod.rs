//! `cargo verify`: everything that must hold before a change goes in, with a time for each step.

mod report;
mod testing;

use std::path::Path;

use crate::error::Error;
use crate::run::Run;
use crate::{debian, files, guest, tidy};
use report::Report;

/// Runs every step, also those after one that failed: one run tells all there is to mend. A step
/// that others stand on ends the run when it fails.
pub(crate) fn run() -> Result<(), Error> {
    let top = files::top();
    let mut report = Report::default();
    report.must("packages", || debian::ensure(&debian::TO_TEST))?;
    report.must("guest", || guest::build().map(drop))?;
    report.step("format", || format(&top));
    report.step("lints", || lints(&top));
    report.step("house rules", tidy::run);
    report.step("licences, bans, sources", || deny(&top));
    report.step("documentation", || documentation(&top));
    // The end-to-end tests start the programs as they are built here.
    report.must("build", || {
        in_workspace("build")
            .args(["--workspace", "--bins", "--examples"])
            .dir(&top)
            .go()
    })?;
    report.step("tests", || testing::run(&top));
    report.step("doc tests", || testing::doc(&top));
    report.step("guest tests", || testing::guest(&top));
    report.step("fuzzing", || fuzzing(&top));
    report.finish()
}

/// A short run of every fuzz target from its kept inputs; the crates' own tests replay those inputs
/// on every machine, so that this step may be left out where the tools are not.
fn fuzzing(top: &Path) -> Result<(), Error> {
    let fuzz = || {
        Run::new("cargo")
            .arg("+nightly")
            .arg("fuzz")
            .without_env("RUSTUP_TOOLCHAIN")
    };
    if !fuzz().arg("--version").succeeds() {
        println!("skipped: cargo-fuzz with a nightly compiler is not installed");
        return Ok(());
    }
    let targets = files::walk(&top.join("fuzz/fuzz_targets"), &|_| false)?;
    for name in targets.iter().filter_map(|path| path.file_stem()) {
        fuzz()
            .arg("run")
            .arg(name)
            .args(["--", "-max_total_time=10"])
            .dir(top)
            .go()?;
    }
    Ok(())
}

/// A cargo command over the workspace as it is locked.
fn in_workspace(command: &str) -> Run {
    Run::cargo().args([command, "--locked"])
}

/// A cargo command on the guest's own package, beside the workspace.
fn in_guest(command: &str, top: &Path) -> Run {
    let target = top.join("target/guest/build");
    Run::cargo()
        .arg(command)
        .dir(&top.join("guest"))
        .env("CARGO_TARGET_DIR", target)
}

fn format(top: &Path) -> Result<(), Error> {
    Run::cargo()
        .args(["fmt", "--all", "--check"])
        .dir(top)
        .go()?;
    in_guest("fmt", top).arg("--check").go()?;
    Run::cargo()
        .args(["fmt", "--check"])
        .dir(&top.join("fuzz"))
        .go()
}

fn lints(top: &Path) -> Result<(), Error> {
    let strict = ["--all-targets", "--", "-D", "warnings"];
    in_workspace("clippy")
        .arg("--workspace")
        .args(strict)
        .dir(top)
        .go()?;
    in_guest("clippy", top).arg("--locked").args(strict).go()
}

/// The house rules check licences by themselves; cargo-deny adds bans and sources where it is.
fn deny(top: &Path) -> Result<(), Error> {
    if !Run::cargo().args(["deny", "--version"]).succeeds() {
        println!("cargo-deny is not installed: licences are checked by the house rules alone");
        return Ok(());
    }
    Run::cargo()
        .args(["deny", "check", "bans", "licenses", "sources"])
        .dir(top)
        .go()
}

fn documentation(top: &Path) -> Result<(), Error> {
    let doc = in_workspace("doc").args(["--workspace", "--no-deps", "--quiet"]);
    doc.env("RUSTDOCFLAGS", "-D warnings").dir(top).go()
}
