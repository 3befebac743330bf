//! `<coalesce>`: when interrupts come together.

use xml::Xml;

/// When interrupts come together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Coalesce {
    /// Of received packets.
    #[xml(child, omit_empty)]
    pub rx: Option<CoalesceRx>,
}

/// When interrupts of received packets come together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CoalesceRx {
    /// Packets that wait at most.
    #[xml(
        child = "frames",
        attribute = "max",
        lax = "empty",
        fault = "Detail",
        schema = "crate::pattern::UINT",
        absent = "the host's kernel decides"
    )]
    pub max_frames: Option<u64>,
}
