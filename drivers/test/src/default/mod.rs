//! The objects that exist when the driver starts.

use documents::domain::Domain;

/// The document of the domain `test`.
///
/// It is part of the program, so it cannot fail to parse; a test proves that.
pub(crate) fn domain() -> Option<Domain> {
    xml::parse(include_str!("domain.xml"), &xml::Options::lenient()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_domain_reads_and_writes_as_it_is() {
        assert_eq!(
            xml::format(&domain().unwrap()).trim(),
            include_str!("domain.xml").trim()
        );
    }
}
