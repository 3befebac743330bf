//! Reading a domain's document for the few facts that commands show of it.

use roxmltree::{Document, Node};

use crate::failure::Failure;

/// Reads the document that a driver sent.
pub(crate) fn parse(xml: &str) -> Result<Document<'_>, Failure> {
    Document::parse(xml).map_err(|_| Failure::Usage {
        what: "the driver's document of the domain is no XML",
    })
}

/// All devices called `name`.
pub(crate) fn devices<'a, 'x: 'a>(
    document: &'a Document<'x>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'x>> {
    document
        .root_element()
        .children()
        .filter(|node| node.has_tag_name("devices"))
        .flat_map(|devices| devices.children())
        .filter(move |node| node.has_tag_name(name))
}

/// The attribute `attribute` of the child `child`.
pub(crate) fn of_child<'a>(node: Node<'a, '_>, child: &str, attribute: &str) -> Option<&'a str> {
    node.children()
        .find(|node| node.has_tag_name(child))
        .and_then(|node| node.attribute(attribute))
}

/// The domain in `xml` as it would be for a socket that listens everywhere: the address that a
/// viewer on this host connects to.
pub(crate) fn local(address: Option<&str>) -> &str {
    match address {
        None | Some("0.0.0.0" | "::") => "127.0.0.1",
        Some(address) => address,
    }
}
