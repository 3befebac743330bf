//! The objects that exist when the driver starts.

use documents::domain::Domain;
use documents::network::Network;

/// The document of the domain `test`.
///
/// The documents are part of the program, so they cannot fail to parse; tests prove that.
pub(crate) fn domain() -> Option<Domain> {
    xml::parse(include_str!("domain.xml"), &xml::Options::lenient()).ok()
}

/// The document of the network `default`.
pub(crate) fn network() -> Option<Network> {
    xml::parse(include_str!("network.xml"), &xml::Options::lenient()).ok()
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

    #[test]
    fn the_default_network_reads_and_writes_as_it_is() {
        assert_eq!(
            xml::format(&network().unwrap()).trim(),
            include_str!("network.xml").trim()
        );
    }
}
