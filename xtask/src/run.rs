//! Starting other programs: the one place in the project's tools that does.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::error::Error;

/// A program with its arguments, not started yet.
#[derive(Debug)]
pub(crate) struct Run {
    command: Command,
    shown: String,
}

impl Run {
    /// A program found on the path.
    #[allow(
        clippy::disallowed_methods,
        reason = "tools run on a developer's machine; the `process` crate is for the product"
    )]
    pub(crate) fn new(program: &str) -> Self {
        Self {
            command: Command::new(program),
            shown: program.to_owned(),
        }
    }

    /// The cargo that runs us, so that toolchain overrides hold.
    pub(crate) fn cargo() -> Self {
        Self::new(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
    }

    /// A program that must run as root: itself when we are root, else through sudo.
    pub(crate) fn as_root(program: &str) -> Self {
        if rustix::process::geteuid().is_root() {
            Self::new(program)
        } else {
            Self::new("sudo").arg(program)
        }
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    pub(crate) fn args<I: IntoIterator<Item: AsRef<OsStr>>>(self, arguments: I) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    pub(crate) fn dir(mut self, directory: &Path) -> Self {
        self.command.current_dir(directory);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs with our own terminal and wants success.
    pub(crate) fn go(mut self) -> Result<(), Error> {
        let status = self.command.status();
        let status = status.map_err(|source| Error::Start {
            command: self.shown.clone(),
            source,
        })?;
        succeeded(self.shown, status, String::new())
    }

    /// Runs and returns what it prints; its error text is in our error when it fails.
    pub(crate) fn output(mut self) -> Result<String, Error> {
        let output = self.in_plain_english().output();
        let output = output.map_err(|source| Error::Start {
            command: self.shown.clone(),
            source,
        })?;
        let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        succeeded(self.shown, output.status, complaint)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs and returns what it prints, be it a success or not.
    pub(crate) fn whatever_it_prints(mut self) -> String {
        let output = self.in_plain_english().output();
        output.map_or_else(
            |_| String::new(),
            |o| String::from_utf8_lossy(&o.stdout).into_owned(),
        )
    }

    /// What we read must not depend on the user's language.
    fn in_plain_english(&mut self) -> &mut Command {
        self.command.stdin(Stdio::null()).env("LC_ALL", "C.UTF-8")
    }

    /// Runs, shows each line that it prints (its error text too) and hands the line on.
    pub(crate) fn watch(mut self, mut line: impl FnMut(&str)) -> Result<(), Error> {
        let start = |source| Error::Start {
            command: self.shown.clone(),
            source,
        };
        let (reader, writer) = std::io::pipe().map_err(start)?;
        let errors = writer.try_clone().map_err(start)?;
        let child = self
            .command
            .stdin(Stdio::null())
            .stdout(writer)
            .stderr(errors)
            .spawn();
        let mut child = child.map_err(start)?;
        // Our own ends of the pipe close with the command, so that its end is seen.
        drop(self.command);
        for text in BufReader::new(reader).lines().map_while(Result::ok) {
            println!("{text}");
            line(&text);
        }
        let status = child.wait();
        let status = status.map_err(|source| Error::Start {
            command: self.shown.clone(),
            source,
        })?;
        succeeded(self.shown, status, String::new())
    }

    /// Whether it runs and succeeds, in silence.
    pub(crate) fn succeeds(mut self) -> bool {
        let quiet = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }
}

fn succeeded(command: String, status: ExitStatus, complaint: String) -> Result<(), Error> {
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed {
            command,
            status,
            complaint,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_carries_command_and_complaint() {
        let failure = Run::new("sh")
            .args(["-c", "echo no >&2; exit 3"])
            .output()
            .unwrap_err();
        let text = failure.to_string();
        assert!(text.contains("sh -c") && text.contains("no"), "{text}");
        assert!(matches!(
            Run::new("/nonexistent").go(),
            Err(Error::Start { .. })
        ));
    }
}
