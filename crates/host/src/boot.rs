//! This boot of the host.

use crate::error::HostError;
use crate::root::Root;

/// The random number of this boot: what was recorded under another one is about processes that
/// are gone.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn id(root: &Root) -> Result<String, HostError> {
    root.read("proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
}

/// When the host was booted, in seconds since the epoch.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn time(root: &Root) -> Result<u64, HostError> {
    let stat = root.read("proc/stat")?;
    let time = stat
        .lines()
        .find_map(|line| line.strip_prefix("btime ")?.trim().parse().ok());
    time.ok_or_else(|| root.malformed("proc/stat", "time of boot"))
}

/// The UUID that the firmware gives the machine, as a text; readable by root only.
#[must_use]
pub fn firmware_uuid(root: &Root) -> Option<String> {
    root.optional("sys/class/dmi/id/product_uuid")
}

/// The installation's own id: 32 hexadecimal digits.
#[must_use]
pub fn machine_id(root: &Root) -> Option<String> {
    root.optional("etc/machine-id").filter(|id| id.len() == 32)
}

#[cfg(test)]
mod tests {
    use crate::fake::tree;

    #[test]
    fn the_boot_has_a_number_and_a_time() {
        let (_dir, root) = tree(&[
            ("proc/sys/kernel/random/boot_id", "abc-def\n"),
            ("proc/stat", "cpu 1 2\nbtime 1700000000\nprocesses 5\n"),
            ("etc/machine-id", "0123456789abcdef0123456789abcdef\n"),
        ]);
        assert_eq!(super::id(&root).unwrap(), "abc-def");
        assert_eq!(super::time(&root).unwrap(), 1_700_000_000);
        assert_eq!(super::machine_id(&root).unwrap().len(), 32);
        assert_eq!(super::firmware_uuid(&root), None);
    }
}
