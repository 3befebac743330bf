//! Everything that could change what a binary answers: when any of it changes, the binary is asked again.

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ProbeError;

/// The form of the stored answers; raised when [`super::Capabilities`] or the probe changes.
const FORM: u32 = 2;

/// The facts on which an answer depends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Key {
    form: u32,
    driver: String,
    emulator: PathBuf,
    size: u64,
    inode: u64,
    mtime: (i64, i64),
    ctime: (i64, i64),
    kvm: bool,
    host: HostFacts,
}

/// The facts about the host that stay the same until it boots again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HostFacts {
    kernel: String,
    microcode: String,
}

impl HostFacts {
    /// Reads them.
    pub(super) fn read() -> Self {
        let uname = rustix::system::uname();
        let text = |part: &std::ffi::CStr| part.to_string_lossy().into_owned();
        Self {
            kernel: format!("{} {}", text(uname.release()), text(uname.version())),
            microcode: microcode(&cpu_info()).unwrap_or_default(),
        }
    }
}

impl Key {
    /// The key of `emulator` as it is now.
    pub(super) fn of(emulator: &Path, host: &HostFacts) -> Result<Self, ProbeError> {
        let meta = std::fs::metadata(emulator).map_err(|source| ProbeError::Missing {
            emulator: emulator.to_owned(),
            source,
        })?;
        let executable = rustix::fs::access(emulator, rustix::fs::Access::EXEC_OK).is_ok();
        if !meta.is_file() || !executable {
            return Err(ProbeError::NotExecutable {
                emulator: emulator.to_owned(),
            });
        }
        Ok(Self {
            form: FORM,
            driver: env!("CARGO_PKG_VERSION").to_owned(),
            emulator: emulator.to_owned(),
            size: meta.size(),
            inode: meta.ino(),
            mtime: (meta.mtime(), meta.mtime_nsec()),
            ctime: (meta.ctime(), meta.ctime_nsec()),
            kvm: kvm_opens(),
            host: host.clone(),
        })
    }
}

impl Key {
    /// Whether QEMU may have opened KVM.
    pub(super) fn has_kvm(&self) -> bool {
        self.kvm
    }
}

/// Whether QEMU could open KVM as we could.
fn kvm_opens() -> bool {
    use rustix::fs::{Mode, OFlags};
    rustix::fs::open("/dev/kvm", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty()).is_ok()
}

/// The first part of `/proc/cpuinfo`: the first processor stands for all.
fn cpu_info() -> String {
    let mut text = String::new();
    if let Ok(file) = std::fs::File::open("/proc/cpuinfo") {
        // What cannot be read cannot be watched; the other facts still are.
        let _ = file.take(4096).read_to_string(&mut text);
    }
    text
}

fn microcode(cpu_info: &str) -> Option<String> {
    let line = cpu_info
        .lines()
        .find(|line| line.starts_with("microcode"))?;
    line.split_once(':')
        .map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    #[test]
    fn a_touched_or_grown_binary_has_another_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("qemu");
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o755)
            .open(&path)
            .unwrap();
        let host = HostFacts::read();
        let before = Key::of(&path, &host).unwrap();
        assert_eq!(before, Key::of(&path, &host).unwrap());
        file.write_all(b"more").unwrap();
        assert_ne!(before, Key::of(&path, &host).unwrap());
    }

    #[test]
    fn another_kernel_or_microcode_makes_another_key() {
        let path = std::env::current_exe().unwrap();
        let host = HostFacts::read();
        let other = HostFacts {
            kernel: "other".into(),
            ..host.clone()
        };
        assert_ne!(
            Key::of(&path, &host).unwrap(),
            Key::of(&path, &other).unwrap()
        );
        assert_eq!(
            microcode("flags\t: x\nmicrocode\t: 0xa101144\n").as_deref(),
            Some("0xa101144")
        );
    }

    #[test]
    fn a_missing_file_and_a_plain_file_are_told_apart() {
        let host = HostFacts::read();
        let missing = Key::of(Path::new("/nonexistent/qemu"), &host);
        assert!(matches!(missing, Err(ProbeError::Missing { .. })));
        let plain = Key::of(Path::new("/etc/passwd"), &host);
        assert!(matches!(plain, Err(ProbeError::NotExecutable { .. })));
    }
}
