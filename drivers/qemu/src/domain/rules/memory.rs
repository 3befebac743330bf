//! `<maxMemory>`, `<memoryBacking>`: sizes of pages, and which cells they are for.

use std::collections::BTreeSet;

use documents::domain::{Domain, HugePage};

use super::numbers;
use crate::domain::completion::memory::page_kib;
use crate::domain::faults::MemoryError;

pub(super) fn check(domain: &Domain) -> Result<(), MemoryError> {
    if let Some(maximum) = &domain.max_memory
        && maximum.kib == 0
        && maximum.slots.is_some_and(|slots| slots > 0)
    {
        return Err(MemoryError::SlotsWithoutMaximum);
    }
    let pages = domain
        .memory_backing
        .as_ref()
        .and_then(|backing| backing.hugepages.as_ref())
        .map(|pages| pages.pages.as_slice())
        .unwrap_or_default();
    check_pages(pages)
}

fn check_pages(pages: &[HugePage]) -> Result<(), MemoryError> {
    let mut seen: Vec<(u64, Option<BTreeSet<u32>>)> = Vec::new();
    for page in pages {
        let kib = page_kib(page)?;
        if kib == 0 {
            return Err(MemoryError::PageSizeZero);
        }
        let nodes = page.nodeset.as_deref().map(numbers).transpose();
        let nodes = nodes.map_err(|text| MemoryError::List { text })?;
        for (first, others) in &seen {
            match (others, &nodes) {
                (None, None) => {
                    return Err(MemoryError::TwoMasterPages {
                        first: *first,
                        second: kib,
                    });
                }
                (Some(others), Some(nodes)) if !others.is_disjoint(nodes) => {
                    return Err(MemoryError::PagesIntersect {
                        first: *first,
                        second: kib,
                    });
                }
                _ => {}
            }
        }
        seen.push((kib, nodes));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn pages(pages: &str, expected: Option<(Code, Origin)>) {
        check(
            &format!("<memoryBacking><hugepages>{pages}</hugepages></memoryBacking>"),
            expected,
        );
    }

    #[test]
    fn each_cell_has_one_size_of_pages() {
        let refused = Some((Code::XmlDetail, Origin::Domain));
        pages(
            "<page size='2' unit='M'/><page size='1' unit='G' nodeset='1'/>",
            None,
        );
        pages("<page size='2048'/><page size='1048576'/>", refused);
        pages(
            "<page size='2048' nodeset='0-2'/><page size='1048576' nodeset='2'/>",
            refused,
        );
        pages("<page size='0'/>", refused);
    }

    #[test]
    fn units_and_lists_are_read() {
        let refused = Some((Code::InvalidArg, Origin::None));
        pages("<page size='2' unit='parsec'/>", refused);
        pages("<page size='2' nodeset='x'/>", refused);
        pages("<page size='2' nodeset=''/>", refused);
    }

    #[test]
    fn slots_need_a_maximum() {
        let refused = Some((Code::XmlError, Origin::Domain));
        check("<maxMemory slots='2'>0</maxMemory>", refused);
        check("<maxMemory slots='0'>0</maxMemory>", None);
    }
}
