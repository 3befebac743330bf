//! Shares of caches and of memory bandwidth: resource groups of the kernel (its resctrl.rst), one for each group of
//! virtual CPUs that the document names, called as libvirt calls them.

mod cache;
mod error;
mod schemata;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use documents::domain::{CacheMonitor, CacheTune, CpuTune, MemoryMonitor, MemoryShare, MemoryTune};
use host::Root;
use rustix::fs::{FlockOperation, flock};

use crate::domain::completion::tuning::numbers;
use crate::domain::cpu_list;
use crate::removed::removed;
pub use error::ResourceError;
use schemata::Schemata;

/// Where the kernel shows resource groups.
const MOUNT: &str = "sys/fs/resctrl";

/// What a group's directory holds beside groups.
const NO_GROUPS: [&str; 3] = ["info", "mon_groups", "mon_data"];

/// The resource groups of a VM.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceGroups {
    groups: Vec<Group>,
}

/// A directory that takes threads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    directory: PathBuf,
    vcpus: BTreeSet<u32>,
    /// Whether it allocates something, or only measures.
    allocates: bool,
}

impl ResourceGroups {
    /// The groups that a document asks for where this host has them; nothing is made.
    pub fn of(root: &Root, machine: &str, tune: &CpuTune) -> Self {
        let wanted = wanted(tune);
        let groups = wanted
            .iter()
            .flat_map(|wanted| wanted.groups(root, machine));
        Self {
            groups: groups.collect(),
        }
    }

    /// Makes the groups and gives each its shares.
    ///
    /// # Errors
    /// When this host has no resource groups, or not enough of a resource is left. Nothing is left of the attempt.
    pub fn make(root: &Root, machine: &str, tune: &CpuTune) -> Result<Self, ResourceError> {
        let made = Self::of(root, machine, tune);
        if made.groups.is_empty() {
            return Ok(made);
        }
        let mount = root.path(MOUNT);
        if !mount.join("schemata").exists() {
            return Err(ResourceError::NotAvailable);
        }
        let _lock = lock(&mount)?;
        let result = wanted(tune)
            .iter()
            .try_for_each(|wanted| wanted.make(root, machine));
        match result {
            Ok(()) => Ok(made),
            Err(error) => {
                made.remove();
                Err(error)
            }
        }
    }

    /// Puts the thread of a virtual CPU into its groups.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn add(&self, vcpu: u32, thread: i32) -> Result<(), ResourceError> {
        let mine = self.groups.iter().filter(|it| it.vcpus.contains(&vcpu));
        for group in mine {
            write(&group.directory.join("tasks"), &thread.to_string())?;
        }
        Ok(())
    }

    /// Removes the groups. What stays is reported.
    pub fn remove(&self) {
        // Those that measure are below those that allocate.
        for group in self.groups.iter().rev() {
            if let Err(error) = removed(fs::remove_dir(&group.directory)) {
                let path = group.directory.display();
                tracing::warn!(%path, %error, "a resource group stays");
            }
        }
    }
}

/// What some virtual CPUs get together.
#[derive(Debug)]
struct Wanted<'a> {
    vcpus: BTreeSet<u32>,
    caches: Option<&'a CacheTune>,
    memory: Option<&'a MemoryTune>,
}

fn wanted(tune: &CpuTune) -> Vec<Wanted<'_>> {
    let mut all: Vec<Wanted<'_>> = Vec::new();
    for caches in &tune.cachetunes {
        all.push(Wanted {
            vcpus: numbers(&caches.vcpus),
            caches: Some(caches),
            memory: None,
        });
    }
    for memory in &tune.memorytunes {
        let vcpus = numbers(&memory.vcpus);
        match all.iter_mut().find(|wanted| wanted.vcpus == vcpus) {
            Some(both) => both.memory = Some(memory),
            None => all.push(Wanted {
                vcpus,
                caches: None,
                memory: Some(memory),
            }),
        }
    }
    all
}

impl Wanted<'_> {
    fn allocates(&self) -> bool {
        let caches = self.caches.is_some_and(|tune| !tune.caches.is_empty());
        caches || !self.bandwidths().is_empty()
    }

    fn bandwidths(&self) -> &[MemoryShare] {
        self.memory.map_or(&[], |tune| &tune.nodes)
    }

    /// The group that allocates, and one for each further set of virtual CPUs that is measured.
    fn groups(&self, root: &Root, machine: &str) -> Vec<Group> {
        let mount = root.path(MOUNT);
        let name = |vcpus: &BTreeSet<u32>| {
            let vcpus = cpu_list::format(vcpus);
            format!("{machine}-vcpus_{vcpus}")
        };
        let own = mount.join(name(&self.vcpus));
        let above = match self.allocates() {
            true => &own,
            false => &mount,
        };
        let measured = self.measured().into_iter();
        // A group that allocates is measured by itself.
        let measured = measured.filter(|vcpus| !(self.allocates() && *vcpus == self.vcpus));
        let measured: Vec<_> = measured
            .map(|vcpus| Group {
                directory: above.join("mon_groups").join(name(&vcpus)),
                vcpus,
                allocates: false,
            })
            .collect();
        let allocating = self.allocates().then(|| Group {
            directory: own.clone(),
            vcpus: self.vcpus.clone(),
            allocates: true,
        });
        allocating.into_iter().chain(measured).collect()
    }

    fn measured(&self) -> BTreeSet<BTreeSet<u32>> {
        let caches = self.caches.iter().flat_map(|tune| &tune.monitors);
        let caches = caches.map(|CacheMonitor { vcpus, .. }| numbers(vcpus));
        let memory = self.memory.iter().flat_map(|tune| &tune.monitors);
        let memory = memory.map(|MemoryMonitor { vcpus }| numbers(vcpus));
        caches.chain(memory).collect()
    }

    fn make(&self, root: &Root, machine: &str) -> Result<(), ResourceError> {
        let mount = root.path(MOUNT);
        let shares = match self.allocates() {
            true => Some(self.shares(root, &mount)?),
            false => None,
        };
        for group in self.groups(root, machine) {
            let made = fs::create_dir(&group.directory);
            made.map_err(|source| ResourceError::Make {
                path: group.directory.clone(),
                source,
            })?;
            if let Some(shares) = shares.as_ref().filter(|_| group.allocates) {
                write(&group.directory.join("schemata"), &shares.to_string())?;
            }
        }
        Ok(())
    }

    /// The shares of the group: what is asked for, and of the rest what everybody has.
    fn shares(&self, root: &Root, mount: &Path) -> Result<Schemata, ResourceError> {
        let everybody = Schemata::read(mount)?;
        let others: Vec<_> = groups_in(mount)
            .iter()
            .map(|group| Schemata::read(group))
            .collect::<Result<_, _>>()?;
        let mut shares = everybody.clone();
        if let Some(tune) = self.caches {
            let banks = host::cache::banks(root).unwrap_or_default();
            for cache in &tune.caches {
                cache::allocate(&mut shares, cache, &banks, mount, &everybody, &others)?;
            }
        }
        for share in self.bandwidths() {
            schemata::allocate_bandwidth(&mut shares, share, mount, &others)?;
        }
        Ok(shares)
    }
}

/// Keeps others who do the same from allocating meanwhile (resctrl.rst: "Locking").
fn lock(mount: &Path) -> Result<fs::File, ResourceError> {
    let locked = fs::File::open(mount).and_then(|directory| {
        flock(&directory, FlockOperation::LockExclusive)?;
        Ok(directory)
    });
    locked.map_err(|source| ResourceError::Lock {
        path: mount.to_owned(),
        source,
    })
}

fn groups_in(mount: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(mount).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_group = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        path.join("schemata").exists() && name.is_some_and(|name| !NO_GROUPS.contains(&name))
    };
    paths.filter(is_group).collect()
}

fn read(path: &Path) -> Result<String, ResourceError> {
    fs::read_to_string(path).map_err(|source| ResourceError::Read {
        path: path.to_owned(),
        source,
    })
}

/// A number among what the kernel tells of a resource.
fn info(mount: &Path, resource: &str, file: &str) -> Result<u64, ResourceError> {
    let path = mount.join("info").join(resource).join(file);
    let text = read(&path)?;
    let number = text.trim().parse();
    number.map_err(|_| ResourceError::Malformed { path })
}

fn write(path: &Path, value: &str) -> Result<(), ResourceError> {
    let file = fs::OpenOptions::new().write(true).open(path);
    let written = file.and_then(|mut file| io::Write::write_all(&mut file, value.as_bytes()));
    written.map_err(|source| ResourceError::Write {
        path: path.to_owned(),
        value: value.trim().to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tune(text: &str) -> CpuTune {
        let text = format!(
            "<domain type='kvm'><name>a</name><vcpu>4</vcpu><cputune>{text}</cputune></domain>"
        );
        let domain: documents::domain::Domain =
            xml::parse(&text, &xml::Options::lenient()).unwrap();
        *domain.cputune.unwrap()
    }

    fn groups(text: &str) -> Vec<String> {
        let found = ResourceGroups::of(&Root::default(), "qemu-1-a", &tune(text));
        let paths = found.groups.iter().map(|group| group.directory.display());
        paths.map(|path| path.to_string()).collect()
    }

    #[test]
    fn each_set_of_virtual_cpus_has_its_group() {
        let shares = "<cachetune vcpus='0-1'><cache id='0' level='3' type='both' size='2'/>\
             <monitor level='3' vcpus='0-1'/><monitor level='3' vcpus='1'/></cachetune>\
             <memorytune vcpus='0-1'><node id='0' bandwidth='20'/></memorytune>\
             <memorytune vcpus='2'><node id='0' bandwidth='30'/></memorytune>";
        let first = "/sys/fs/resctrl/qemu-1-a-vcpus_0-1";
        let measured = format!("{first}/mon_groups/qemu-1-a-vcpus_1");
        let second = "/sys/fs/resctrl/qemu-1-a-vcpus_2";
        assert_eq!(groups(shares), [first, measured.as_str(), second]);
    }

    #[test]
    fn what_is_only_measured_is_in_the_group_of_everybody() {
        let monitor = "<cachetune vcpus='0'><monitor level='3' vcpus='0'/></cachetune>";
        let expected = "/sys/fs/resctrl/mon_groups/qemu-1-a-vcpus_0";
        assert_eq!(groups(monitor), [expected]);
    }

    #[test]
    fn a_host_without_resource_groups_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::new(folder.path());
        let share = "<memorytune vcpus='0'><node id='0' bandwidth='20'/></memorytune>";
        let refused = ResourceGroups::make(&root, "m", &tune(share));
        assert!(matches!(refused, Err(ResourceError::NotAvailable)));
        let nothing = ResourceGroups::make(&root, "m", &CpuTune::default());
        assert_eq!(nothing.unwrap(), ResourceGroups::default());
    }
}
