//! What the program says of itself: to standard error as far as `-d` or `VIRSH_DEBUG` asks for
//! it, and to the file of `-l` or `VIRSH_LOG_FILE`.

use std::fs::File;
use std::io::{self, Write};

use jiff::Zoned;

use crate::failure::Failure;
use crate::options::Options;

/// How important a message is; the numbers are those of `-d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Debug,
    Info,
    Notice,
    Warning,
    Error,
}

impl Level {
    const ALL: [Self; 5] = [
        Self::Debug,
        Self::Info,
        Self::Notice,
        Self::Warning,
        Self::Error,
    ];

    fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number)
            .ok()
            .and_then(|index| Self::ALL.get(index).copied())
    }
}

/// Where messages go.
#[derive(Debug)]
pub(crate) struct Log {
    least: Level,
    file: Option<File>,
}

impl Log {
    /// Without a file, and quiet.
    pub(crate) const fn none() -> Self {
        Self {
            least: Level::Error,
            file: None,
        }
    }

    /// As the options and the environment say. A level that is none is told and left out.
    pub(crate) fn open(options: &Options) -> Result<Self, Failure> {
        let path = options
            .log
            .clone()
            .or_else(|| std::env::var("VIRSH_LOG_FILE").ok());
        let file = path.map(|path| File::options().append(true).create(true).open(path));
        let file = file.transpose().map_err(|_| Failure::Usage {
            what: "failed to open the log file. check the log file path",
        })?;
        let least = match options.debug {
            Some(number) => Level::from_number(number).or_else(|| {
                complain(&format!("ignoring debug level {number} out of range [0-4]"));
                None
            }),
            None => from_environment(),
        };
        Ok(Self {
            least: least.unwrap_or(Level::Error),
            file,
        })
    }

    /// Says what is of use for finding a fault.
    pub(crate) fn say(&self, level: Level, text: &str) {
        if level < self.least {
            return;
        }
        // A closed standard error is nobody's business any more.
        let _ = writeln!(io::stderr().lock(), "{text}");
        self.write(level, text);
    }

    /// Keeps what was reported already.
    pub(crate) fn write(&self, level: Level, text: &str) {
        let Some(mut file) = self.file.as_ref() else {
            return;
        };
        let now = Zoned::now().strftime("%Y.%m.%d %H:%M:%S").to_string();
        let word = format!("{level:?}").to_uppercase();
        let process = std::process::id();
        // A log that cannot be written must not stop what it tells of.
        let _ = writeln!(file, "[{now} virsh {process}] {word} {text}");
    }
}

fn from_environment() -> Option<Level> {
    let text = std::env::var("VIRSH_DEBUG").ok()?;
    let level = text.parse().ok().and_then(Level::from_number);
    if level.is_none() {
        complain("VIRSH_DEBUG not set with a valid numeric value");
    }
    level
}

fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "error: {text}");
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn levels_are_numbered_from_the_least() {
        assert_eq!(Level::from_number(0), Some(Level::Debug));
        assert_eq!(Level::from_number(4), Some(Level::Error));
        assert_eq!(Level::from_number(5), None);
        assert_eq!(Level::from_number(-1), None);
    }
}
