//! The project's own tools: demo, verify, guest, tidy, schema, reference, compare.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a tool does"
)]

mod debian;
mod error;
mod files;
mod guest;
mod reference;
mod run;
mod schema;
mod tasks;
mod tidy;
mod verify;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match tasks::dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
