//! Levels, filters and outputs, as libvirt's configuration spells them.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// How important a message is (`log_level`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Debug = 1,
    Info = 2,
    Warning = 3,
    Error = 4,
}

/// A text that is no filter or output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RuleError {
    #[error("'{0}' does not begin with a level from 1 (debug) to 4 (error) and a colon")]
    Level(String),
    #[error("'{0}' names no source after the level")]
    NoSource(String),
    #[error("'{0}' is no output: allowed are stderr, journald and file:PATH after the level")]
    Output(String),
    #[error("'{0}' needs an absolute path")]
    RelativePath(String),
}

/// From which level on messages of a source are written (`log_filters`): `1:qemu 3:rpc`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters(Vec<Filter>);

/// One filter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Filter {
    level: Level,
    /// A part of the name of the sources that are meant.
    source: String,
}

/// Where messages go (`log_outputs`): `1:file:/var/log/x.log 3:journald`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outputs(Vec<Output>);

/// One output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) level: Level,
    pub(crate) target: Target,
}

/// A place for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Stderr,
    Journal,
    File(PathBuf),
}

impl Level {
    pub(crate) const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Level::Debug,
            2 => Level::Info,
            3 => Level::Warning,
            4 => Level::Error,
            _ => return None,
        })
    }

    pub(crate) const fn number(self) -> u8 {
        match self {
            Level::Debug => 1,
            Level::Info => 2,
            Level::Warning => 3,
            Level::Error => 4,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    pub(super) fn of(level: tracing::Level) -> Self {
        match level {
            tracing::Level::ERROR => Level::Error,
            tracing::Level::WARN => Level::Warning,
            tracing::Level::INFO => Level::Info,
            _ => Level::Debug,
        }
    }
}

impl Filters {
    /// What the first filter says that means a source. A source is a module's path, such as
    /// `qemu_driver::vm`; a filter means it by any part of that.
    pub(super) fn level_of(&self, source: &str) -> Option<Level> {
        self.0
            .iter()
            .find(|f| source.contains(&f.source))
            .map(|f| f.level)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Outputs {
    pub(crate) fn new(outputs: Vec<Output>) -> Self {
        Outputs(outputs)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Output> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl FromStr for Filters {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let filter = |word: &str| {
            let (level, source) = level(word)?;
            // A plus sign asked the C library for a stack trace; it changes nothing else.
            let source = source.strip_prefix('+').unwrap_or(source);
            if source.is_empty() {
                return Err(RuleError::NoSource(word.to_owned()));
            }
            // C names its sources with dots; module paths have colons.
            Ok(Filter {
                level,
                source: source.replace('.', "::"),
            })
        };
        text.split_ascii_whitespace()
            .map(filter)
            .collect::<Result<_, _>>()
            .map(Filters)
    }
}

impl FromStr for Outputs {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let output = |word: &str| {
            let (level, target) = level(word)?;
            let target = match target.split_once(':').unwrap_or((target, "")) {
                ("stderr", "") => Target::Stderr,
                ("journald", "") => Target::Journal,
                // What reads syslog messages on a host of today is the journal.
                ("syslog", _) => Target::Journal,
                ("file", path) if path.starts_with('/') => Target::File(path.into()),
                ("file", _) => return Err(RuleError::RelativePath(word.to_owned())),
                _ => return Err(RuleError::Output(word.to_owned())),
            };
            Ok(Output { level, target })
        };
        text.split_ascii_whitespace()
            .map(output)
            .collect::<Result<_, _>>()
            .map(Outputs)
    }
}

fn level(word: &str) -> Result<(Level, &str), RuleError> {
    let wrong = || RuleError::Level(word.to_owned());
    let (number, rest) = word.split_once(':').ok_or_else(wrong)?;
    let level = number
        .parse()
        .ok()
        .and_then(Level::from_number)
        .ok_or_else(wrong)?;
    Ok((level, rest))
}

impl fmt::Display for Filters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, filter) in self.0.iter().enumerate() {
            let separator = if n == 0 { "" } else { " " };
            let source = filter.source.replace("::", ".");
            write!(f, "{separator}{}:{source}", filter.level.number())?;
        }
        Ok(())
    }
}

impl fmt::Display for Outputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, output) in self.0.iter().enumerate() {
            let separator = if n == 0 { "" } else { " " };
            write!(f, "{separator}{}:{}", output.level.number(), output.target)?;
        }
        Ok(())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Stderr => f.write_str("stderr"),
            Target::Journal => f.write_str("journald"),
            Target::File(path) => write!(f, "file:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Filters, Level, Outputs, RuleError};

    #[test]
    fn filters_choose_the_level_of_a_source() {
        let filters: Filters = "1:qemu_driver.vm 4:qemu_driver 2:+rpc".parse().unwrap();
        assert_eq!(
            filters.level_of("qemu_driver::vm::start"),
            Some(Level::Debug)
        );
        assert_eq!(filters.level_of("qemu_driver::api"), Some(Level::Error));
        assert_eq!(filters.level_of("rpc::server"), Some(Level::Info));
        assert_eq!(filters.level_of("daemon"), None);
        assert_eq!(filters.to_string(), "1:qemu_driver.vm 4:qemu_driver 2:rpc");
    }

    #[test]
    fn outputs_are_written_as_they_are_read() {
        let text = "1:file:/var/log/x.log 3:journald 4:stderr";
        let outputs: Outputs = text.parse().unwrap();
        assert_eq!(outputs.to_string(), text);
        assert_eq!(
            "3:syslog:libvirtd".parse::<Outputs>().unwrap().to_string(),
            "3:journald"
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let filters = |text: &str| text.parse::<Filters>().unwrap_err();
        assert_eq!(filters("qemu"), RuleError::Level("qemu".to_owned()));
        assert_eq!(filters("5:qemu"), RuleError::Level("5:qemu".to_owned()));
        assert_eq!(filters("1:"), RuleError::NoSource("1:".to_owned()));
        let outputs = |text: &str| text.parse::<Outputs>().unwrap_err();
        assert_eq!(
            outputs("1:printer"),
            RuleError::Output("1:printer".to_owned())
        );
        assert_eq!(
            outputs("1:file:x"),
            RuleError::RelativePath("1:file:x".to_owned())
        );
    }
}
