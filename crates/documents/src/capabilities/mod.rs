//! `<capabilities>`: what a host and its hypervisor can.

mod guest;
mod host;
mod topology;

pub use guest::*;
pub use host::*;
pub use topology::*;

use xml::Xml;

/// What a host and its hypervisor can.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(
    name = "capabilities",
    since = "0.2.1",
    absent = "the host has none, or did not say"
)]
pub struct Capabilities {
    /// What the host has for guests.
    #[xml(child)]
    pub host: Host,
    /// What guests there can be.
    #[xml(child = "guest")]
    pub guests: Vec<Guest>,
}

impl Capabilities {
    /// The text as libvirt writes it: with an empty line after each part.
    #[must_use]
    pub fn to_text(&self) -> String {
        let text = xml::format(self);
        let mut out = String::with_capacity(text.len() + 64);
        for line in text.lines() {
            out.push_str(line);
            out.push('\n');
            if matches!(line, "<capabilities>" | "  </host>" | "  </guest>") {
                out.push('\n');
            }
        }
        out
    }
}
