//! `<cachetune>` and `<memorytune>`: groups of virtual CPUs that get shares of caches and of memory bandwidth.

use std::collections::BTreeSet;

use documents::domain::{CacheKind, CacheShare, CacheTune, CpuTune, Domain, MemoryTune};

use super::features::largest_unit;
use super::os::word;
use crate::domain::cpu_list;
use crate::domain::error::TuningError;
use crate::domain::repeated::repeated;
use crate::domain::rules;

/// Only the last level is measured.
const MEASURED: u32 = 3;

/// Virtual CPUs that share an allocation.
type Group = BTreeSet<u32>;

/// Checks the groups, and hands out those that there are.
///
/// # Errors
/// When groups overlap, or say a thing twice.
pub(crate) fn groups(domain: &Domain) -> Result<Vec<Group>, TuningError> {
    let count = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    let mut groups: Vec<Group> = Vec::new();
    let Some(tune) = domain.cputune.as_deref() else {
        return Ok(groups);
    };
    for cache in &tune.cachetunes {
        let Some(group) = group("cachetune", &cache.vcpus, count)? else {
            continue;
        };
        check_caches(&cache.caches)?;
        check_monitors(cache, &group, count)?;
        if cache.caches.is_empty() && cache.monitors.is_empty() {
            continue;
        }
        add(&mut groups, group)?;
    }
    let caches = groups.len();
    for memory in &tune.memorytunes {
        let Some(group) = group("memorytune", &memory.vcpus, count)? else {
            continue;
        };
        check_bandwidths(memory)?;
        if memory.nodes.is_empty() {
            continue;
        }
        // The same virtual CPUs may have a share of both.
        if !groups.iter().take(caches).any(|other| *other == group) {
            add(&mut groups, group)?;
        }
    }
    Ok(groups)
}

fn add(groups: &mut Vec<Group>, group: Group) -> Result<(), TuningError> {
    if groups.iter().any(|other| !other.is_disjoint(&group)) {
        return Err(TuningError::GroupsOverlap);
    }
    groups.push(group);
    Ok(())
}

/// The virtual CPUs that exist of a list; nothing when there is none.
fn group(element: &'static str, text: &str, count: u32) -> Result<Option<Group>, TuningError> {
    let mut group = list(element, text)?;
    group.retain(|vcpu| *vcpu < count);
    Ok((!group.is_empty()).then_some(group))
}

fn list(element: &'static str, text: &str) -> Result<Group, TuningError> {
    rules::list(text).map_err(|_| TuningError::GroupList {
        element,
        text: text.to_owned(),
    })
}

fn check_caches(caches: &[CacheShare]) -> Result<(), TuningError> {
    for (at, cache) in caches.iter().enumerate() {
        if let Some(unit) = cache
            .unit
            .as_ref()
            .filter(|unit| xml::unit_bytes(unit).is_none())
        {
            return Err(TuningError::Unit { unit: unit.clone() });
        }
        let collides = |other: &CacheShare| {
            (other.level, other.id) == (cache.level, cache.id)
                && (other.kind == cache.kind
                    || other.kind == CacheKind::Both
                    || cache.kind == CacheKind::Both)
        };
        if caches.iter().take(at).any(collides) {
            return Err(TuningError::CachesCollide {
                level: cache.level,
                id: cache.id,
                kind: word(cache.kind),
            });
        }
    }
    Ok(())
}

/// Monitors measure virtual CPUs of the group one by one, and all of them together where the group has a share.
fn check_monitors(cache: &CacheTune, group: &Group, count: u32) -> Result<(), TuningError> {
    let mut seen: Vec<Group> = Vec::new();
    for monitor in &cache.monitors {
        if monitor.level != MEASURED {
            return Err(TuningError::MonitorLevel {
                level: monitor.level,
            });
        }
        let vcpus = self::group("monitor", &monitor.vcpus, count)?;
        let vcpus = vcpus.ok_or(TuningError::MonitorEmpty)?;
        if !vcpus.is_subset(group) {
            return Err(TuningError::MonitorVcpus);
        }
        for other in &seen {
            if *other == vcpus {
                return Err(TuningError::MonitorTwice);
            }
            let total = vcpus == *group || other == group;
            let allowed = total && !cache.caches.is_empty();
            if !allowed && !other.is_disjoint(&vcpus) {
                return Err(TuningError::MonitorsOverlap);
            }
        }
        seen.push(vcpus);
    }
    Ok(())
}

fn check_bandwidths(memory: &MemoryTune) -> Result<(), TuningError> {
    match repeated(&memory.nodes, |node| node.id) {
        Some(node) => Err(TuningError::BandwidthTwice { id: node.id }),
        None => Ok(()),
    }
}

/// Drops what allocates nothing, and writes lists and sizes as they are written.
pub(super) fn complete(tune: &mut CpuTune, count: u32) {
    let canonical = |text: &mut String| -> bool {
        let mut vcpus = cpu_list::parse(text).unwrap_or_default();
        vcpus.retain(|vcpu| *vcpu < count);
        *text = cpu_list::format(&vcpus);
        !vcpus.is_empty()
    };
    tune.cachetunes.retain_mut(|cache| {
        // The name is the kernel's, and only that of a running guest.
        cache.id = None;
        cache.caches.iter_mut().for_each(complete_share);
        for monitor in &mut cache.monitors {
            canonical(&mut monitor.vcpus);
        }
        canonical(&mut cache.vcpus) && !(cache.caches.is_empty() && cache.monitors.is_empty())
    });
    tune.memorytunes.retain_mut(|memory| {
        memory.id = None;
        for monitor in &mut memory.monitors {
            canonical(&mut monitor.vcpus);
        }
        canonical(&mut memory.vcpus) && !memory.nodes.is_empty()
    });
}

/// A size in the largest unit that leaves no fraction; the unit is KiB when none is said.
fn complete_share(cache: &mut CacheShare) {
    let factor = cache.unit.as_deref().and_then(xml::unit_bytes);
    let (value, unit) = largest_unit(cache.size.saturating_mul(factor.unwrap_or(1 << 10)));
    cache.size = value;
    cache.unit = Some(unit.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(tune: &str) -> Domain {
        let text = format!(
            "<domain type='kvm'><name>a</name><vcpu>4</vcpu><cputune>{tune}</cputune><os/></domain>"
        );
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    const SHARE: &str = "<cache id='0' level='3' type='both' size='3072' unit='KiB'/>";

    #[test]
    fn groups_are_disjoint_or_the_same_in_both_elements() {
        let cache = |vcpus: &str| format!("<cachetune vcpus='{vcpus}'>{SHARE}</cachetune>");
        let memory = |vcpus: &str| {
            format!("<memorytune vcpus='{vcpus}'><node id='0' bandwidth='20'/></memorytune>")
        };
        let count = |tune: &str| groups(&document(tune)).map(|groups| groups.len());
        assert_eq!(count(&(cache("0") + &cache("1"))).unwrap(), 2);
        assert_eq!(count(&(cache("0-1") + &memory("0-1"))).unwrap(), 1);
        assert!(count(&(cache("0-1") + &cache("1"))).is_err());
        assert!(count(&(cache("0") + &memory("0-1"))).is_err());
        assert_eq!(count(&cache("7")).unwrap(), 0, "there is no such CPU");
    }

    #[test]
    fn monitors_measure_parts_or_the_whole() {
        let allowed = |share: &str, monitors: &[&str]| {
            let monitor = |vcpus: &&str| format!("<monitor level='3' vcpus='{vcpus}'/>");
            let monitors: String = monitors.iter().map(monitor).collect();
            groups(&document(&format!(
                "<cachetune vcpus='0-2'>{share}{monitors}</cachetune>"
            )))
            .is_ok()
        };
        assert!(allowed(SHARE, &["0", "1", "0-2"]));
        assert!(allowed(SHARE, &["0-2", "1"]));
        assert!(!allowed(SHARE, &["0", "0-1"]));
        assert!(!allowed(SHARE, &["3"]));
        assert!(!allowed(SHARE, &["7"]), "there is no such CPU");
        assert!(allowed("", &["0", "1"]));
        assert!(!allowed("", &["0", "0-2"]), "all of what is not set apart");
    }

    #[test]
    fn sizes_are_written_in_the_largest_unit() {
        let mut document = document(&format!(
            "<cachetune vcpus='0,1' id='x'>{SHARE}</cachetune>"
        ));
        let tune = document.cputune.as_deref_mut().unwrap();
        complete(tune, 4);
        let cache = &tune.cachetunes[0];
        assert_eq!((cache.vcpus.as_str(), &cache.id), ("0-1", &None));
        assert_eq!(
            (cache.caches[0].size, cache.caches[0].unit.as_deref()),
            (3, Some("MiB"))
        );
    }
}
