//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use crate::context::DaemonSpec;

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Run(Arguments),
    Help,
    Version,
}

/// How to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Everything below this directory, in place of the system's or the user's.
    pub(crate) root: Option<PathBuf>,
    /// Another configuration file.
    pub(crate) config: Option<PathBuf>,
    /// Another lock file.
    pub(crate) pid_file: Option<PathBuf>,
    /// End after so long without clients and work.
    pub(crate) timeout: Option<Duration>,
    /// In the background.
    pub(crate) daemon: bool,
    /// Log what happens, not only what fails.
    pub(crate) verbose: bool,
}

/// What is wrong with the command line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ArgumentError {
    #[error("unknown argument '{0}': see --help")]
    Unknown(String),
    #[error("'{0}' needs a value: see --help")]
    NoValue(&'static str),
    #[error("'{0}' takes no value")]
    NeedlessValue(&'static str),
    #[error("'{value}' is no number of seconds: --timeout takes a whole number from 1")]
    Timeout { value: String },
}

/// The arguments that there are: long and short name, value, explanation.
const ALL: &[(&str, char, Option<&str>, &str)] = &[
    (
        "--root",
        'r',
        Some("DIR"),
        "keep everything below DIR: DIR/{etc,run,lib,cache,log}",
    ),
    (
        "--config",
        'f',
        Some("FILE"),
        "read the configuration from FILE",
    ),
    (
        "--pid-file",
        'p',
        Some("FILE"),
        "write the process number to FILE",
    ),
    (
        "--timeout",
        't',
        Some("SECONDS"),
        "end after SECONDS without clients and work",
    ),
    (
        "--daemon",
        'd',
        None,
        "run in the background; return when ready to serve",
    ),
    (
        "--verbose",
        'v',
        None,
        "log what happens, not only what fails",
    ),
    ("--version", 'V', None, "show the version"),
    ("--help", 'h', None, "show this help"),
];

/// Reads the command line, without the program's name.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Request, ArgumentError> {
    let mut words = arguments.into_iter();
    let mut found = Arguments::default();
    while let Some(word) = words.next() {
        let (name, takes_value, attached) = recognise(&word)?;
        let value = match (takes_value, attached) {
            (true, Some(value)) => value,
            (true, None) => words.next().ok_or(ArgumentError::NoValue(name))?,
            (false, None) => OsString::new(),
            (false, Some(_)) => return Err(ArgumentError::NeedlessValue(name)),
        };
        match name {
            "--root" => found.root = Some(value.into()),
            "--config" => found.config = Some(value.into()),
            "--pid-file" => found.pid_file = Some(value.into()),
            "--timeout" => found.timeout = Some(seconds(&value)?),
            "--daemon" => found.daemon = true,
            "--verbose" => found.verbose = true,
            "--version" => return Ok(Request::Version),
            _ => return Ok(Request::Help),
        }
    }
    Ok(Request::Run(found))
}

/// The help text.
pub(crate) fn help(spec: &DaemonSpec) -> String {
    let name = spec.name.as_str();
    let mut text = format!(
        "{name}: {}\n\nUsage: {name} [OPTIONS]\n\nOptions:\n",
        spec.about
    );
    for (long, short, value, about) in ALL {
        let value = value.map(|v| format!(" {v}")).unwrap_or_default();
        text.push_str(&format!(
            "  -{short}, {:<20} {about}\n",
            format!("{long}{value}")
        ));
    }
    text.push_str(
        "\nAs root it serves the whole host, otherwise the calling user.\n\
         SIGTERM and SIGINT end it; what it runs goes on and is found again at the next start.\n",
    );
    text
}

/// `--name`, `--name=value`, `-n` or `-nvalue`: the long name, whether it takes a value, and the
/// value if it is in the same word.
fn recognise(word: &OsString) -> Result<(&'static str, bool, Option<OsString>), ArgumentError> {
    let unknown = || ArgumentError::Unknown(word.to_string_lossy().into_owned());
    let text = word.to_str().ok_or_else(unknown)?;
    let (name, attached) = match text.split_once('=') {
        Some((name, value)) if name.starts_with("--") => (name, Some(value)),
        _ => (text, None),
    };
    if let Some((long, _, value, _)) = ALL.iter().find(|(long, ..)| *long == name) {
        return Ok((long, value.is_some(), attached.map(OsString::from)));
    }
    let letter = text.strip_prefix('-').and_then(|rest| rest.chars().next());
    let (long, _, value, _) = ALL
        .iter()
        .find(|(_, short, ..)| Some(*short) == letter)
        .ok_or_else(unknown)?;
    let rest = text.get(2..).filter(|rest| !rest.is_empty());
    match (value, rest) {
        (None, Some(_)) => Err(unknown()),
        _ => Ok((long, value.is_some(), rest.map(OsString::from))),
    }
}

fn seconds(value: &OsString) -> Result<Duration, ArgumentError> {
    let text = value.to_string_lossy();
    match text.parse::<u32>() {
        Ok(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds.into())),
        _ => Err(ArgumentError::Timeout {
            value: text.into_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{ArgumentError, Arguments, Request, parse};
    use std::time::Duration;

    fn check(line: &str) -> Result<Request, ArgumentError> {
        parse(line.split_ascii_whitespace().map(Into::into))
    }

    #[test]
    fn every_way_of_writing_is_read() {
        let expected = Arguments {
            root: Some("/r".into()),
            config: Some("/c".into()),
            pid_file: Some("/p".into()),
            timeout: Some(Duration::from_secs(120)),
            daemon: true,
            verbose: true,
        };
        for line in [
            "--root /r --config /c --pid-file /p --timeout 120 --daemon --verbose",
            "--root=/r --config=/c --pid-file=/p --timeout=120 --daemon --verbose",
            "-r /r -f /c -p /p -t 120 -d -v",
            "-r/r -f/c -p/p -t120 -d -v",
        ] {
            assert_eq!(
                check(line).unwrap(),
                Request::Run(expected.clone()),
                "{line}"
            );
        }
        assert_eq!(check("").unwrap(), Request::Run(Arguments::default()));
        assert_eq!(check("-V").unwrap(), Request::Version);
        assert_eq!(check("--root /r --help").unwrap(), Request::Help);
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            check("--what"),
            Err(ArgumentError::Unknown("--what".to_owned()))
        );
        assert_eq!(check("-dv"), Err(ArgumentError::Unknown("-dv".to_owned())));
        assert_eq!(
            check("word"),
            Err(ArgumentError::Unknown("word".to_owned()))
        );
        assert_eq!(check("--root"), Err(ArgumentError::NoValue("--root")));
        assert_eq!(
            check("--daemon=1"),
            Err(ArgumentError::NeedlessValue("--daemon"))
        );
        for value in ["0", "-5", "soon"] {
            let error = check(&format!("-t {value}")).unwrap_err();
            assert_eq!(
                error,
                ArgumentError::Timeout {
                    value: value.to_owned()
                }
            );
        }
    }
}
