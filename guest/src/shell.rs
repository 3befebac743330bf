//! The command line: one table of commands, one answer per line.

use std::fmt::Write;

use crate::commands::{COMMANDS, Command};

/// Why a command gave no result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("unknown command '{0}', try help")]
    Unknown(String),
    #[error("usage: {0}")]
    Usage(&'static str),
    #[error("'{value}' is not {wanted}")]
    Value { value: String, wanted: &'static str },
    #[error("no {what}")]
    Absent { what: String },
    #[error("{what}: {cause}")]
    System { what: String, cause: std::io::Error },
    #[error("no answer from a DHCP server on {0}")]
    NoLease(String),
    #[error("the kernel answers {what} with error {number}")]
    Refused { what: &'static str, number: i32 },
}

impl Failure {
    /// For `map_err`: says what was tried on what.
    pub(crate) fn system(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |cause| Self::System { what, cause }
    }
}

/// What a command prints: lines without the last line end.
pub(crate) type Outcome = Result<String, Failure>;

/// The whole answer to a line: output, then `ok` or `error: …`. An empty line gets none.
pub(crate) fn answer(line: &str) -> String {
    let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
    if name.is_empty() {
        return String::new();
    }
    match run(name, rest.trim()) {
        Ok(output) if output.is_empty() => "ok\n".to_owned(),
        Ok(output) => format!("{output}\nok\n"),
        Err(failure) => format!("error: {failure}\n"),
    }
}

fn run(name: &str, rest: &str) -> Outcome {
    if name == "help" {
        return Ok(help());
    }
    let command = COMMANDS.iter().find(|command| command.name() == name);
    let command = command.ok_or_else(|| Failure::Unknown(name.to_owned()))?;
    match (command.run)(rest) {
        Err(Failure::Usage(_)) => Err(Failure::Usage(command.usage)),
        outcome => outcome,
    }
}

fn help() -> String {
    let mut text = String::new();
    for Command { usage, about, .. } in COMMANDS {
        let _ = writeln!(text, "{usage:<30} {about}");
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(answer(line), expected, "{line}");
    }

    #[test]
    fn an_answer_ends_with_its_verdict() {
        check("", "");
        check("echo hello  there", "hello  there\nok\n");
        check("echo", "ok\n");
        check("dance", "error: unknown command 'dance', try help\n");
        check(
            "disk-read vda",
            "error: usage: disk-read DEV OFFSET LENGTH\n",
        );
        check("disk-read vda x 1", "error: 'x' is not a number\n");
        check(
            "disk-write vda 0 abc",
            "error: 'abc' is not hexadecimal bytes\n",
        );
        check(
            "disk-read ../etc/passwd 0 1",
            "error: no disk ../etc/passwd\n",
        );
    }

    #[test]
    fn help_names_every_command() {
        let help = help();
        for command in COMMANDS {
            assert!(help.contains(command.usage), "{}", command.usage);
        }
    }
}
