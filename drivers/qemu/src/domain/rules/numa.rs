//! The guest's cells, their distances, caches and interconnects; `<numatune>`.

use std::collections::BTreeSet;

use documents::domain::{CpuNuma, Domain, Interconnects, NumaCell, NumaMode, NumaTune, Placement};

use super::{list, numbers};
use crate::domain::error::NumaError;

/// A memory of one's own.
const HERE: u32 = 10;
/// As far as memory can be.
const UNREACHABLE: u32 = 255;
/// QEMU knows so many levels of caches before memory.
const LEVELS: u32 = 3;

pub(super) fn check(domain: &Domain) -> Result<(), NumaError> {
    if let Some(numa) = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref()) {
        check_cells(&numa.cells)?;
        check_distances(&numa.cells)?;
        check_caches(&numa.cells)?;
        check_interconnects(numa)?;
    }
    let numa = domain.cpu.as_ref().and_then(|cpu| cpu.numa.as_ref());
    let cells = numa.map_or(0, |numa| numa.cells.len());
    let placement = domain.vcpu.as_ref().and_then(|vcpu| vcpu.placement);
    domain
        .numatune
        .as_ref()
        .map_or(Ok(()), |tune| check_tune(tune, cells, placement))
}

/// The number of the cell at this place.
fn id(at: usize, cell: &NumaCell) -> u32 {
    cell.id.unwrap_or(u32::try_from(at).unwrap_or(u32::MAX))
}

fn ids(cells: &[NumaCell]) -> impl Iterator<Item = (u32, &NumaCell)> {
    cells
        .iter()
        .enumerate()
        .map(|(at, cell)| (id(at, cell), cell))
}

fn check_cells(cells: &[NumaCell]) -> Result<(), NumaError> {
    if cells.is_empty() {
        return Err(NumaError::NoCells);
    }
    let mut seen = BTreeSet::new();
    let mut owners: Vec<(u32, BTreeSet<u32>)> = Vec::new();
    for (id, cell) in ids(cells) {
        if usize::try_from(id).unwrap_or(usize::MAX) >= cells.len() {
            return Err(NumaError::CellGap);
        }
        if !seen.insert(id) {
            return Err(NumaError::DuplicateCell { id });
        }
        if let Some(unit) = &cell.unit
            && xml::unit_bytes(unit).is_none()
        {
            return Err(NumaError::Unit { unit: unit.clone() });
        }
        if let Some(text) = &cell.cpus {
            let cpus = list(text)?;
            if let Some((first, _)) = owners.iter().find(|(_, other)| !other.is_disjoint(&cpus)) {
                return Err(NumaError::Overlap {
                    first: *first,
                    second: id,
                });
            }
            owners.push((id, cpus));
        }
    }
    Ok(())
}

fn check_distances(cells: &[NumaCell]) -> Result<(), NumaError> {
    for (cell, it) in ids(cells) {
        for sibling in &it.distances {
            let value = sibling.value;
            let fits = match sibling.id == cell {
                true => value == HERE,
                // Nothing else is as near as the cell itself.
                false => (HERE + 1..=UNREACHABLE).contains(&value),
            };
            if !fits {
                return Err(NumaError::Distance {
                    cell,
                    sibling: sibling.id,
                    value,
                });
            }
            if !ids(cells).any(|(id, _)| id == sibling.id) {
                return Err(NumaError::Sibling {
                    cell,
                    sibling: sibling.id,
                });
            }
        }
    }
    Ok(())
}

fn check_caches(cells: &[NumaCell]) -> Result<(), NumaError> {
    for cell in cells {
        let mut levels = Vec::new();
        for cache in &cell.caches {
            let level = cache.level;
            if level == 0 {
                return Err(NumaError::CacheLevelZero);
            }
            if level > LEVELS {
                return Err(NumaError::CacheLevel { level });
            }
            if levels.contains(&level) {
                return Err(NumaError::DuplicateCache { level });
            }
            levels.push(level);
            let parts = [("size", &cache.size), ("line", &cache.line)];
            if let Some((element, _)) = parts.into_iter().find(|(_, part)| part.is_none()) {
                return Err(NumaError::CacheElement { element });
            }
        }
    }
    Ok(())
}

fn check_interconnects(numa: &CpuNuma) -> Result<(), NumaError> {
    let Some(interconnects) = &numa.interconnects else {
        return Ok(());
    };
    let links: Vec<_> = links(interconnects).collect();
    for (at, link) in links.iter().enumerate() {
        if let Some(unit) = &link.unit
            && xml::unit_bytes(unit).is_none()
        {
            return Err(NumaError::Unit { unit: unit.clone() });
        }
        let find = |wanted: u32, what| {
            ids(&numa.cells)
                .find(|(id, _)| *id == wanted)
                .map(|(_, cell)| cell)
                .ok_or(NumaError::NoSuchCell { what })
        };
        let initiator = find(link.initiator, "initiator")?;
        let target = find(link.target, "target")?;
        if initiator.cpus.is_none() && numa.cells.iter().any(|cell| cell.cpus.is_some()) {
            return Err(NumaError::Initiator);
        }
        if let Some(level) = link.cache.filter(|level| *level > 0)
            && !target.caches.iter().any(|cache| cache.level == level)
        {
            return Err(NumaError::NoSuchCache);
        }
        let key = |it: &documents::domain::Interconnect| {
            (it.initiator, it.target, it.cache.unwrap_or(0), it.kind)
        };
        let latencies = interconnects.latencies.len();
        let same = |(other, it): (usize, &&documents::domain::Interconnect)| {
            key(it) == key(link) && (other < latencies) == (at < latencies)
        };
        if links.iter().take(at).enumerate().any(same) {
            return Err(NumaError::DuplicateInterconnect);
        }
    }
    Ok(())
}

/// The latencies, then the bandwidths.
fn links(interconnects: &Interconnects) -> impl Iterator<Item = &documents::domain::Interconnect> {
    interconnects
        .latencies
        .iter()
        .chain(&interconnects.bandwidths)
}

/// Memory follows the virtual CPUs, whose own placement may be left to an adviser.
fn check_tune(
    tune: &NumaTune,
    cells: usize,
    placement: Option<Placement>,
) -> Result<(), NumaError> {
    if let Some(memory) = &tune.memory {
        if let Some(nodes) = &memory.nodeset {
            numbers(nodes)?;
        }
        let automatic = memory.placement == Some(Placement::Auto);
        let advised = memory.placement.is_none() && placement == Some(Placement::Auto);
        if !automatic && !advised && memory.nodeset.is_none() {
            return Err(NumaError::NoNodeset);
        }
    }
    let automatic = tune
        .memory
        .as_ref()
        .is_some_and(|memory| memory.placement == Some(Placement::Auto));
    for (at, node) in tune.memnodes.iter().enumerate() {
        numbers(&node.nodeset)?;
        let id = node.cellid;
        if cells == 0 {
            return Err(NumaError::MemnodeWithoutCells);
        }
        if usize::try_from(id).unwrap_or(usize::MAX) >= cells {
            return Err(NumaError::MemnodeCell);
        }
        if tune
            .memnodes
            .iter()
            .take(at)
            .any(|other| other.cellid == id)
        {
            return Err(NumaError::DuplicateMemnode { id });
        }
        if automatic {
            return Err(NumaError::AutomaticMemnode);
        }
        check_restrictive(tune, node.mode)?;
    }
    Ok(())
}

/// Whether control groups alone place memory is one decision for the whole guest.
fn check_restrictive(tune: &NumaTune, node: NumaMode) -> Result<(), NumaError> {
    let Some(memory) = tune.memory.as_ref() else {
        return Ok(());
    };
    let memory = memory.mode.unwrap_or_default();
    let (whole, part) = (
        memory == NumaMode::Restrictive,
        node == NumaMode::Restrictive,
    );
    let error = |here, there| Err(NumaError::Restrictive { here, there });
    match (whole, part) {
        (true, false) => error("memnode", "memory"),
        (false, true) => error("memory", "memnode"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    const XML: Option<(Code, Origin)> = Some((Code::XmlError, Origin::Domain));
    const ARGUMENT: Option<(Code, Origin)> = Some((Code::InvalidArg, Origin::None));
    const NOWHERE: Option<(Code, Origin)> = Some((Code::ConfigUnsupported, Origin::Domain));

    fn numa(content: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<cpu><numa>{content}</numa></cpu>"), expected);
    }

    #[test]
    fn cells_are_numbered_without_gaps() {
        numa(
            "<cell cpus='0' memory='1'/><cell cpus='1' memory='1'/>",
            None,
        );
        numa("<cell id='1' memory='1'/><cell id='0' memory='1'/>", None);
        numa("<cell id='0' memory='1'/><cell id='0' memory='1'/>", XML);
        numa("<cell id='0' memory='1'/><cell id='2' memory='1'/>", XML);
    }

    #[test]
    fn a_cpu_belongs_to_one_cell() {
        numa("<cell cpus='x' memory='1'/>", ARGUMENT);
        numa("<cell cpus='' memory='1'/>", ARGUMENT);
        numa(
            "<cell cpus='0-1' memory='1'/><cell cpus='1' memory='1'/>",
            NOWHERE,
        );
    }

    #[test]
    fn distances_lead_to_cells() {
        let sibling = |it: &str, expected| {
            let first = format!("<cell memory='1'><distances><sibling {it}/></distances></cell>");
            numa(&format!("{first}<cell memory='1'/>"), expected);
        };
        sibling("id='1' value='21'", None);
        sibling("id='0' value='10'", None);
        sibling("id='0' value='11'", XML);
        sibling("id='1' value='9'", XML);
        sibling("id='1' value='256'", XML);
        sibling("id='7' value='20'", XML);
    }

    #[test]
    fn interconnects_lead_from_cpus_to_caches_that_exist() {
        let cells = "<cell cpus='0' memory='1'><cache level='1' associativity='none' policy='none'>\
                     <size value='1'/><line value='8'/></cache></cell><cell memory='1'/>";
        let link = |it: &str, expected| {
            numa(
                &format!("{cells}<interconnects>{it}</interconnects>"),
                expected,
            );
        };
        let good = "<latency initiator='0' target='0' cache='1' type='read' value='5'/>";
        link(good, None);
        link(&format!("{good}{good}"), XML);
        link(
            "<latency initiator='0' target='1' cache='1' type='read' value='5'/>",
            XML,
        );
        link(
            "<latency initiator='1' target='0' type='read' value='5'/>",
            XML,
        );
        link(
            "<bandwidth initiator='0' target='5' type='read' value='5'/>",
            XML,
        );
    }

    #[test]
    fn memory_is_placed_in_one_way() {
        let cpu = "<cpu><numa><cell memory='1'/></numa></cpu>";
        let tune = |it: &str, expected| check(&format!("<numatune>{it}</numatune>{cpu}"), expected);
        tune("<memory mode='strict' nodeset='0-3'/>", None);
        tune("<memory mode='strict' nodeset='x'/>", ARGUMENT);
        tune("<memory mode='strict' nodeset='0,^0'/>", NOWHERE);
        tune("<memory mode='strict' placement='static'/>", NOWHERE);
        let node = "<memnode cellid='0' mode='strict' nodeset='0'/>";
        tune(node, None);
        tune(
            "<memnode cellid='0' mode='strict' nodeset='3,^3'/>",
            NOWHERE,
        );
        check(&format!("<numatune>{node}</numatune>"), XML);
        tune("<memnode cellid='1' mode='strict' nodeset='0'/>", XML);
        tune(&format!("{node}{node}"), XML);
        tune(&format!("<memory placement='auto'/>{node}"), NOWHERE);
        tune(
            &format!("<memory mode='restrictive' nodeset='0'/>{node}"),
            XML,
        );
    }
}
