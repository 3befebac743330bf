//! The project's own tools: demo, verify, guest, tidy, compare.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a tool does"
)]

mod error;
mod files;
mod guest;
mod run;

use std::process::ExitCode;

use error::Error;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Error> {
    let task = arguments.first().map_or("help", String::as_str);
    match task {
        "guest" => {
            let guest = guest::build()?;
            println!("{}\n{}", guest.kernel.display(), guest.initrd.display());
            Ok(())
        }
        other => Err(Error::UnknownTask(other.to_owned())),
    }
}
