//! The tasks by name, and the short ones.

use std::time::Instant;

use crate::error::Error;
use crate::run::Run;
use crate::{debian, files, guest, reference, schema, tidy, verify};

/// One task of `cargo xtask`.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<(), Error>,
}

const TASKS: [Task; 9] = [
    Task {
        name: "demo",
        about: "boot a small guest inside a process, step by step",
        run: demo,
    },
    Task {
        name: "verify",
        about: "install what tests need, check all rules, run all tests",
        run: |_| verify::run(),
    },
    Task {
        name: "guest",
        about: "build the test guest and print where it is",
        run: |_| guest_paths(),
    },
    Task {
        name: "tidy",
        about: "check the house rules",
        run: |_| tidy::run(),
    },
    Task {
        name: "packages",
        about: "install what the tests need",
        run: |_| debian::ensure(&debian::TO_TEST),
    },
    Task {
        name: "schema",
        about: "compare the documents' declarations with libvirt's schemas",
        run: schema::run,
    },
    Task {
        name: "reference",
        about: "write docs/reference/ from the declarations",
        run: reference::run,
    },
    Task {
        name: "compare",
        about: "measure against the C daemon and raw QEMU",
        run: compare,
    },
    Task {
        name: "oracle",
        about: "hold the documents of a folder against the C daemon",
        run: oracle,
    },
];

/// Runs the task that the first argument names.
pub(crate) fn dispatch(arguments: &[String]) -> Result<(), Error> {
    let Some((name, rest)) = arguments.split_first().filter(|(name, _)| *name != "help") else {
        for Task { name, about, .. } in TASKS {
            println!("cargo xtask {name:<9} {about}");
        }
        return Ok(());
    };
    let task = TASKS.into_iter().find(|task| task.name == name);
    (task.ok_or_else(|| Error::UnknownTask(name.clone()))?.run)(rest)
}

fn guest_paths() -> Result<(), Error> {
    let guest = guest::build()?;
    println!("{}\n{}", guest.kernel.display(), guest.initrd.display());
    Ok(())
}

/// Prepares in sight, one line a step, then hands over to the demo itself.
fn demo(arguments: &[String]) -> Result<(), Error> {
    const PACKAGE: [&str; 3] = ["--locked", "--package", "ferrovirt-demo"];
    timed("packages", || debian::ensure(&debian::TO_RUN))?;
    let guest = timed("test guest", guest::build)?;
    timed("build", || {
        Run::cargo()
            .arg("build")
            .args(PACKAGE)
            .dir(&files::top())
            .go()
    })?;
    println!();
    let demo = Run::cargo()
        .args(["run", "--quiet"])
        .args(PACKAGE)
        .arg("--");
    demo.arg(guest.kernel)
        .arg(guest.initrd)
        .args(arguments)
        .dir(&files::top())
        .go()
}

/// Runs a step and says how long it took.
fn timed<T>(name: &str, step: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let start = Instant::now();
    let result = step()?;
    println!("{name}: ready in {:.1} s", start.elapsed().as_secs_f64());
    Ok(result)
}

fn compare(arguments: &[String]) -> Result<(), Error> {
    guest::build()?;
    // Started as a program, so it is no dependency that cargo would build along.
    Run::cargo()
        .args(["build", "--locked", "--release"])
        .args(["--package", "ferrovirt-daemons"])
        .dir(&files::top())
        .go()?;
    let cargo = Run::cargo().args([
        "run",
        "--locked",
        "--release",
        "--package",
        "ferrovirt-compare",
    ]);
    cargo.arg("--").args(arguments).dir(&files::top()).go()
}

fn oracle(arguments: &[String]) -> Result<(), Error> {
    // Started as a program, so it is no dependency that cargo would build along.
    Run::cargo()
        .args(["build", "--quiet", "--locked"])
        .args(["--package", "ferrovirt-daemons", "--bin", "virtqemud"])
        .dir(&files::top())
        .go()?;
    let cargo = Run::cargo().args([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "ferrovirt-compare",
    ]);
    cargo.args(["--", "oracle"]).args(arguments).go()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_task_is_named() {
        let failure = dispatch(&["dance".to_owned()]).unwrap_err();
        assert!(failure.to_string().contains("dance"), "{failure}");
        assert!(dispatch(&[]).is_ok(), "help");
    }
}
