//! Measures this daemon, the C libvirtd and raw QEMU side by side, one row per budget of the
//! design, and writes `docs/benchmarks.md`.
//!
//! Subjects alternate within each row (A, B, A, B, …), so that a machine that slows down slows
//! both; medians and their ratio are what is reported. The C daemon runs in a mount and network
//! namespace of its own with empty state, so that neither disturbs the host. Where it is not
//! installed its column stays empty and the report says so.
//!
//! `oracle FOLDER` as the first words compares what the two daemons make of documents instead: see
//! [`oracle`].
//!
//! `cargo xtask compare [ROW …]` builds this in release mode and runs it; with names, only the
//! rows whose name holds one of them, and nothing is written.
#![allow(
    clippy::disallowed_methods,
    reason = "the programs that are measured are started here, as an operator starts them"
)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the progress is this program's user interface"
)]

mod domain;
mod failure;
mod machine;
mod oracle;
mod raw;
mod report;
mod rows;
mod statistics;
mod subject;

use std::process::ExitCode;

use failure::Failure;

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.split_first() {
        Some((first, rest)) if first == "oracle" => oracle::run(rest).await,
        _ => measure(&words).await.map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(wanted: &[String]) -> Result<(), Failure> {
    let machine = machine::describe()?;
    let mut measured = Vec::new();
    for row in rows::ALL {
        if !wanted.is_empty() && !wanted.iter().any(|word| row.name.contains(word.as_str())) {
            continue;
        }
        println!("{} …", row.name);
        let results = (row.measure)().await?;
        for result in results {
            println!("  {}", report::line(&result));
            measured.push(result);
        }
    }
    if wanted.is_empty() {
        let path = report::write(&machine, &measured)?;
        println!("written: {}", path.display());
    }
    Ok(())
}
