//! The key under which QEMU is told secrets: 32 random bytes in a file that only QEMU's user can read.
//!
//! Every VM has one, also without secrets, for a device with a secret may be plugged in later; and libvirt's daemon
//! gives up a running VM whose key it does not find.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::rand::{GetRandomFlags, getrandom};

use crate::config::Identity;
use crate::devices::MasterKey;

/// The length of the key of AES-256 in bytes.
const LENGTH: usize = 32;

/// Makes a key and writes it down for QEMU.
pub(super) fn write(path: &Path, reader: Option<&Identity>) -> io::Result<MasterKey> {
    let key = random()?;
    write_file(path, &key, reader)?;
    Ok(MasterKey::new(key))
}

/// Writes down what only QEMU may read.
pub(super) fn write_file(path: &Path, content: &[u8], reader: Option<&Identity>) -> io::Result<()> {
    create_private(path, reader)?.write_all(content)
}

/// An empty file, in which only QEMU's user will read.
pub(super) fn create_private(path: &Path, reader: Option<&Identity>) -> io::Result<File> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    if let Some(reader) = reader {
        reader.own_open(&file)?;
    }
    Ok(file)
}

fn random() -> io::Result<[u8; LENGTH]> {
    let mut key = [0; LENGTH];
    let mut filled = 0;
    while let Some(rest) = key.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        filled += getrandom(rest, GetRandomFlags::empty())?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_new_each_time_and_for_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        write(&path, None).unwrap();
        let first = std::fs::read(&path).unwrap();
        write(&path, None).unwrap();
        let second = std::fs::read(&path).unwrap();
        assert_eq!((first.len(), second.len()), (LENGTH, LENGTH));
        assert_ne!(first, second);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
