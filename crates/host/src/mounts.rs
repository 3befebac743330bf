//! The file systems that are mounted.

use std::path::{Path, PathBuf};

use crate::error::HostError;
use crate::root::Root;

/// A mounted file system (`/proc/self/mountinfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// Where it is mounted.
    pub point: PathBuf,
    /// Which directory of the file system is mounted there.
    pub inside: PathBuf,
    /// The type of file system: `ext4`, `nfs4`, `cgroup2` …
    pub kind: String,
    /// The device or remote address.
    pub source: String,
    /// The options of this mount and those of the file system.
    pub options: Vec<String>,
}

/// Reads the mounts of this process, in mounting order.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn mounts(root: &Root) -> Result<Vec<Mount>, HostError> {
    Ok(root
        .read("proc/self/mountinfo")?
        .lines()
        .filter_map(mount)
        .collect())
}

/// The mount in which a path lies: of those with the longest mount point the last, which
/// covers the others.
#[must_use]
pub fn mount_of<'a>(mounts: &'a [Mount], path: &Path) -> Option<&'a Mount> {
    let around = mounts.iter().filter(|m| path.starts_with(&m.point));
    around.max_by_key(|m| m.point.components().count())
}

/// Whether files at the mount may be seen by other hosts, which changes what migration needs
/// and who may change their owner.
#[must_use]
pub fn is_shared(mount: &Mount) -> bool {
    const SHARED: &[&str] = &[
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "ocfs2",
        "gfs2",
        "ceph",
        "fuse.glusterfs",
        "gpfs",
        "fuse.quobyte",
        "beegfs",
        "afs",
    ];
    SHARED.contains(&mount.kind.as_str())
}

/// `ID PARENT MAJOR:MINOR INSIDE POINT OPTIONS [FIELDS …] - KIND SOURCE OPTIONS`.
fn mount(line: &str) -> Option<Mount> {
    let (left, right) = line.split_once(" - ")?;
    let mut left = left.split(' ').skip(3);
    let (inside, point, options) = (left.next()?, left.next()?, left.next()?);
    let mut right = right.split(' ');
    let (kind, source) = (right.next()?, right.next()?);
    let options = options
        .split(',')
        .chain(right.next().unwrap_or_default().split(','));
    Some(Mount {
        point: unescape(point).into(),
        inside: unescape(inside).into(),
        kind: kind.to_owned(),
        source: unescape(source),
        options: options
            .filter(|o| !o.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

/// The kernel writes blanks and backslashes as three octal digits: `\040`.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'\\').then(|| octal(after)).flatten();
        bytes.push(code.unwrap_or(byte));
        rest = after
            .get(if code.is_some() { 3 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn octal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..3)?).ok()?;
    u8::from_str_radix(digits, 8).ok()
}

#[cfg(test)]
mod tests {
    use super::{is_shared, mount_of, mounts};
    use crate::fake::tree;
    use std::path::Path;

    const TABLE: &str = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:26 / /srv/my\\040files rw,nosuid shared:1 master:2 - nfs4 host:/a\\134b rw,vers=4.2
31 30 0:27 /sub /srv/my\\040files/deep ro - tmpfs tmpfs rw
32 22 0:28 / /srv/my\\040files/deep rw - xfs /dev/vdb rw
short line
";

    #[test]
    fn mounts_are_read_with_their_blanks() {
        let (_dir, root) = tree(&[("proc/self/mountinfo", TABLE)]);
        let mounts = mounts(&root).unwrap();
        assert_eq!(mounts.len(), 4);
        let nfs = &mounts[1];
        assert_eq!(
            (nfs.point.as_path(), nfs.source.as_str()),
            (Path::new("/srv/my files"), "host:/a\\b")
        );
        assert_eq!(nfs.options, ["rw", "nosuid", "rw", "vers=4.2"]);
        assert!(is_shared(nfs) && !is_shared(&mounts[0]));
    }

    #[test]
    fn a_path_lies_in_the_innermost_and_last_mount() {
        let (_dir, root) = tree(&[("proc/self/mountinfo", TABLE)]);
        let mounts = mounts(&root).unwrap();
        let kind = |path: &str| mount_of(&mounts, Path::new(path)).unwrap().kind.as_str();
        assert_eq!(kind("/srv/my files/x"), "nfs4");
        assert_eq!(kind("/srv/my files/deep/y"), "xfs");
        assert_eq!(kind("/srv/my filesystem"), "ext4");
    }
}
