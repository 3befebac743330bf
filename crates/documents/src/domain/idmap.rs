//! `<idmap>`: users of a container as users of the host.

use xml::Xml;

/// Users of a container as users of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IdMap {
    /// Users.
    #[xml(child = "uid")]
    pub uids: Vec<IdMapEntry>,
    /// Groups.
    #[xml(child = "gid")]
    pub gids: Vec<IdMapEntry>,
}

/// A range of numbers of users or groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.1.1")]
pub struct IdMapEntry {
    /// The first one inside.
    #[xml(attribute, required, fault = "Content")]
    pub start: u32,
    /// The first one on the host.
    #[xml(attribute, required, fault = "Content")]
    pub target: u32,
    /// How many.
    #[xml(attribute, required, fault = "Content")]
    pub count: u32,
}
