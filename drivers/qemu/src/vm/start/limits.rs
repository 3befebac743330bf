//! The control group of a VM that is about to start, limited as its document says.

use std::path::Path;

use documents::domain::{CpuTune, Domain, MemTune, NumaMode};
use host::{Root, cgroup};

use crate::driver::QemuDriver;
use crate::vm::control_group::{
    self, ControlGroup, Controller, CpuLimits, DiskLimits, GroupError, MemoryLimits,
};
use crate::vm::resctrl::{ResourceError, ResourceGroups};

/// The group that the VM needs, still to be made; nothing when the document limits nothing.
///
/// # Errors
/// When the document limits what this host, or this driver, does not control.
pub(in crate::vm) fn group(
    driver: &QemuDriver,
    domain: &Domain,
    id: i32,
) -> Result<Option<ControlGroup>, GroupError> {
    let wanted = wanted(domain);
    let Some(first) = wanted.first().map(|(element, _)| *element) else {
        // Whoever cannot make groups has no partitions either.
        let grouped = partition(domain) != control_group::DEFAULT_PARTITION && is_root();
        let group = grouped.then(|| place(driver, domain, id));
        return Ok(group.filter(|group| group.directories().next().is_some()));
    };
    if !is_root() {
        return Err(GroupError::Session { element: first });
    }
    let group = place(driver, domain, id);
    for (_, controller) in wanted {
        if !group.has(controller) {
            let controller = controller.name();
            return Err(GroupError::NoController { controller });
        }
    }
    Ok(Some(group))
}

/// The group of a VM that was started earlier. There may be none of it.
pub(in crate::vm) fn place(driver: &QemuDriver, domain: &Domain, id: i32) -> ControlGroup {
    let machine = control_group::machine(driver.layout(), id, &domain.name);
    let partition = control_group::partition(partition(domain));
    let name = control_group::group(&machine);
    ControlGroup::of(&Root::default(), &partition, &name)
}

/// The resource groups of a VM that was started earlier. There may be none of them.
pub(in crate::vm) fn shares(driver: &QemuDriver, domain: &Domain, id: i32) -> ResourceGroups {
    let machine = control_group::machine(driver.layout(), id, &domain.name);
    let tune = domain.cputune.as_deref();
    tune.map_or_else(ResourceGroups::default, |tune| {
        ResourceGroups::of(&Root::default(), &machine, tune)
    })
}

/// Makes the resource groups that the document asks for.
///
/// # Errors
/// When this host has none, or not enough is left.
pub(super) fn make_shares(
    driver: &QemuDriver,
    domain: &Domain,
    id: i32,
) -> Result<ResourceGroups, ResourceError> {
    let machine = control_group::machine(driver.layout(), id, &domain.name);
    match domain.cputune.as_deref() {
        Some(tune) => ResourceGroups::make(&Root::default(), &machine, tune),
        None => Ok(ResourceGroups::default()),
    }
}

/// The group of a VM, where it has one.
pub(in crate::vm) fn existing(
    driver: &QemuDriver,
    domain: &Domain,
    id: i32,
) -> Option<ControlGroup> {
    Some(place(driver, domain, id)).filter(|group| is_root() && group.exists())
}

/// Sets what all of the VM has together.
///
/// # Errors
/// When the kernel refuses.
pub(in crate::vm) fn set(group: &ControlGroup, domain: &Domain) -> Result<(), GroupError> {
    if let Some(tune) = &domain.memtune {
        memory(tune).set(group)?;
    }
    if let Some(tune) = domain.blkiotune.as_deref() {
        DiskLimits::of(tune)?.set(group)?;
    }
    if let Some(tune) = domain.cputune.as_deref() {
        whole(tune).set(group)?;
    }
    let application = domain.resource.as_ref();
    match application.and_then(|resource| resource.fibrechannel.as_deref()) {
        Some(application) => tag(group, application),
        None => Ok(()),
    }
}

/// Below which group those of the VM are.
fn partition(domain: &Domain) -> &str {
    let resource = domain.resource.as_ref();
    let named = resource.and_then(|resource| resource.partition.as_deref());
    named.unwrap_or(control_group::DEFAULT_PARTITION)
}

/// Writes into the document of a run below which group its own would be, as libvirt does where there are groups.
pub(super) fn name_partition(domain: &mut Domain) {
    if is_root()
        && !cgroup::hierarchies(&Root::default())
            .unwrap_or_default()
            .is_empty()
    {
        let partition = partition(domain).to_owned();
        let resource = domain.resource.get_or_insert_default();
        resource.partition = Some(partition);
    }
}

/// The elements that need a controller, and which.
fn wanted(domain: &Domain) -> Vec<(&'static str, Controller)> {
    let tune = domain.cputune.as_deref().cloned().unwrap_or_default();
    let limits = domain.memtune.as_ref().map(memory).unwrap_or_default();
    let restricted = restricts_nodes(domain);
    let application = domain.resource.as_ref();
    let application = application.is_some_and(|resource| resource.fibrechannel.is_some());
    [
        (
            "memtune",
            Controller::Memory,
            limits != MemoryLimits::default(),
        ),
        ("blkiotune", Controller::Blkio, domain.blkiotune.is_some()),
        ("cputune", Controller::Cpu, limits_time(&tune)),
        ("numatune", Controller::Cpuset, restricted),
        ("fibrechannel", Controller::Blkio, application),
    ]
    .into_iter()
    .filter_map(|(element, controller, wanted)| wanted.then_some((element, controller)))
    .collect()
}

fn limits_time(tune: &CpuTune) -> bool {
    let of = |period, quota| CpuLimits {
        shares: None,
        period,
        quota,
    };
    let some = [
        whole(tune),
        of(tune.period, tune.quota),
        of(tune.emulator_period, tune.emulator_quota),
        of(tune.iothread_period, tune.iothread_quota),
    ];
    some.iter().any(|limits| *limits != CpuLimits::default())
}

/// Whether only control groups see to it that memory is where it is to be.
fn restricts_nodes(domain: &Domain) -> bool {
    let Some(tune) = &domain.numatune else {
        return false;
    };
    let whole = tune.memory.as_ref().and_then(|memory| memory.mode);
    let cells = tune.memnodes.iter().map(|node| node.mode);
    whole
        .into_iter()
        .chain(cells)
        .any(|mode| mode == NumaMode::Restrictive)
}

fn memory(tune: &MemTune) -> MemoryLimits {
    MemoryLimits {
        hard: tune.hard_limit,
        soft: tune.soft_limit,
        swap_hard: tune.swap_hard_limit,
    }
}

fn whole(tune: &CpuTune) -> CpuLimits {
    CpuLimits {
        shares: tune.shares,
        period: tune.global_period,
        quota: tune.global_quota,
    }
}

/// Marks the VM's I/O on a Fibre Channel fabric: the kernel finds the application by the group's inode.
fn tag(group: &ControlGroup, application: &str) -> Result<(), GroupError> {
    use std::os::unix::fs::MetadataExt;
    let path = Path::new("/sys/class/fc/fc_udev_device/appid_store");
    let Some(directory) = group.directory(Controller::Blkio) else {
        let controller = Controller::Blkio.name();
        return Err(GroupError::NoController { controller });
    };
    let found = std::fs::metadata(directory).map_err(|source| GroupError::Read {
        path: directory.to_owned(),
        source,
    })?;
    let value = format!("{:X}:{application}", found.ino());
    control_group::write(path, &value)
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, expected: &[&str]) {
        let text = format!("<domain type='qemu'><name>a</name>{content}<os/></domain>");
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let elements: Vec<_> = wanted(&domain).iter().map(|(it, _)| *it).collect();
        assert_eq!(elements, expected, "{content}");
    }

    #[test]
    fn a_document_names_what_needs_control_groups() {
        check("<cputune><vcpupin vcpu='0' cpuset='0'/></cputune>", &[]);
        check(
            "<cputune><emulator_period>5000</emulator_period></cputune>",
            &["cputune"],
        );
        check("<memtune><min_guarantee>1</min_guarantee></memtune>", &[]);
        check(
            "<memtune><soft_limit>1</soft_limit></memtune>",
            &["memtune"],
        );
        check(
            "<numatune><memory mode='strict' nodeset='0'/></numatune>",
            &[],
        );
        let cell = "<memnode cellid='0' mode='restrictive' nodeset='0'/>";
        check(&format!("<numatune>{cell}</numatune>"), &["numatune"]);
        check("<resource><partition>/a</partition></resource>", &[]);
    }
}
