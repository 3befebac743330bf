//! The guest's cells: their distances and interconnects.

use documents::domain::{Domain, NumaCell, NumaSibling};

/// A memory of one's own.
const HERE: u32 = 10;

/// Fills in distances: what is said in one direction, in the other too.
pub(super) fn complete(domain: &mut Domain) {
    let Some(numa) = domain.cpu.as_deref_mut().and_then(|cpu| cpu.numa.as_mut()) else {
        return;
    };
    numa.cells.sort_by_key(|cell| cell.id);
    complete_distances(&mut numa.cells);
    for cell in &mut numa.cells {
        for cache in &mut cell.caches {
            if let Some(line) = &mut cache.line {
                line.unit = Some("B".to_owned());
            }
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
    // Of what is said twice the last holds; in the other direction, the first does, unless that one says its own.
    let there = |from: u32, to: u32| said(cells, from, to).last();
    let back = |from: u32, to: u32| said(cells, to, from).next();
    let distance = |from: u32, to: u32| match from == to {
        true => Some(HERE),
        false => there(from, to).or_else(|| back(from, to)),
    };
    let ids: Vec<u32> = cells.iter().filter_map(|cell| cell.id).collect();
    let siblings = |from: u32| -> Vec<NumaSibling> {
        let all = ids.iter().filter_map(|to| {
            let value = distance(from, *to)?;
            Some(NumaSibling { id: *to, value })
        });
        all.collect()
    };
    let all: Vec<Vec<NumaSibling>> = ids.iter().map(|from| siblings(*from)).collect();
    for (cell, distances) in cells.iter_mut().zip(all) {
        // A cell that only says that it is where it is says nothing.
        let named = !cell.distances.is_empty() || distances.len() > 1;
        cell.distances = if named { distances } else { Vec::new() };
    }
}

/// What one cell says of the distance to another.
fn said(cells: &[NumaCell], from: u32, to: u32) -> impl Iterator<Item = u32> {
    let cells = cells.iter().filter(move |cell| cell.id == Some(from));
    let siblings = cells.flat_map(|cell| &cell.distances);
    siblings
        .filter(move |sibling| sibling.id == to)
        .map(|sibling| sibling.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_distance_holds_in_both_directions() {
        let text = "<domain type='qemu'><name>a</name><os/><cpu><numa>\
             <cell id='0' memory='1'><distances><sibling id='1' value='21'/></distances></cell>\
             <cell id='1' memory='1'/><cell id='2' memory='1'/></numa></cpu></domain>";
        let mut domain: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        complete(&mut domain);
        let numa = domain.cpu.as_ref().unwrap().numa.as_ref().unwrap();
        let values = |at: usize| -> Vec<_> {
            let distances = numa.cells[at].distances.iter();
            distances.map(|it| (it.id, it.value)).collect()
        };
        assert_eq!(values(0), [(0, 10), (1, 21)]);
        assert_eq!(values(1), [(0, 21), (1, 10)]);
        assert_eq!(values(2), []);
    }
}
