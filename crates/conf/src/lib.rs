//! Configuration files: `virtqemud.conf`, `qemu.conf` and their relatives share one grammar.
//!
//! ```text
//! # a comment
//! max_clients = 5000
//! unix_sock_group = "libvirt"          # or 'libvirt', or """libvirt"""
//! cgroup_controllers = [ "cpu", "devices", ]
//! ```
//!
//! A text has no escapes: it holds what stands between its quotes, on one line unless the quotes
//! are three double ones. A key that is there twice has its first value.

mod parse;
mod value;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

pub use parse::{ConfError, SIZE_MAX, Wrong, parse};
pub use value::{Entry, Value, ValueError};

/// A configuration file, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conf {
    file: PathBuf,
    entries: Vec<Entry>,
}

/// Why a configuration file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("cannot read the configuration file '{}'", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not text.
    #[error("{}: the file is not UTF-8 text", .file.display())]
    NotText {
        /// The file.
        file: PathBuf,
    },
    /// It is larger than any configuration could be.
    #[error("{}: the file is larger than {SIZE_MAX} bytes", .file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
    },
    /// It does not follow the grammar.
    #[error("{}:{}:{}: {}", .file.display(), .error.line, .error.column, .error.wrong)]
    Syntax {
        /// The file.
        file: PathBuf,
        /// What is wrong, and where.
        error: ConfError,
    },
}

impl Conf {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read or does not follow the grammar.
    pub fn load(file: &Path) -> Result<Self, LoadError> {
        let bytes = read_bounded(file)?;
        let text = String::from_utf8(bytes).map_err(|_| LoadError::NotText {
            file: file.to_path_buf(),
        })?;
        Self::from_text(file, &text)
    }

    /// Reads a file that may be missing, which is as good as an empty one.
    ///
    /// # Errors
    /// As [`load`](Self::load), but for a missing file.
    pub fn load_optional(file: &Path) -> Result<Self, LoadError> {
        match Self::load(file) {
            Err(LoadError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(Conf {
                    file: file.to_path_buf(),
                    entries: Vec::new(),
                })
            }
            result => result,
        }
    }

    /// Reads the content of a file.
    ///
    /// # Errors
    /// When it does not follow the grammar.
    pub fn from_text(file: &Path, text: &str) -> Result<Self, LoadError> {
        let file = file.to_path_buf();
        match parse(text) {
            Ok(entries) => Ok(Conf {
                file,
                entries: first_of_each(entries),
            }),
            Err(error) => Err(LoadError::Syntax { file, error }),
        }
    }

    /// The file, for messages.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// All settings, in the order of the file; no key twice.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The setting of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// Settings whose key is none of the `known`, to be warned about by name and line.
    pub fn unknown<'a>(&'a self, known: &'a [&str]) -> impl Iterator<Item = &'a Entry> {
        self.entries
            .iter()
            .filter(move |e| !known.contains(&e.key.as_str()))
    }

    /// Says of an error in a value in which file it is.
    #[must_use]
    pub fn locate(&self, error: &ValueError) -> String {
        format!("{}:{}: {error}", self.file.display(), error.line)
    }
}

fn read_bounded(file: &Path) -> Result<Vec<u8>, LoadError> {
    use std::io::Read;
    let failed = |source| LoadError::Read {
        file: file.to_path_buf(),
        source,
    };
    let opened = std::fs::File::open(file).map_err(failed)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(SIZE_MAX).unwrap_or(u64::MAX);
    opened
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() > SIZE_MAX {
        return Err(LoadError::TooLarge {
            file: file.to_path_buf(),
        });
    }
    Ok(bytes)
}

fn first_of_each(entries: Vec<Entry>) -> Vec<Entry> {
    let mut seen = HashSet::new();
    entries
        .into_iter()
        .filter(|e| seen.insert(e.key.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Conf, LoadError};
    use std::path::Path;

    fn conf(text: &str) -> Conf {
        Conf::from_text(Path::new("/etc/x.conf"), text).unwrap()
    }

    #[test]
    fn the_first_of_a_repeated_key_counts() {
        let conf = conf("a = 1\na = 2\nb = 3\n");
        assert_eq!(conf.get("a").unwrap().int(0..=9).unwrap(), 1);
        assert_eq!(conf.entries().len(), 2);
    }

    #[test]
    fn unknown_keys_are_told_with_their_line() {
        let conf = conf("a = 1\n\nwhat = 2\n");
        let unknown: Vec<_> = conf
            .unknown(&["a"])
            .map(|e| (e.key.as_str(), e.line))
            .collect();
        assert_eq!(unknown, [("what", 3)]);
    }

    #[test]
    fn errors_name_file_line_and_remedy() {
        let syntax = Conf::from_text(Path::new("/etc/x.conf"), "a = 1\nb == 2\n").unwrap_err();
        assert_eq!(
            syntax.to_string(),
            "/etc/x.conf:2:4: expected a value: a number, a text in quotes or a list in brackets"
        );
        let conf = conf("\nlevel = 7\n");
        let error = conf.get("level").unwrap().int(1..=4).unwrap_err();
        assert_eq!(
            conf.locate(&error),
            "/etc/x.conf:2: 'level' is 7, allowed is 1 to 4"
        );
    }

    #[test]
    fn a_missing_file_is_empty_only_where_it_may_be() {
        let missing = Path::new("/no/such/file.conf");
        assert!(matches!(Conf::load(missing), Err(LoadError::Read { .. })));
        assert_eq!(Conf::load_optional(missing).unwrap().entries(), []);
    }
}
