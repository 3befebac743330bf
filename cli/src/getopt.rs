//! Program options in the way of `getopt_long`: short ones may be joined (`-qrc URI`), long ones
//! shortened (`--conn URI`), and the first word that is none ends them.

use crate::failure::Failure;

/// An option that the program knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    pub(crate) short: char,
    /// Empty where there is none.
    long: &'static str,
    value: Takes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Value,
    /// Only in the form `--name=value`.
    PerhapsValue,
}

impl Choice {
    /// An option that is given or not.
    pub(crate) const fn plain(short: char, long: &'static str) -> Self {
        let value = Takes::Nothing;
        Self { short, long, value }
    }

    /// An option with a value.
    pub(crate) const fn valued(short: char, long: &'static str) -> Self {
        let value = Takes::Value;
        Self { short, long, value }
    }

    /// An option whose long form may have a value.
    pub(crate) const fn perhaps_valued(short: char, long: &'static str) -> Self {
        let value = Takes::PerhapsValue;
        Self { short, long, value }
    }
}

/// The program's arguments, read option by option.
pub(crate) struct Reader {
    choices: &'static [Choice],
    left: std::iter::Peekable<std::vec::IntoIter<String>>,
    /// What is left of a word of short options.
    joined: String,
}

impl Reader {
    pub(crate) fn new(
        choices: &'static [Choice],
        arguments: impl IntoIterator<Item = String>,
    ) -> Self {
        let arguments: Vec<String> = arguments.into_iter().collect();
        Self {
            choices,
            left: arguments.into_iter().peekable(),
            joined: String::new(),
        }
    }

    /// The next option with its value; none where the options end.
    pub(crate) fn next(&mut self) -> Result<Option<(Choice, Option<String>)>, Failure> {
        if !self.joined.is_empty() {
            return self.short().map(Some);
        }
        let is_option = |word: &String| word.len() > 1 && word.starts_with('-');
        let Some(word) = self.left.next_if(is_option) else {
            return Ok(None);
        };
        match word.strip_prefix("--") {
            Some("") => Ok(None),
            Some(long) => self.long(long).map(Some),
            None => {
                self.joined = word.chars().skip(1).collect();
                self.short().map(Some)
            }
        }
    }

    /// What stands behind the options.
    pub(crate) fn rest(self) -> Vec<String> {
        self.left.collect()
    }

    fn short(&mut self) -> Result<(Choice, Option<String>), Failure> {
        let short = self.joined.remove(0);
        let choice = *self
            .choices
            .iter()
            .find(|choice| choice.short == short)
            .ok_or_else(|| unknown(format!("-{short}")))?;
        if choice.value != Takes::Value {
            return Ok((choice, None));
        }
        let inline = std::mem::take(&mut self.joined);
        let inline = Some(inline).filter(|value| !value.is_empty());
        self.value(choice, inline)
    }

    fn long(&mut self, word: &str) -> Result<(Choice, Option<String>), Failure> {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
        let choice = self
            .by_name(name)
            .ok_or_else(|| unknown(format!("--{name}")))?;
        match choice.value {
            Takes::Nothing if inline.is_some() => Err(unknown(format!("-{}", choice.short))),
            Takes::Nothing => Ok((choice, None)),
            Takes::PerhapsValue => Ok((choice, inline)),
            Takes::Value => self.value(choice, inline),
        }
    }

    /// The option called so, or the only one that begins so.
    fn by_name(&self, name: &str) -> Option<Choice> {
        if let Some(exact) = self.choices.iter().find(|choice| choice.long == name) {
            return Some(*exact);
        }
        let mut begun = self
            .choices
            .iter()
            .filter(|choice| choice.long.starts_with(name));
        match (begun.next(), begun.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    fn value(
        &mut self,
        choice: Choice,
        inline: Option<String>,
    ) -> Result<(Choice, Option<String>), Failure> {
        let value = inline.or_else(|| self.left.next());
        match value {
            Some(value) => Ok((choice, Some(value))),
            None => Err(Failure::OptionWithoutValue {
                short: choice.short,
                long: choice.long,
            }),
        }
    }
}

fn unknown(option: String) -> Failure {
    Failure::UnsupportedOption { option }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Reader};

    const CHOICES: [Choice; 4] = [
        Choice::valued('c', "connect"),
        Choice::plain('q', "quiet"),
        Choice::plain('r', "readonly"),
        Choice::perhaps_valued('v', "version"),
    ];

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let mut reader = Reader::new(&CHOICES, line.split(' ').map(str::to_owned));
        let mut seen = String::new();
        let failure = loop {
            match reader.next() {
                Ok(Some((choice, value))) => {
                    seen.push_str(&format!("{}{} ", choice.short, value.unwrap_or_default()));
                }
                Ok(None) => break None,
                Err(failure) => break Some(failure),
            }
        };
        match failure {
            Some(failure) => seen.push_str(&failure.to_string()),
            None => seen.push_str(&reader.rest().join(",")),
        }
        assert_eq!(seen, expected, "{line}");
    }

    #[test]
    fn short_options_may_be_joined() {
        check("-qrc URI list", "q r cURI list");
        check("-qcURI list", "q cURI list");
    }

    #[test]
    fn long_options_may_be_shortened() {
        check("--conn URI list", "cURI list");
        check("--connect=URI -- -q", "cURI -q");
        check("--version=long", "vlong ");
    }

    #[test]
    fn what_is_unknown_is_named() {
        check("-qx", "q unsupported option '-x'. See --help.");
        check("--quiet=1", "unsupported option '-q'. See --help.");
        check("-c", "option '-c'/'--connect' requires an argument");
    }
}
