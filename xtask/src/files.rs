//! Reading and replacing files of the work tree, with the path in every error.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The top of the work tree.
pub(crate) fn top() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file(path))
}

pub(crate) fn text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::file(path))
}

/// Makes a file hold exactly these bytes; a reader sees the old ones or the new ones, never a part.
/// A file that already holds them is left alone, its time too.
#[allow(
    clippy::disallowed_methods,
    reason = "what a tool builds need not survive a power cut"
)]
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(Error::file(parent))?;
    let new = path.with_added_extension("new");
    fs::write(&new, bytes).map_err(Error::file(&new))?;
    fs::rename(&new, path).map_err(Error::file(path))
}

/// Every file below a directory, in order, without descending where `enter` says no.
pub(crate) fn walk(directory: &Path, enter: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut pending = vec![directory.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(&directory).map_err(Error::file(&directory))? {
            let path = entry.map_err(Error::file(&directory))?.path();
            if path.is_symlink() {
            } else if !path.is_dir() {
                found.push(path);
            } else if enter(&path) {
                pending.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_leaves_nothing_else_behind() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("deep/file.txt");
        replace(&file, b"one").unwrap();
        replace(&file, b"two").unwrap();
        assert_eq!(read(&file).unwrap(), b"two");
        assert_eq!(walk(room.path(), &|_| true).unwrap(), [file]);
        assert!(walk(room.path(), &|_| false).unwrap().is_empty());
    }
}
