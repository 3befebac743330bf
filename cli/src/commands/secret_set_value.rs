//! `secret-set-value`: set the value of a secret.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::objects::SECRET;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "secret-set-value",
    group: Group::Secret,
    summary: "set a secret value",
    description: "Set a secret value.",
    options: &[
        SECRET,
        Opt::text("file", "read secret from file")
            .named()
            .completed_by(Complete::File),
        Opt::flag(
            "plain",
            "read the secret from file without converting from base64",
        ),
        Opt::flag("interactive", "read the secret from the terminal"),
        Opt::text("base64", "base64-encoded secret value").named(),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    for (one, other) in [
        ("file", "base64"),
        ("plain", "base64"),
        ("interactive", "base64"),
        ("interactive", "plain"),
        ("interactive", "file"),
    ] {
        arguments.exclusive(one, other)?;
    }
    let secret = shell.secret(arguments).await?;
    let value = value(shell, arguments)?;
    secret
        .set_value(&value)
        .await
        .map_err(Failure::call("Failed to set secret value"))?;
    shell.note("Secret value set")
}

fn value(shell: &Shell, arguments: &Arguments) -> Result<Vec<u8>, Failure> {
    if let Some(text) = arguments.text("base64") {
        shell.report(&Failure::Usage {
            what: "Passing secret value as command-line argument is insecure!",
        });
        return decoded("--base64", text.as_bytes());
    }
    if let Some(path) = arguments.text("file") {
        let bytes = std::fs::read(path).map_err(|cause| Failure::File {
            action: "open file",
            path: path.to_owned(),
            cause,
        })?;
        return match arguments.flag("plain") {
            true => Ok(bytes),
            false => decoded(path, &bytes),
        };
    }
    if !arguments.flag("interactive") {
        return Err(Failure::NoSecretValue);
    }
    shell.print("Enter new value for secret:")?;
    let typed = password().map_err(Failure::Output)?;
    Ok(typed.into_bytes())
}

/// What base64 says; line ends do not count.
fn decoded(path: &str, text: &[u8]) -> Result<Vec<u8>, Failure> {
    let text: Vec<u8> = text
        .iter()
        .copied()
        .filter(|it| !it.is_ascii_whitespace())
        .collect();
    STANDARD.decode(text).map_err(|_| Failure::Base64 {
        path: path.to_owned(),
    })
}

/// A line from the terminal, which does not show it.
fn password() -> io::Result<String> {
    let terminal = io::stdin();
    let before = tcgetattr(&terminal)?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
    let mut line = String::new();
    let read = terminal.read_line(&mut line);
    tcsetattr(&terminal, OptionalActions::Flush, &before)?;
    read?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_value_is_read_from_base64() {
        assert_eq!(decoded("f", b"YWJj\n").ok().as_deref(), Some(&b"abc"[..]));
        let error = decoded("f", b"!").expect_err("no base64");
        assert!(error.to_string().contains("--plain"), "{error}");
    }
}
