//! The options of the program itself, before the command.

use std::time::Duration;

use crate::failure::Failure;
use crate::getopt::{Choice, Reader};

/// What the program was told.
#[derive(Debug, Default, Clone)]
pub(crate) struct Options {
    pub(crate) uri: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) quiet: bool,
    pub(crate) timing: bool,
    /// `-d`, a number not yet looked at.
    pub(crate) debug: Option<i64>,
    /// `-l`
    pub(crate) log: Option<String>,
    pub(crate) escape: Escape,
    keepalive_interval: Option<u32>,
    keepalive_count: Option<u32>,
}

/// The options, as `getopt_long` has always read them.
const CHOICES: [Choice; 12] = [
    Choice::valued('c', "connect"),
    Choice::valued('d', "debug"),
    Choice::valued('e', "escape"),
    Choice::plain('h', "help"),
    Choice::valued('k', "keepalive-interval"),
    Choice::valued('K', "keepalive-count"),
    Choice::valued('l', "log"),
    Choice::plain('q', "quiet"),
    Choice::plain('r', "readonly"),
    Choice::plain('t', "timing"),
    Choice::perhaps_valued('v', "version"),
    Choice::plain('V', ""),
];

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
            [b'^'] => None,
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
    /// Interval and count of keepalive messages, where given; an interval of 0 means none.
    pub(crate) fn keepalive(&self) -> Option<(Duration, u32)> {
        let interval = self.keepalive_interval.filter(|&seconds| seconds > 0)?;
        Some((
            Duration::from_secs(interval.into()),
            self.keepalive_count.unwrap_or(6),
        ))
    }

    /// Parses the program's arguments, without its name.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Task, Failure> {
        let mut options = Self::default();
        let mut reader = Reader::new(&CHOICES, arguments);
        while let Some((choice, value)) = reader.next()? {
            let value = value.unwrap_or_default();
            match choice.short {
                'c' => options.uri = Some(value).filter(|uri| !uri.is_empty()),
                'd' => {
                    let level = value.parse().map_err(|_| Failure::Usage {
                        what: "option -d takes a numeric argument",
                    })?;
                    options.debug = Some(level);
                }
                'e' => options.escape = Escape::parse(&value).ok_or(Failure::Escape { value })?,
                'h' => return Ok(Task::Help),
                'k' => options.keepalive_interval = Some(number('k', &value)?),
                'K' => options.keepalive_count = Some(number('K', &value)?),
                'l' => options.log = Some(value),
                'q' => options.quiet = true,
                'r' => options.read_only = true,
                't' => options.timing = true,
                'V' => return Ok(Task::Version { long: true }),
                _ => {
                    let long = value == "long";
                    return Ok(Task::Version { long });
                }
            }
        }
        let from_environment = || std::env::var("VIRSH_DEFAULT_CONNECT_URI").ok();
        options.uri = options.uri.or_else(from_environment);
        Ok(Task::Run(options, Commands::from_words(reader.rest())))
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

fn number(option: char, text: &str) -> Result<u32, Failure> {
    let number: i32 = text.parse().map_err(|_| Failure::BadOption { option })?;
    u32::try_from(number).map_err(|_| Failure::NegativeOption { option })
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

    #[track_caller]
    fn refused(line: &str, message: &str) {
        let words = line.split(' ').map(str::to_owned);
        match Options::parse(words) {
            Err(failure) => assert_eq!(failure.to_string(), message, "{line}"),
            Ok(task) => panic!("{line}: {task:?}"),
        }
    }

    #[test]
    fn options_end_where_the_command_begins() {
        let (options, commands) = check("-c test:///default -r -q dominfo -q a");
        assert_eq!(options.uri.as_deref(), Some("test:///default"));
        assert!(options.read_only && options.quiet && !options.timing);
        let words = ["dominfo", "-q", "a"].map(str::to_owned).to_vec();
        assert_eq!(commands, Commands::Words(words));
        let words = ["list", "--all"].map(str::to_owned).to_vec();
        assert_eq!(check("-q -- list --all").1, Commands::Words(words));
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
        assert_eq!(Escape::parse("^"), None);
        assert_eq!(Escape(0x1d).shown(), "^]");
    }

    #[test]
    fn what_an_option_cannot_be_is_refused_in_the_known_words() {
        refused("--bogus", "unsupported option '--bogus'. See --help.");
        refused("-x", "unsupported option '-x'. See --help.");
        refused("--timing=3", "unsupported option '-t'. See --help.");
        refused("-c", "option '-c'/'--connect' requires an argument");
        refused("-d x", "option -d takes a numeric argument");
        refused("-k x", "Invalid value for option -k");
        refused("-K -1", "option -K requires a positive integer argument");
        refused("-e ab", "Invalid string 'ab' for escape sequence");
    }

    #[test]
    fn an_interval_of_nothing_is_no_keepalive() {
        assert_eq!(check("-k 0 -K 3 list").0.keepalive(), None);
        let given = check("-k5 list").0.keepalive();
        assert_eq!(given.map(|(every, _)| every.as_secs()), Some(5));
    }
}
