//! Images belong to QEMU's user while it runs, and afterwards to whom they belonged before.
//!
//! The owner is remembered on the file itself, in the extended attributes that libvirt uses
//! (`trusted.libvirt.security.dac`, `.ref_dac`, `.timestamp_dac`): several VMs may share a file, and a daemon may
//! be killed meanwhile; only the file knows for sure. The attribute counts the users; the last one gives the file
//! back. A count from before the host's last boot is stale. Where the file system has no such attributes nothing
//! can be remembered and the file goes to root in the end, as in libvirt.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::fs::{AtFlags, Gid, Uid, XattrFlags, chownat, fgetxattr, fremovexattr, fsetxattr};
use rustix::io::Errno;

const OWNER: &str = "trusted.libvirt.security.dac";
const USERS: &str = "trusted.libvirt.security.ref_dac";
const BOOT: &str = "trusted.libvirt.security.timestamp_dac";
/// The clock may have been set since boot; a count this close to the boot time is of this boot.
const BOOT_TOLERANCE_S: u64 = 60;

/// Gives files to QEMU's user and takes them back.
#[derive(Debug, Clone)]
pub struct Ownership {
    uid: Uid,
    gid: Gid,
    remember: bool,
    boot: u64,
}

/// Why a file could not be given away or taken back.
#[derive(Debug, thiserror::Error)]
#[error("cannot change the owner of '{}' to {uid}:{gid}", path.display())]
pub struct OwnershipError {
    /// The file.
    pub path: PathBuf,
    /// The new owner.
    pub uid: u32,
    /// The new group.
    pub gid: u32,
    /// What the kernel says.
    pub source: io::Error,
}

/// An owner as the attribute spells it: `+UID:+GID`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Owner {
    uid: u32,
    gid: u32,
}

impl Ownership {
    /// For files that `uid` and `gid` are to use. `boot` is the host's boot time in seconds since 1970.
    pub fn new(uid: u32, gid: u32, remember: bool, boot: u64) -> Self {
        Self {
            uid: Uid::from_raw(uid),
            gid: Gid::from_raw(gid),
            remember,
            boot,
        }
    }

    /// Gives a file to QEMU's user.
    ///
    /// # Errors
    /// When the kernel refuses; a file system that keeps no owners (NFS with squashed root, a read-only one) is
    /// no error, since QEMU's own attempt to open the file decides.
    pub fn give(&self, path: &Path) -> Result<(), OwnershipError> {
        let mine = Owner {
            uid: self.uid.as_raw(),
            gid: self.gid.as_raw(),
        };
        self.try_give(path, mine)
            .map_err(|source| refused(path, mine, source))
    }

    /// Takes a file back when this was its last user.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn take_back(&self, path: &Path) -> Result<(), OwnershipError> {
        let root = Owner { uid: 0, gid: 0 };
        match self.try_take_back(path) {
            Ok(()) => Ok(()),
            // The guest may have deleted what it was given, a CD-ROM may be gone.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(refused(path, root, source)),
        }
    }

    fn try_give(&self, path: &Path, mine: Owner) -> io::Result<()> {
        let _counting = counting();
        let before = owner_of(path)?;
        if self.remember {
            self.count_user(path, before)?;
        }
        if before == mine {
            return Ok(());
        }
        change(path, mine)
    }

    fn try_take_back(&self, path: &Path) -> io::Result<()> {
        if !self.remember {
            return change(path, Owner { uid: 0, gid: 0 });
        }
        let _counting = counting();
        let file = open(path)?;
        match self.recall(&file)? {
            Recalled::Unsupported => change(path, Owner { uid: 0, gid: 0 }),
            Recalled::Nothing => Ok(()),
            Recalled::Users { count, .. } if count > 1 => set(&file, USERS, count - 1),
            Recalled::Users { owner, .. } => {
                forget(&file);
                change(path, owner)
            }
        }
    }

    fn count_user(&self, path: &Path, before: Owner) -> io::Result<()> {
        let file = open(path)?;
        match self.recall(&file)? {
            Recalled::Unsupported => Ok(()),
            Recalled::Users { count, .. } => set(&file, USERS, count.saturating_add(1)),
            Recalled::Nothing => {
                set(&file, OWNER, format!("+{}:+{}", before.uid, before.gid))?;
                set(&file, BOOT, self.boot)?;
                set(&file, USERS, 1)
            }
        }
    }

    fn recall(&self, file: &std::fs::File) -> io::Result<Recalled> {
        let (owner, users, boot) = match (get(file, OWNER), get(file, USERS), get(file, BOOT)) {
            (Ok(owner), Ok(users), Ok(boot)) => (owner, users, boot),
            (Err(Errno::NODATA), ..) => return Ok(Recalled::Nothing),
            (Err(Errno::OPNOTSUPP | Errno::PERM), ..) => return Ok(Recalled::Unsupported),
            // Half of it is none of it.
            (Ok(_), ..) => {
                forget(file);
                return Ok(Recalled::Nothing);
            }
            (Err(error), ..) => return Err(error.into()),
        };
        let fresh = boot
            .parse()
            .is_ok_and(|boot: u64| boot.abs_diff(self.boot) <= BOOT_TOLERANCE_S);
        match (Owner::parse(&owner), users.parse(), fresh) {
            (Some(owner), Ok(count), true) if count > 0 => Ok(Recalled::Users { owner, count }),
            _ => {
                forget(file);
                Ok(Recalled::Nothing)
            }
        }
    }
}

/// VMs that start or stop at the same time may share a file: a count is read and written by one at a time.
fn counting() -> MutexGuard<'static, ()> {
    static COUNTING: Mutex<()> = Mutex::new(());
    // What is counted is on the files.
    COUNTING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a file says about its owner.
enum Recalled {
    /// The file system has no such attributes.
    Unsupported,
    /// Nobody uses it.
    Nothing,
    /// So many use it; it belonged to `owner` before.
    Users { owner: Owner, count: u32 },
}

impl Owner {
    fn parse(text: &str) -> Option<Self> {
        let (uid, gid) = text.split_once(':')?;
        let number = |text: &str| text.strip_prefix('+').unwrap_or(text).parse().ok();
        Some(Self {
            uid: number(uid)?,
            gid: number(gid)?,
        })
    }
}

fn refused(path: &Path, owner: Owner, source: io::Error) -> OwnershipError {
    OwnershipError {
        path: path.to_owned(),
        uid: owner.uid,
        gid: owner.gid,
        source,
    }
}

fn owner_of(path: &Path) -> io::Result<Owner> {
    let stat = rustix::fs::stat(path)?;
    Ok(Owner {
        uid: stat.st_uid,
        gid: stat.st_gid,
    })
}

fn change(path: &Path, owner: Owner) -> io::Result<()> {
    let (uid, gid) = (Uid::from_raw(owner.uid), Gid::from_raw(owner.gid));
    match chownat(
        rustix::fs::CWD,
        path,
        Some(uid),
        Some(gid),
        AtFlags::empty(),
    ) {
        Err(Errno::ROFS | Errno::OPNOTSUPP | Errno::INVAL) => Ok(()),
        other => other.map_err(Into::into),
    }
}

/// Attributes are set through a descriptor that does not disturb devices and does not block on pipes.
fn open(path: &Path) -> io::Result<std::fs::File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

fn get(file: &std::fs::File, name: &str) -> Result<String, Errno> {
    let mut value = [0_u8; 64];
    let length = fgetxattr(file, name, &mut value)?;
    let text = value.get(..length).unwrap_or_default();
    // libvirt's attributes carry the closing NUL of a C string.
    Ok(String::from_utf8_lossy(text)
        .trim_end_matches('\0')
        .to_owned())
}

fn set(file: &std::fs::File, name: &str, value: impl ToString) -> io::Result<()> {
    Ok(fsetxattr(
        file,
        name,
        value.to_string().as_bytes(),
        XattrFlags::empty(),
    )?)
}

fn forget(file: &std::fs::File) {
    for name in [OWNER, USERS, BOOT] {
        match fremovexattr(file, name) {
            Ok(()) | Err(Errno::NODATA) => {}
            Err(error) => tracing::warn!(name, %error, "cannot remove an attribute of an image"),
        }
    }
}

/// When the host was booted, in seconds since 1970 (`/proc/stat`, `btime`).
pub fn boot_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = stat.lines().find_map(|line| line.strip_prefix("btime "));
    line.and_then(|time| time.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Root on a file system with trusted attributes; elsewhere there is nothing to test.
    fn image() -> Option<(tempfile::TempDir, PathBuf)> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("disk.img");
        std::fs::File::create(&path).unwrap();
        let file = open(&path).unwrap();
        set(&file, USERS, 0).ok()?;
        forget(&file);
        change(&path, Owner { uid: 12, gid: 34 }).ok()?;
        Some((directory, path))
    }

    fn check(path: &Path, uid: u32, gid: u32) {
        assert_eq!(owner_of(path).unwrap(), Owner { uid, gid });
    }

    #[test]
    fn a_file_returns_to_its_owner_after_its_last_user() {
        let Some((_directory, path)) = image() else {
            return;
        };
        let qemu = Ownership::new(77, 88, true, 1_000_000);
        qemu.give(&path).unwrap();
        qemu.give(&path).unwrap();
        check(&path, 77, 88);
        qemu.take_back(&path).unwrap();
        check(&path, 77, 88);
        qemu.take_back(&path).unwrap();
        check(&path, 12, 34);
        assert!(matches!(
            get(&open(&path).unwrap(), OWNER),
            Err(Errno::NODATA)
        ));
    }

    #[test]
    fn vms_that_start_and_stop_together_are_all_counted() {
        let Some((_directory, path)) = image() else {
            return;
        };
        let qemu = Ownership::new(77, 88, true, 1_000_000);
        let together = |work: fn(&Ownership, &Path)| {
            std::thread::scope(|scope| {
                for _ in 0..8 {
                    scope.spawn(|| work(&qemu, &path));
                }
            });
        };
        together(|qemu, path| qemu.give(path).unwrap());
        let users = get(&open(&path).unwrap(), USERS);
        assert_eq!(users.as_deref(), Ok("8"));
        together(|qemu, path| qemu.take_back(path).unwrap());
        check(&path, 12, 34);
    }

    #[test]
    fn a_count_from_before_the_last_boot_is_stale() {
        let Some((_directory, path)) = image() else {
            return;
        };
        Ownership::new(77, 88, true, 1_000_000).give(&path).unwrap();
        change(&path, Owner { uid: 12, gid: 34 }).unwrap();
        let now = Ownership::new(77, 88, true, 2_000_000);
        now.give(&path).unwrap();
        now.take_back(&path).unwrap();
        check(&path, 12, 34);
    }

    #[test]
    fn without_memory_a_file_goes_to_root() {
        let Some((_directory, path)) = image() else {
            return;
        };
        let qemu = Ownership::new(77, 88, false, 1_000_000);
        qemu.give(&path).unwrap();
        qemu.take_back(&path).unwrap();
        check(&path, 0, 0);
    }

    #[test]
    fn a_file_that_is_gone_needs_no_owner() {
        let qemu = Ownership::new(77, 88, true, 1_000_000);
        qemu.take_back(Path::new("/nonexistent/disk.img")).unwrap();
        assert!(qemu.give(Path::new("/nonexistent/disk.img")).is_err());
    }

    #[test]
    fn owners_are_spelled_as_libvirt_spells_them() {
        assert_eq!(Owner::parse("+0:+107"), Some(Owner { uid: 0, gid: 107 }));
        assert_eq!(Owner::parse("nonsense"), None);
    }
}
