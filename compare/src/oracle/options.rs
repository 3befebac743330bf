//! What the command line asks for.

use std::path::PathBuf;

use crate::failure::Failure;

const USAGE: &str = "cargo xtask oracle FOLDER [--json] [--only WORD] [--limit N]";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// Where the documents are.
    pub(super) folder: PathBuf,
    /// Whether the report is JSON.
    pub(super) json: bool,
    /// Only documents whose name holds this.
    pub(super) only: Option<String>,
    /// At most so many.
    pub(super) limit: Option<usize>,
}

impl Options {
    /// Reads the words behind `oracle`.
    pub(super) fn read(words: &[String]) -> Result<Self, Failure> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--json" => options.json = true,
                "--only" => options.only = Some(value(word, words.next())?),
                "--limit" => {
                    let number = value(word, words.next())?;
                    let wrong = |_| usage(format!("'{number}' is no number"));
                    options.limit = Some(number.parse().map_err(wrong)?);
                }
                _ if word.starts_with('-') => return Err(usage(format!("unknown '{word}'"))),
                _ if options.folder.as_os_str().is_empty() => options.folder = word.into(),
                _ => return Err(usage(format!("a second folder, '{word}'"))),
            }
        }
        if options.folder.as_os_str().is_empty() {
            return Err(usage("no folder".to_owned()));
        }
        Ok(options)
    }
}

fn value(word: &str, value: Option<&String>) -> Result<String, Failure> {
    let missing = || usage(format!("{word} needs a value"));
    value.cloned().ok_or_else(missing)
}

fn usage(what: String) -> Failure {
    Failure::Usage { what, usage: USAGE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, Failure> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::read(&words)
    }

    #[test]
    fn all_words_are_understood_in_any_order() {
        let options = read("--limit 3 /folder --json --only nova").unwrap();
        let expected = Options {
            folder: "/folder".into(),
            json: true,
            only: Some("nova".to_owned()),
            limit: Some(3),
        };
        assert_eq!(options, expected);
    }

    #[test]
    fn what_is_wrong_with_the_line_is_said() {
        for (line, word) in [
            ("", "no folder"),
            ("a b", "'b'"),
            ("a --limit", "needs a value"),
            ("a --limit x", "'x'"),
            ("a --jason", "'--jason'"),
        ] {
            let failure = read(line).unwrap_err().to_string();
            assert!(failure.contains(word), "{line}: {failure}");
        }
    }
}
