//! `<maxMemory>`, `<memoryBacking>`: sizes of pages.

use documents::domain::{Domain, HugePage};

use super::numbers;
use crate::domain::completion::memory::page_kib;
use crate::domain::error::MemoryError;

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
    for page in pages {
        if page_kib(page)? == 0 {
            return Err(MemoryError::PageSizeZero);
        }
        if let Some(nodes) = &page.nodeset {
            numbers(nodes)?;
        }
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
    fn a_page_has_a_size() {
        pages("<page size='2' unit='M'/>", None);
        pages("<page size='0'/>", Some((Code::XmlDetail, Origin::Domain)));
    }

    #[test]
    fn units_and_lists_are_read() {
        let refused = Some((Code::InvalidArg, Origin::None));
        pages("<page size='2' unit='parsec'/>", refused);
        pages("<page size='2' nodeset='x'/>", refused);
        pages("<page size='2' nodeset=''/>", refused);
        let empty = Some((Code::ConfigUnsupported, Origin::Domain));
        pages("<page size='2' nodeset='1,^1'/>", empty);
    }

    #[test]
    fn slots_need_a_maximum() {
        let refused = Some((Code::XmlError, Origin::Domain));
        check("<maxMemory slots='2'>0</maxMemory>", refused);
        check("<maxMemory slots='0'>0</maxMemory>", None);
    }
}
