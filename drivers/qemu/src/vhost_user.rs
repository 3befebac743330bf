//! The programs that serve a device from outside of QEMU, as distributions describe them
//! (QEMU: `docs/interop/vhost-user.json`).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Where descriptions are, the distribution's before the administrator's: a file of the same name replaces, an empty
/// one hides.
const FOLDERS: &[&str] = &["/usr/share/qemu/vhost-user", "/etc/qemu/vhost-user"];

/// What a program serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Folders.
    Fs,
    /// Screens.
    Gpu,
    /// Anything else that is described there.
    #[serde(other)]
    Other,
}

/// One description.
#[derive(Debug, Deserialize)]
struct Description {
    #[serde(rename = "type")]
    kind: Kind,
    binary: PathBuf,
}

/// The first program of that kind in the order of the descriptions' names.
pub(crate) fn program(kind: Kind) -> Option<PathBuf> {
    find(kind, FOLDERS.iter().map(Path::new))
}

fn find<'a>(kind: Kind, folders: impl Iterator<Item = &'a Path>) -> Option<PathBuf> {
    let mut files: BTreeMap<OsString, PathBuf> = BTreeMap::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        for entry in entries.filter_map(Result::ok) {
            if entry.path().extension().is_some_and(|it| it == "json") {
                files.insert(entry.file_name(), entry.path());
            }
        }
    }
    let read = |path: &PathBuf| -> Option<Description> {
        let text = std::fs::read_to_string(path).ok()?;
        serde_json::from_str(&text).ok()
    };
    let descriptions = files.values().filter_map(read);
    let mut fitting = descriptions.filter(|description| description.kind == kind);
    fitting
        .find(|description| description.binary.is_file())
        .map(|description| description.binary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn write(folder: &Path, name: &str, text: &str) {
        let mut file = std::fs::File::create(folder.join(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    #[test]
    fn the_administrators_description_replaces_the_distributions() {
        let (shipped, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for name in ["one", "two"] {
            write(shipped.path(), name, "");
        }
        let describe = |folder: &Path, name: &str, program: &str| {
            let binary = shipped.path().join(program);
            let text = format!(
                r#"{{"description": "x", "type": "fs", "binary": "{}", "features": ["y"]}}"#,
                binary.display()
            );
            write(folder, name, &text);
        };
        let search = |kind| find(kind, [shipped.path(), own.path()].into_iter());
        assert_eq!(search(Kind::Fs), None);
        describe(shipped.path(), "50-fs.json", "one");
        assert_eq!(search(Kind::Fs), Some(shipped.path().join("one")));
        assert_eq!(search(Kind::Gpu), None);
        describe(own.path(), "50-fs.json", "two");
        assert_eq!(search(Kind::Fs), Some(shipped.path().join("two")));
        write(own.path(), "50-fs.json", "");
        assert_eq!(search(Kind::Fs), None);
    }
}
