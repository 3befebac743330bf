//! `cargo demo`: boots a small Linux inside this process and shows how long each phase takes.
//!
//! `ferrovirt-demo KERNEL INITRD [URI]`; with a URI it boots in that driver instead of its own.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "showing is what a demo does"
)]

mod console;
mod failure;
mod machine;
mod phases;

use std::process::ExitCode;

use failure::Failure;
use machine::Machine;
use phases::Phases;

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [kernel, initrd] => in_this_process(kernel, initrd).await,
        [kernel, initrd, uri] => in_driver(kernel, initrd, uri).await,
        _ => Err(Failure::Usage),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("demo: {}", failure.with_sources());
            ExitCode::FAILURE
        }
    }
}

/// Everything that the driver keeps is below one directory, which goes when this returns.
async fn in_this_process(kernel: &str, initrd: &str) -> Result<(), Failure> {
    let root = tempfile::Builder::new().prefix("ferrovirt-demo-").tempdir();
    let root = root.map_err(Failure::Directory)?;
    let uri = format!("qemu:///embed?root={}", root.path().display());
    in_driver(kernel, initrd, &uri).await?;
    root.close().map_err(Failure::Directory)?;
    println!("\nnothing is left behind");
    Ok(())
}

async fn in_driver(kernel: &str, initrd: &str, uri: &str) -> Result<(), Failure> {
    let mut phases = Phases::default();
    println!("Ferrovirt boots a guest at {uri}\n");
    let connection = phases.run("open the driver", ferrovirt::open(uri)).await?;
    let machine = phases.run(
        "define the machine",
        Machine::define(&connection, kernel, initrd),
    );
    let machine = machine.await?;
    // An interrupted demo cleans up as a finished one does.
    let result = tokio::select! {
        result = machine.live(&mut phases) => result,
        _ = tokio::signal::ctrl_c() => Err(Failure::Interrupted),
    };
    phases.run("forget the machine", machine.forget()).await?;
    phases.run("close the driver", connection.close()).await?;
    result?;
    println!("\n{}", phases.table());
    Ok(())
}
