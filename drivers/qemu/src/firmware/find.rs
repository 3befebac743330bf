//! Where descriptors are, and which of them count.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Firmware;

/// The directories, the weakest first.
#[must_use]
pub fn directories(user_config: Option<&Path>) -> Vec<PathBuf> {
    let mut directories = vec![
        PathBuf::from("/usr/share/qemu/firmware"),
        PathBuf::from("/etc/qemu/firmware"),
    ];
    directories.extend(user_config.map(|config| config.join("qemu/firmware")));
    directories
}

/// Reads the descriptors in the order of their file names. One that cannot be understood is reported and left out; an
/// empty one hides those of its name in the directories before.
#[must_use]
pub fn installed(directories: &[PathBuf]) -> Vec<Firmware> {
    let mut files: BTreeMap<OsString, PathBuf> = BTreeMap::new();
    for directory in directories {
        let Ok(entries) = std::fs::read_dir(directory) else {
            continue;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && path.extension().is_some_and(|it| it == "json") {
                files.insert(entry.file_name(), path);
            }
        }
    }
    files.values().filter_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Option<Firmware> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) if text.trim().is_empty() => return None,
        Ok(text) => text,
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "cannot read a firmware descriptor");
            return None;
        }
    };
    match serde_json::from_str(&text) {
        Ok(firmware) => Some(firmware),
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "a firmware descriptor is left out");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::firmware::Mapping;
    use std::io::Write;

    fn write(directory: &Path, name: &str, text: &str) {
        std::fs::create_dir_all(directory).unwrap();
        let mut file = std::fs::File::create(directory.join(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn bios(file: &str) -> String {
        format!(
            r#"{{"interface-types": ["bios"], "mapping": {{"device": "memory", "filename": "{file}"}}, "targets": []}}"#
        )
    }

    #[test]
    fn later_directories_shadow_earlier_ones() {
        let root = tempfile::tempdir().unwrap();
        let (vendor, admin) = (root.path().join("vendor"), root.path().join("admin"));
        write(&vendor, "60-b.json", &bios("/b"));
        write(&vendor, "40-a.json", &bios("/a"));
        write(&vendor, "50-c.json", &bios("/c"));
        write(&vendor, "readme.txt", "no");
        write(&admin, "50-c.json", "");
        write(&admin, "60-b.json", &bios("/mine"));
        write(&admin, "70-d.json", "{nonsense");
        let files: Vec<_> = installed(&[vendor, admin, root.path().join("none")])
            .into_iter()
            .map(|firmware| match firmware.mapping {
                Mapping::Memory { filename } => filename,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(files, ["/a", "/mine"]);
    }
}
