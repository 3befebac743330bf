//! The options of the program itself, before the command.

use std::time::Duration;

use crate::failure::Failure;

/// What the program was told.
#[derive(Debug, Default, Clone)]
pub(crate) struct Options {
    pub(crate) uri: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) quiet: bool,
    pub(crate) timing: bool,
    pub(crate) log: Option<String>,
    pub(crate) escape: Escape,
    keepalive_interval: Option<u32>,
    keepalive_count: Option<u32>,
}

/// The key that leaves a console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Escape(pub(crate) u8);

impl Default for Escape {
    /// `^]`
    fn default() -> Self {
        Self(0x1d)
    }
}

impl Escape {
    /// Parses `^X` (control) or a single character.
    fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [b'^', key] => {
                let upper = key.to_ascii_uppercase();
                (b'@'..=b'_').contains(&upper).then_some(Self(upper ^ 0x40))
            }
            [key] => Some(Self(*key)),
            _ => None,
        }
    }

    /// How the key is written.
    pub(crate) fn shown(self) -> String {
        match self.0 {
            control @ 0..=31 => format!("^{}", char::from(control ^ 0x40)),
            key => char::from(key).to_string(),
        }
    }
}

/// What the program is to do.
#[derive(Debug)]
pub(crate) enum Task {
    /// Run these commands, or the prompt when there is none.
    Run(Options, Commands),
    /// Print the program's help.
    Help,
    /// Print the version; the long form where true.
    Version { long: bool },
}

/// What stands after the options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Commands {
    /// Nothing: the prompt.
    Prompt,
    /// One word, which may hold several commands.
    Text(String),
    /// One command, a word per argument.
    Words(Vec<String>),
}

impl Options {
    /// Interval and count of keepalive messages, where given.
    pub(crate) fn keepalive(&self) -> Option<(Duration, u32)> {
        let interval = self.keepalive_interval?;
        Some((
            Duration::from_secs(interval.into()),
            self.keepalive_count.unwrap_or(6),
        ))
    }

    /// Parses the program's arguments, without its name.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Task, Failure> {
        let mut options = Self::default();
        let mut left = arguments.into_iter().peekable();
        while let Some(word) = left.next_if(|word| word.len() > 1 && word.starts_with('-')) {
            let (name, inline) = name_and_value(&word);
            let mut value = || {
                inline
                    .clone()
                    .or_else(|| left.next())
                    .ok_or(Failure::Usage {
                        what: "an option of virsh needs a value; see virsh --help",
                    })
            };
            match name.as_str() {
                "c" | "connect" => options.uri = Some(value()?),
                "d" | "debug" => drop(value()?),
                "e" | "escape" => options.escape = escape(&value()?)?,
                "h" | "help" => return Ok(Task::Help),
                "k" | "keepalive-interval" => {
                    options.keepalive_interval = Some(number("keepalive-interval", &value()?)?);
                }
                "K" | "keepalive-count" => {
                    options.keepalive_count = Some(number("keepalive-count", &value()?)?);
                }
                "l" | "log" => options.log = Some(value()?),
                "q" | "quiet" => options.quiet = true,
                "r" | "readonly" => options.read_only = true,
                "t" | "timing" => options.timing = true,
                "v" => return Ok(Task::Version { long: false }),
                "V" => return Ok(Task::Version { long: true }),
                "version" => {
                    return Ok(Task::Version {
                        long: inline.as_deref() == Some("long"),
                    });
                }
                _ => {
                    return Err(Failure::Usage {
                        what: "virsh does not know that option; see virsh --help",
                    });
                }
            }
        }
        Ok(Task::Run(options, Commands::from_words(left.collect())))
    }
}

impl Commands {
    fn from_words(mut words: Vec<String>) -> Self {
        match words.len() {
            0 => Self::Prompt,
            1 => Self::Text(words.remove(0)),
            _ => Self::Words(words),
        }
    }
}

/// `--name=value`, `--name`, `-nVALUE` or `-n`.
fn name_and_value(word: &str) -> (String, Option<String>) {
    if let Some(long) = word.strip_prefix("--") {
        return match long.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (long.to_owned(), None),
        };
    }
    let mut characters = word.chars().skip(1);
    let name = characters.next().map(String::from).unwrap_or_default();
    let value: String = characters.collect();
    (name, (!value.is_empty()).then_some(value))
}

fn escape(text: &str) -> Result<Escape, Failure> {
    Escape::parse(text).ok_or(Failure::Usage {
        what: "the escape sequence is one character, or ^ and a character",
    })
}

fn number(name: &'static str, text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::BadNumber {
        name,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Commands, Escape, Options, Task};

    #[track_caller]
    fn check(line: &str) -> (Options, Commands) {
        let words = line
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_owned);
        match Options::parse(words) {
            Ok(Task::Run(options, commands)) => (options, commands),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn options_end_where_the_command_begins() {
        let (options, commands) = check("-c test:///default -r -q dominfo -q a");
        assert_eq!(options.uri.as_deref(), Some("test:///default"));
        assert!(options.read_only && options.quiet && !options.timing);
        let words = ["dominfo", "-q", "a"].map(str::to_owned).to_vec();
        assert_eq!(commands, Commands::Words(words));
    }

    #[test]
    fn a_single_word_is_a_command_string() {
        assert_eq!(
            check("--connect=x list").1,
            Commands::Text("list".to_owned())
        );
        assert_eq!(check("-cx").1, Commands::Prompt);
    }

    #[test]
    fn the_escape_key_is_a_control_key_or_a_character() {
        assert_eq!(Escape::parse("^]"), Some(Escape(0x1d)));
        assert_eq!(Escape::parse("^a"), Some(Escape(1)));
        assert_eq!(Escape::parse("x"), Some(Escape(b'x')));
        assert_eq!(Escape::parse("xy"), None);
        assert_eq!(Escape(0x1d).shown(), "^]");
    }

    #[test]
    fn unknown_options_are_refused() {
        assert!(Options::parse(["--bogus".to_owned()]).is_err());
        assert!(Options::parse(["-c".to_owned()]).is_err());
    }
}
