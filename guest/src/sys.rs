//! Reading the small text files of `/sys` and `/proc`.

use std::fs;
use std::path::Path;

/// The trimmed text of a file, or nothing when there is none to read.
pub(crate) fn text(path: impl AsRef<Path>) -> Option<String> {
    Some(fs::read_to_string(path).ok()?.trim().to_owned())
}

/// The sorted names in a directory; none when it does not exist.
pub(crate) fn names(path: impl AsRef<Path>) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// The last component of what a symbolic link points to, as for `/sys/…/driver`.
pub(crate) fn link_name(path: impl AsRef<Path>) -> Option<String> {
    Some(fs::read_link(path).ok()?.file_name()?.to_str()?.to_owned())
}
