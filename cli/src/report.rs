//! Failures in the form that users and scripts know: `error: …` lines on standard error, then a
//! hint where one helps.

use std::error::Error as _;
use std::io::{self, Write};

use crate::failure::Failure;

/// Prints `failure`. A closed standard error is nobody's business any more.
pub(crate) fn report(failure: &Failure) {
    let _ = io::stderr().lock().write_all(text(failure).as_bytes());
}

fn text(failure: &Failure) -> String {
    if is_known(failure) {
        return String::new();
    }
    let mut text = format!("error: {failure}\n");
    let mut cause = match failure {
        // The connection's own error is already the message.
        Failure::Plain(error) => error.source(),
        other => other.source(),
    };
    while let Some(error) = cause {
        text.push_str(&format!("error: {error}\n"));
        cause = error.source();
    }
    if let Some(hint) = hint(failure) {
        text.push_str(&format!("hint: {hint}\n"));
    }
    text
}

/// Whether the exit code says it all: there was nothing to show, or nobody reads on, as in
/// `virsh list | head -1`.
fn is_known(failure: &Failure) -> bool {
    match failure {
        Failure::Nothing => true,
        Failure::Output(error) => error.kind() == io::ErrorKind::BrokenPipe,
        _ => false,
    }
}

/// What the user can do about it, where that is not plain from the message.
fn hint(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::UnknownCommand { .. } | Failure::UnknownHelp { .. } => {
            Some("`virsh help` lists all commands")
        }
        Failure::Connection { source, .. } if source.is_no_daemon() => Some(
            "start the daemon (virtqemud), or use a driver without one: qemu:///embed?root=DIR",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::failure::Failure;

    #[test]
    fn a_failure_is_a_line_and_a_hint() {
        let failure = Failure::UnknownCommand {
            name: "nosuch".to_owned(),
        };
        assert_eq!(
            text(&failure),
            "error: unknown command: 'nosuch'\nhint: `virsh help` lists all commands\n"
        );
        let failure = Failure::UnexpectedData {
            word: "x".to_owned(),
        };
        assert_eq!(text(&failure), "error: unexpected data 'x'\n");
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_failure_to_tell_of() {
        let failure = Failure::Output(std::io::ErrorKind::BrokenPipe.into());
        assert_eq!(text(&failure), "");
        let failure = Failure::Output(std::io::ErrorKind::StorageFull.into());
        assert!(text(&failure).starts_with("error: cannot write the output"));
    }
}
