//! The control groups of a VM: a directory in each of the kernel's hierarchies, and below it one for each thread.
//!
//! They are laid out as libvirt lays them out where no service manager does it (libvirt's page "Control Groups
//! Resource Management"): `/PARTITION/qemu-ID-NAME.libvirt-qemu` with `emulator`, `vcpuN` and `iothreadN`. A VM whose
//! document limits nothing has none.

mod cpu;
mod cpuset;
mod disks;
mod error;
mod memory;
mod name;
mod setting;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use host::Root;
use host::cgroup::{self, Hierarchy};

pub use cpu::CpuLimits;
pub use cpuset::CpuPlaces;
pub use disks::DiskLimits;
pub use error::GroupError;
pub use memory::MemoryLimits;
pub(crate) use memory::UNLIMITED;
pub(in crate::vm) use name::{DEFAULT_PARTITION, group, machine, partition};
use setting::{Setting, Version};

use crate::removed::removed;

/// What a hierarchy controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Controller {
    /// CPU time.
    Cpu,
    /// The CPUs and nodes that are used.
    Cpuset,
    /// Memory.
    Memory,
    /// Disks: `blkio`, or `io` in version 2.
    Blkio,
}

impl Controller {
    const ALL: [Self; 4] = [Self::Cpu, Self::Cpuset, Self::Memory, Self::Blkio];

    /// Its name in version 1, which people know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Cpuset => "cpuset",
            Self::Memory => "memory",
            Self::Blkio => "blkio",
        }
    }

    fn name_in(self, version: Version) -> &'static str {
        match (self, version) {
            (Self::Blkio, Version::Two) => "io",
            _ => self.name(),
        }
    }

    /// Whether the threads of one process can be in different groups of it.
    fn tells_threads_apart(self) -> bool {
        matches!(self, Self::Cpu | Self::Cpuset)
    }
}

/// A group of processes or threads: one directory in each hierarchy that controls something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlGroup {
    places: Vec<Place>,
    /// Where it may be besides, in hierarchies that limit nothing: libvirt's daemon uses those too, and a VM that was
    /// taken over from it leaves them behind.
    others: Vec<PathBuf>,
}

/// A group's directory in one hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    mount: PathBuf,
    /// Of all groups beside it, below the mount.
    partition: PathBuf,
    directory: PathBuf,
    controllers: BTreeSet<Controller>,
    version: Version,
}

impl ControlGroup {
    /// The group of a VM where this host would have it; nothing is made.
    pub fn of(root: &Root, partition: &Path, name: &str) -> Self {
        let hierarchies = cgroup::hierarchies(root).unwrap_or_default();
        let partition = partition.strip_prefix("/").unwrap_or(partition);
        let mut others = Vec::new();
        let mut place = |hierarchy: Hierarchy| {
            let version = Version::of(&hierarchy);
            let has = |controller: &Controller| {
                let name = controller.name_in(version);
                hierarchy.controllers.iter().any(|it| it == name)
            };
            let controllers: BTreeSet<_> = Controller::ALL.into_iter().filter(has).collect();
            let partition = hierarchy.mount.join(partition);
            let directory = partition.join(name);
            if controllers.is_empty() {
                others.push(directory);
                return None;
            }
            Some(Place {
                directory,
                mount: hierarchy.mount,
                partition,
                controllers,
                version,
            })
        };
        let places = hierarchies.into_iter().filter_map(&mut place).collect();
        Self { places, others }
    }

    /// Whether it can control this.
    pub fn has(&self, controller: Controller) -> bool {
        self.place(controller).is_some()
    }

    /// Where it is, once a hierarchy: a process that is started in these is in the group.
    pub fn directories(&self) -> impl Iterator<Item = &Path> {
        self.places.iter().map(|place| place.directory.as_path())
    }

    /// Where it is among those that control this.
    pub fn directory(&self, controller: Controller) -> Option<&Path> {
        self.place(controller)
            .map(|place| place.directory.as_path())
    }

    /// Whether it has been made.
    pub fn exists(&self) -> bool {
        let mut directories = self.directories();
        directories.any(Path::is_dir)
    }

    /// Makes the group. The default partition is made with it; any other must be there, for its owner has limited it.
    ///
    /// # Errors
    /// When the partition is missing or the kernel refuses.
    pub fn make(&self) -> Result<(), GroupError> {
        self.places.iter().try_for_each(Place::make)
    }

    /// Makes the group of some of a VM's threads below the VM's own.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn make_threads(&self, name: &str) -> Result<Self, GroupError> {
        let mut threads = Vec::new();
        for place in &self.places {
            threads.extend(place.threads(name)?);
        }
        Ok(Self {
            places: threads,
            others: Vec::new(),
        })
    }

    /// Puts a thread into the group. One that has ended needs no group.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn add_thread(&self, thread: i32) -> Result<(), GroupError> {
        self.places.iter().try_for_each(|place| {
            let path = place.directory.join(place.version.threads_file());
            ignore_ended(write(&path, &thread.to_string()))
        })
    }

    /// Puts a process into the group with all its threads. One that has ended needs no group.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn add_process(&self, process: i32) -> Result<(), GroupError> {
        self.places.iter().try_for_each(|place| {
            let path = place.directory.join("cgroup.procs");
            ignore_ended(write(&path, &process.to_string()))
        })
    }

    /// Limits the group.
    ///
    /// # Errors
    /// When the host does not control this, or the kernel refuses.
    fn set(
        &self,
        controller: Controller,
        settings: impl FnOnce(Version) -> Vec<Setting>,
    ) -> Result<(), GroupError> {
        let Some(place) = self.place(controller) else {
            return Err(GroupError::NoController {
                controller: controller.name(),
            });
        };
        for setting in settings(place.version) {
            let file = setting.file_in(&place.directory)?;
            write(&file, &setting.value)?;
        }
        Ok(())
    }

    /// Removes the group and those of the threads. Nothing may be in them any more.
    ///
    /// # Errors
    /// The first group that stays.
    pub fn remove(&self) -> Result<(), GroupError> {
        let others = self.others.iter().map(PathBuf::as_path);
        self.directories().chain(others).try_for_each(|directory| {
            for below in directories_in(directory) {
                remove(&below)?;
            }
            remove(directory)
        })
    }

    fn place(&self, controller: Controller) -> Option<&Place> {
        let mut places = self.places.iter();
        places.find(|place| place.controllers.contains(&controller))
    }
}

impl Place {
    fn make(&self) -> Result<(), GroupError> {
        if !self.partition.is_dir() {
            if self.partition != self.mount.join(&DEFAULT_PARTITION[1..]) {
                return Err(GroupError::NoPartition {
                    path: self.partition.clone(),
                });
            }
            self.make_directory(&self.partition)?;
        }
        if self.version == Version::Two {
            let above = self.partition.ancestors();
            let above: Vec<_> = above.take_while(|it| it.starts_with(&self.mount)).collect();
            for directory in above.into_iter().rev() {
                hand_down(directory, &self.controllers)?;
            }
        }
        self.make_directory(&self.directory)
    }

    /// The same for threads: only what tells them apart.
    fn threads(&self, name: &str) -> Result<Option<Self>, GroupError> {
        let apart = |controller: &&Controller| controller.tells_threads_apart();
        let controllers: BTreeSet<_> = self.controllers.iter().filter(apart).copied().collect();
        if controllers.is_empty() {
            return Ok(None);
        }
        let threads = Self {
            partition: self.directory.clone(),
            directory: self.directory.join(name),
            mount: self.mount.clone(),
            controllers,
            version: self.version,
        };
        threads.make_directory(&threads.directory)?;
        if self.version == Version::Two {
            write(&threads.directory.join("cgroup.type"), "threaded")?;
            hand_down(&self.directory, &threads.controllers)?;
        }
        Ok(Some(threads))
    }

    fn make_directory(&self, path: &Path) -> Result<(), GroupError> {
        match fs::create_dir(path) {
            Err(source) if source.kind() != io::ErrorKind::AlreadyExists => {
                let path = path.to_owned();
                return Err(GroupError::Make { path, source });
            }
            _ => {}
        }
        if self.version == Version::One && self.controllers.contains(&Controller::Cpuset) {
            cpuset::inherit(path)?;
        }
        Ok(())
    }
}

/// Lets the groups below a directory control what the directory's own controls (version 2).
fn hand_down(directory: &Path, controllers: &BTreeSet<Controller>) -> Result<(), GroupError> {
    let names = controllers.iter().map(|it| it.name_in(Version::Two));
    let text: Vec<_> = names.map(|name| format!("+{name}")).collect();
    write(&directory.join("cgroup.subtree_control"), &text.join(" "))
}

pub(in crate::vm) fn write(path: &Path, value: &str) -> Result<(), GroupError> {
    let written = fs::OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|mut file| io::Write::write_all(&mut file, value.as_bytes()));
    written.map_err(|source| GroupError::Write {
        path: path.to_owned(),
        value: value.to_owned(),
        source,
    })
}

fn ignore_ended(result: Result<(), GroupError>) -> Result<(), GroupError> {
    match result {
        Err(GroupError::Write { source, .. })
            if source.raw_os_error() == Some(rustix::io::Errno::SRCH.raw_os_error()) =>
        {
            Ok(())
        }
        other => other,
    }
}

fn directories_in(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| path.is_dir()).collect()
}

fn remove(path: &Path) -> Result<(), GroupError> {
    removed(fs::remove_dir(path)).map_err(|source| GroupError::Remove {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(mounts: &str, files: &[&str]) -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        let mounts = mounts.replace("ROOT", &folder.path().to_string_lossy());
        for (path, text) in [("proc/self/mountinfo", mounts.as_str())]
            .into_iter()
            .chain(files.iter().map(|path| (*path, "cpu io memory pids\n")))
        {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mut file = fs::File::create(path).unwrap();
            io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        }
        let root = Root::new(folder.path());
        (folder, root)
    }

    #[test]
    fn a_group_is_in_every_hierarchy_that_controls_something() {
        let mounts = "1 0 0:1 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n\
             2 0 0:2 / /cg/systemd rw - cgroup cgroup rw,name=systemd\n\
             3 0 0:3 / /cg/memory rw - cgroup cgroup rw,memory\n\
             4 0 0:4 / /cg/unified rw - cgroup2 cgroup2 rw\n";
        let (_folder, root) = root(mounts, &[]);
        let group = ControlGroup::of(&root, Path::new("/machine"), "a");
        let directories: Vec<_> = group.directories().collect();
        let expected = ["/cg/cpu/machine/a", "/cg/memory/machine/a"].map(Path::new);
        assert_eq!(directories, expected);
        assert!(group.has(Controller::Memory));
        assert!(!group.has(Controller::Blkio));
    }

    #[test]
    fn disks_have_another_name_in_version_two() {
        let mounts = "1 0 0:1 / /cg rw - cgroup2 cgroup2 rw\n";
        let (_folder, root) = root(mounts, &["cg/cgroup.controllers"]);
        let group = ControlGroup::of(&root, Path::new("/machine/web"), "a");
        let directories: Vec<_> = group.directories().collect();
        assert_eq!(directories, [Path::new("/cg/machine/web/a")]);
        assert!(group.has(Controller::Blkio));
        assert!(!group.has(Controller::Cpuset));
    }

    #[test]
    fn only_the_default_partition_is_made() {
        let mounts = "1 0 0:1 / ROOT/cpu rw - cgroup cgroup rw,cpu\n\
             2 0 0:2 / ROOT/freezer rw - cgroup cgroup rw,freezer\n";
        let (folder, root) = root(mounts, &["cpu/tasks"]);
        let other = ControlGroup::of(&root, Path::new("/web.partition"), "a");
        assert!(matches!(other.make(), Err(GroupError::NoPartition { .. })));
        let group = ControlGroup::of(&root, Path::new(DEFAULT_PARTITION), "a");
        group.make().unwrap();
        let threads = group.make_threads("vcpu0").unwrap();
        let made = folder.path().join("cpu/machine/a/vcpu0");
        assert_eq!(threads.directories().collect::<Vec<_>>(), [&made]);
        assert!(made.is_dir());
        let left = folder.path().join("freezer/machine/a");
        fs::create_dir_all(left.join("vcpu0")).unwrap();
        group.remove().unwrap();
        assert!(!folder.path().join("cpu/machine/a").exists());
        assert!(!left.exists());
        group.remove().unwrap();
    }

    #[test]
    fn what_the_host_does_not_control_is_named() {
        let mounts = "1 0 0:1 / ROOT/cpu rw - cgroup cgroup rw,cpu\n";
        let (_folder, root) = root(mounts, &["cpu/tasks"]);
        let group = ControlGroup::of(&root, Path::new("/machine"), "a");
        let setting = || Setting::new(&["no.such.file"], 1);
        let controller = group.set(Controller::Memory, |_| vec![setting()]);
        assert!(matches!(controller, Err(GroupError::NoController { .. })));
        let file = group.set(Controller::Cpu, |_| vec![setting()]);
        assert!(matches!(
            file,
            Err(GroupError::NoFile {
                file: "no.such.file"
            })
        ));
    }
}
