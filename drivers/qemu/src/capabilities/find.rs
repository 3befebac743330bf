//! Where QEMU binaries are.

use std::path::{Path, PathBuf};

use super::Arch;

/// The directories of system emulators, in order. `$PATH` is not asked: it belongs to whoever started the program.
const DIRECTORIES: &[&str] = &["/usr/bin", "/usr/local/bin", "/usr/sbin", "/usr/local/sbin"];

/// Where distributions of the Red Hat family keep the one emulator for their own architecture.
const NATIVE: &str = "/usr/libexec/qemu-kvm";

/// The emulator for guests of `arch`, if one is installed.
pub fn emulator(arch: Arch) -> Option<PathBuf> {
    find(arch, DIRECTORIES, Path::new(NATIVE))
}

fn find(arch: Arch, directories: &[&str], native: &Path) -> Option<PathBuf> {
    let name = format!("qemu-system-{}", arch.qemu());
    let found = directories
        .iter()
        .map(|dir| Path::new(dir).join(&name))
        .find(|path| is_program(path));
    found
        .or_else(|| (Arch::native() == Some(arch) && is_program(native)).then(|| native.to_owned()))
}

/// Whether the file is there and executable by us.
fn is_program(path: &Path) -> bool {
    path.is_file() && rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::OpenOptionsExt;

    #[test]
    fn the_first_directory_that_has_an_executable_wins() {
        let dir = tempfile::tempdir().unwrap();
        let make = |path: &Path, mode: u32| {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .mode(mode)
                .open(path)
                .unwrap();
        };
        let [one, two] = ["one", "two"].map(|name| dir.path().join(name));
        make(&two.join("qemu-system-riscv64"), 0o755);
        let dirs = [one.to_str().unwrap(), two.to_str().unwrap()];
        let found = find(Arch::Riscv64, &dirs, Path::new("/nowhere"));
        assert_eq!(found, Some(two.join("qemu-system-riscv64")));
        assert_eq!(find(Arch::S390x, &dirs, Path::new("/nowhere")), None);
    }

    #[test]
    fn the_native_emulator_stands_in_for_a_missing_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("qemu-kvm");
        std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o755)
            .open(&path)
            .unwrap();
        let native = Arch::native().unwrap();
        assert_eq!(find(native, &[], &path), Some(path.clone()));
    }
}
