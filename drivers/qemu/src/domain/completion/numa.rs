//! The guest's cells: their distances and interconnects.

use documents::domain::{Domain, NumaCell, NumaSibling};

/// A memory of one's own.
const HERE: u32 = 10;
/// Another cell's, when nobody says how far that is.
const AWAY: u32 = 20;

/// Fills in distances: where one is said, all are.
pub(super) fn complete(domain: &mut Domain) {
    let Some(numa) = domain.cpu.as_deref_mut().and_then(|cpu| cpu.numa.as_mut()) else {
        return;
    };
    numa.cells.sort_by_key(|cell| cell.id);
    complete_distances(&mut numa.cells);
    for cell in &mut numa.cells {
        for cache in &mut cell.caches {
            if let Some(size) = &mut cache.size {
                // libvirt takes the number for KiB whatever the unit says: the guest must see the same there and here.
                size.unit = Some("KiB".to_owned());
            }
        }
    }
    for bandwidth in numa
        .interconnects
        .iter_mut()
        .flat_map(|it| &mut it.bandwidths)
    {
        let factor = bandwidth.unit.as_deref().and_then(xml::unit_bytes);
        bandwidth.value = bandwidth.value.saturating_mul(factor.unwrap_or(1 << 10)) >> 10;
        bandwidth.unit = Some("KiB".to_owned());
    }
}

fn complete_distances(cells: &mut [NumaCell]) {
    if cells.iter().all(|cell| cell.distances.is_empty()) {
        return;
    }
    let said = |from: u32, to: u32| {
        let cell = cells.iter().find(|cell| cell.id == Some(from))?;
        let sibling = cell.distances.iter().find(|sibling| sibling.id == to)?;
        Some(sibling.value)
    };
    let ids: Vec<u32> = cells.iter().filter_map(|cell| cell.id).collect();
    // What is said in one direction holds in the other, unless that says something else.
    let distance = |from: u32, to: u32| match from == to {
        true => HERE,
        false => said(from, to).or_else(|| said(to, from)).unwrap_or(AWAY),
    };
    let all: Vec<Vec<NumaSibling>> = ids
        .iter()
        .map(|from| {
            let siblings = ids.iter().map(|to| NumaSibling {
                id: *to,
                value: distance(*from, *to),
            });
            siblings.collect()
        })
        .collect();
    for (cell, distances) in cells.iter_mut().zip(all) {
        cell.distances = distances;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_distance_makes_all_of_them() {
        let text = "<domain type='qemu'><name>a</name><os/><cpu><numa>\
             <cell id='0' memory='1'><distances><sibling id='1' value='21'/></distances></cell>\
             <cell id='1' memory='1'/></numa></cpu></domain>";
        let mut domain: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        complete(&mut domain);
        let numa = domain.cpu.as_ref().unwrap().numa.as_ref().unwrap();
        let values = |at: usize| -> Vec<_> {
            let distances = numa.cells[at].distances.iter();
            distances.map(|it| (it.id, it.value)).collect()
        };
        assert_eq!(values(0), [(0, 10), (1, 21)]);
        assert_eq!(values(1), [(0, 21), (1, 10)]);
    }
}
