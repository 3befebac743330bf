//! `virsh`: the command line of Ferrovirt.
//!
//! A command is a file in `commands`, declared once: its name, options and help texts are data,
//! its work is a function on the [`shell::Shell`]. Scripts written for the C `virsh` work
//! unchanged; beyond it, every command that shows something takes `--json`.

mod arguments;
mod command;
mod commands;
mod cpu_document;
mod cpus;
mod document;
mod edit;
mod editor;
mod event_words;
mod failure;
mod from_file;
mod getopt;
mod help;
mod interactive;
mod json_text;
mod log;
mod objects;
mod options;
mod pool_document;
mod report;
mod run;
mod saved;
mod shell;
mod size;
mod split;
mod table;
mod typed;
mod wait;
mod xpath;

use std::process::ExitCode;

fn main() -> ExitCode {
    match run::program(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(run::Ended::Reported) => ExitCode::FAILURE,
        Err(run::Ended::Failed(failure)) => {
            report::report(&failure);
            ExitCode::FAILURE
        }
    }
}
