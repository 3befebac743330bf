//! The document of a running machine, as far as a guest can tell.

use roxmltree::Node;

/// The document of a running machine.
pub(crate) struct Document {
    /// Parsed once and kept, with its text, for the length of the test.
    tree: roxmltree::Document<'static>,
}

/// A PCI function's place in the document: the bus is the index of the controller that it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PciPlace {
    pub(crate) bus: u32,
    pub(crate) slot: u32,
    pub(crate) function: u32,
}

impl Document {
    pub(crate) fn new(text: String) -> Self {
        let text: &'static str = Box::leak(text.into_boxed_str());
        let tree = roxmltree::Document::parse(text).expect("a document");
        Self { tree }
    }

    pub(crate) fn elements<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Node<'a, 'static>> {
        self.tree
            .descendants()
            .filter(move |node| node.has_tag_name(name))
    }

    /// Every device that has a place on a PCI bus.
    pub(crate) fn pci(&self) -> impl Iterator<Item = (Node<'_, 'static>, PciPlace)> {
        let devices = self.elements("address");
        devices.filter_map(|address| Some((address.parent_element()?, PciPlace::of(address)?)))
    }

    /// What makes a bus; nothing for the root bus.
    pub(crate) fn maker(&self, bus: u32) -> Option<Maker> {
        let index = bus.to_string();
        self.pci().find_map(|(device, place)| {
            let is_it = device.has_tag_name("controller")
                && device.attribute("type") == Some("pci")
                && device.attribute("index") == Some(&index);
            let number = || attribute(device, "target", "busNr")?.parse().ok();
            is_it.then(|| match device.attribute("model") {
                Some("pcie-expander-bus") => number().map(Maker::Root),
                Some("pci-expander-bus") => number().map(Maker::BehindRoot),
                _ => Some(Maker::Bridge(place)),
            })?
        })
    }
}

/// What makes a bus.
pub(crate) enum Maker {
    /// A bridge at this place.
    Bridge(PciPlace),
    /// An expander, whose bus has this number from the beginning: that of a root, or of a bridge behind it.
    Root(u32),
    BehindRoot(u32),
}

impl PciPlace {
    fn of(address: Node<'_, '_>) -> Option<Self> {
        let number = |name| {
            let text = address.attribute(name)?.trim_start_matches("0x");
            u32::from_str_radix(text, 16).ok()
        };
        if address.attribute("type") != Some("pci") {
            return None;
        }
        Some(Self {
            bus: number("bus")?,
            slot: number("slot")?,
            function: number("function")?,
        })
    }
}

/// An attribute of a child.
pub(crate) fn attribute<'a>(node: Node<'a, '_>, child: &str, name: &str) -> Option<&'a str> {
    node.children()
        .find(|it| it.has_tag_name(child))?
        .attribute(name)
}

/// What a device is called in a message: its element, its model, its alias.
pub(crate) fn title(node: Node<'_, '_>) -> String {
    let word = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let model = node
        .attribute("model")
        .or_else(|| attribute(node, "model", "type"))
        .or_else(|| attribute(node, "target", "type"));
    let alias = attribute(node, "alias", "name");
    let name = node.tag_name().name();
    format!(
        "{name} {} {} {}",
        word(node.attribute("type")),
        word(model),
        word(alias)
    )
}
