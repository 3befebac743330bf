//! The words of one command, matched against its options.

use crate::command::{Command, Kind, Opt};
use crate::failure::Failure;

/// The values of a command's options. Getting an option that the command does not declare gives
/// nothing; a test walks all commands, so that a misspelt name is noticed there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    values: Vec<(&'static str, Value)>,
    help: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Value {
    Given,
    Text(String),
    Words(Vec<String>),
}

impl Arguments {
    /// Matches `words` (without the command's name) against the command's options.
    pub(crate) fn parse(command: &Command, words: &[String]) -> Result<Self, Failure> {
        let mut arguments = Self::default();
        let mut words = words.iter();
        let mut only_data = false;
        while let Some(word) = words.next() {
            // What was given too much to `help` is not worth a refusal.
            let taken = match word.strip_prefix("--") {
                Some("") if !only_data => {
                    only_data = true;
                    Ok(())
                }
                Some("help") if !only_data => {
                    arguments.help = true;
                    Ok(())
                }
                Some(named) if !only_data && named.starts_with(char::is_alphanumeric) => {
                    arguments.take_named(command, named, || words.next().cloned())
                }
                _ => arguments.take_data(command, word),
            };
            if command.name != "help" {
                taken?;
            }
        }
        if !arguments.help {
            arguments.check_required(command)?;
        }
        Ok(arguments)
    }

    /// Whether the command's help was asked for in its place.
    pub(crate) fn asks_for_help(&self) -> bool {
        self.help
    }

    /// What was given, in words for the log.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.values.iter().map(|(name, value)| match value {
            Value::Given => (*name, "(bool)".to_owned()),
            Value::Text(text) => (*name, format!("(optdata): {text}")),
            Value::Words(words) => (*name, format!("(optdata): {}", words.join(" "))),
        })
    }

    /// Refuses an empty value where the option needs one that says something.
    pub(crate) fn check_values(&self, command: &Command) -> Result<(), Failure> {
        let empty = command
            .options()
            .find(|option| !option.empty && self.text(option.name) == Some(""));
        match empty {
            Some(option) => Err(Failure::EmptyOption { name: option.name }),
            None => Ok(()),
        }
    }

    /// All of a table's flags whose options were given.
    pub(crate) fn chosen<F: Copy + FromIterator<F>>(&self, table: &[(&'static str, F)]) -> F {
        let given = table.iter().filter(|(name, _)| self.flag(name));
        given.map(|(_, flag)| *flag).collect()
    }

    /// Refuses two options that contradict each other.
    pub(crate) fn exclusive(&self, one: &'static str, other: &'static str) -> Result<(), Failure> {
        if self.flag(one) && self.flag(other) {
            return Err(Failure::Exclusive { one, other });
        }
        Ok(())
    }

    /// Whether a flag was given.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The text of an option.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            Value::Given | Value::Words(_) => None,
        }
    }

    /// The text of an option that the command requires.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Failure> {
        self.text(name).ok_or(Failure::MissingOption { name })
    }

    /// The number of an option.
    pub(crate) fn number<N: std::str::FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<N>, Failure> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| Failure::BadNumber {
                    name,
                    text: text.to_owned(),
                })
            })
            .transpose()
    }

    /// All words of a [`Kind::Rest`] option.
    pub(crate) fn words(&self, name: &str) -> &[String] {
        match self.value(name) {
            Some(Value::Words(words)) => words,
            _ => &[],
        }
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values
            .iter()
            .find_map(|(known, value)| (*known == name).then_some(value))
    }

    fn take_named(
        &mut self,
        command: &Command,
        named: &str,
        next: impl FnOnce() -> Option<String>,
    ) -> Result<(), Failure> {
        let (name, inline) = match named.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (named, None),
        };
        let option = command.option(name).ok_or_else(|| Failure::UnknownOption {
            command: command.name,
            option: name.to_owned(),
        })?;
        match option.kind {
            Kind::Flag if inline.is_some() => Err(Failure::FlagWithValue { name: option.name }),
            Kind::Flag => self.put(option, None),
            Kind::Text | Kind::Number | Kind::Rest => {
                let text = inline.or_else(next).ok_or(Failure::MissingValue {
                    name: option.name,
                    kind: kind_word(option.kind),
                })?;
                self.put(option, Some(text))
            }
        }
    }

    fn take_data(&mut self, command: &Command, word: &str) -> Result<(), Failure> {
        let option = command
            .options()
            .find(|option| {
                option.is_positional()
                    && (option.kind == Kind::Rest || self.value(option.name).is_none())
            })
            .ok_or_else(|| Failure::UnexpectedData {
                word: word.to_owned(),
            })?;
        self.put(option, Some(word.to_owned()))
    }

    fn put(&mut self, option: &Opt, text: Option<String>) -> Result<(), Failure> {
        if option.kind == Kind::Rest {
            self.append(option.name, text.unwrap_or_default());
            return Ok(());
        }
        if self.value(option.name).is_some() {
            return Err(Failure::OptionTwice { name: option.name });
        }
        let value = text.map_or(Value::Given, Value::Text);
        self.values.push((option.name, value));
        Ok(())
    }

    fn append(&mut self, name: &'static str, word: String) {
        for (known, value) in &mut self.values {
            if let (true, Value::Words(words)) = (*known == name, value) {
                words.push(word);
                return;
            }
        }
        self.values.push((name, Value::Words(vec![word])));
    }

    fn check_required(&self, command: &Command) -> Result<(), Failure> {
        let missing = command
            .options()
            .find(|option| option.required && self.value(option.name).is_none());
        match missing {
            None => Ok(()),
            Some(option) => Err(Failure::RequiredOption {
                command: command.name,
                option: if option.is_positional() {
                    format!("<{}>", option.name)
                } else {
                    format!("--{}", option.name)
                },
            }),
        }
    }
}

/// What the syntax of an option calls its value.
pub(crate) const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        Kind::Flag | Kind::Text | Kind::Rest => "string",
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use crate::command::{Command, DOMAIN, Group, Opt};

    const COMMAND: Command = Command {
        name: "try",
        group: Group::Shell,
        summary: "",
        description: "",
        options: &[
            DOMAIN,
            Opt::number("count", ""),
            Opt::text("mode", "").named_only(),
            Opt::flag("all", ""),
            Opt::rest("words", ""),
        ],
        shows: true,
        run: |_, _| Box::pin(async { Ok(()) }),
    };

    fn parse(line: &str) -> Result<Arguments, String> {
        let words: Vec<String> = line
            .split(' ')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        Arguments::parse(&COMMAND, &words).map_err(|failure| failure.to_string())
    }

    #[test]
    fn any_option_may_be_named_or_a_bare_word() {
        for line in ["a 3", "--domain a --count 3", "--domain=a 3", "--count 3 a"] {
            let arguments = parse(line).expect(line);
            assert_eq!(arguments.required("domain").ok(), Some("a"), "{line}");
            assert_eq!(
                arguments.number::<u32>("count").ok(),
                Some(Some(3)),
                "{line}"
            );
        }
    }

    #[test]
    fn what_is_left_goes_to_the_last_option() {
        let arguments = parse("a 3 x y --all -- --z").expect("words");
        assert_eq!(arguments.words("words"), ["x", "y", "--z"]);
        assert!(arguments.flag("all") && !arguments.flag("json"));
    }

    #[test]
    fn every_showing_command_takes_json() {
        assert!(parse("a --json").expect("json").flag("json"));
    }

    #[test]
    fn mistakes_are_named_as_virsh_names_them() {
        for (line, words) in [
            ("", "command 'try' requires <domain> option"),
            ("a --bogus", "command 'try' doesn't support option --bogus"),
            ("a --mode", "expected syntax: --mode <string>"),
            ("--domain", "expected syntax: --domain <string>"),
            ("a --all=1", "invalid '=' after option --all"),
            ("a --domain b", "option --domain already seen"),
        ] {
            assert_eq!(parse(line), Err(words.to_owned()), "{line}");
        }
        let bad = parse("a x").expect("a word").number::<u32>("count");
        assert_eq!(
            bad.map_err(|failure| failure.to_string()),
            Err("Numeric value 'x' for <count> option is malformed or out of range".to_owned())
        );
    }
}
