//! `<filter>`: rules for the packets of an interface.

use xml::{Tree, Xml, XmlEnum};

use crate::Uuid;
use crate::domain::FilterRef;

/// Rules for the packets of an interface.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "filter")]
pub struct NwFilter {
    /// The name, unique on the host.
    #[xml(attribute, required)]
    pub name: String,
    /// The chain of rules that it is in.
    #[xml(attribute)]
    pub chain: Option<String>,
    /// The chain's priority.
    #[xml(attribute)]
    pub priority: Option<i32>,
    /// The UUID, unique on the host.
    #[xml(text_child)]
    pub uuid: Option<Uuid>,
    /// Rules and other filters, in order.
    #[xml(choice)]
    pub entries: Vec<FilterEntry>,
}

/// A rule or another filter.
#[derive(Debug, Clone, PartialEq, Xml)]
pub enum FilterEntry {
    /// A rule.
    Rule(FilterRule),
    /// Another filter.
    #[xml("filterref")]
    FilterRef(FilterRef),
}

impl Default for FilterEntry {
    fn default() -> Self {
        Self::Rule(FilterRule::default())
    }
}

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct FilterRule {
    /// What happens to a packet.
    #[xml(attribute, required)]
    pub action: FilterAction,
    /// Which way the packet goes.
    #[xml(attribute, required)]
    pub direction: FilterDirection,
    /// The rule's priority; the lowest comes first.
    #[xml(attribute)]
    pub priority: Option<i32>,
    /// Whether connections are followed.
    #[xml(attribute)]
    pub statematch: Option<String>,
    /// What a packet must look like, by protocol: kept as it was.
    #[xml(rest)]
    pub matches: Vec<Tree>,
}

/// What happens to a packet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FilterAction {
    /// It is lost.
    #[default]
    Drop,
    /// It passes.
    Accept,
    /// It is lost, and its sender is told.
    Reject,
    /// The filter that refers to this one goes on.
    Return,
    /// The next rule looks.
    Continue,
}

/// Which way a packet goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum FilterDirection {
    /// To the guest.
    In,
    /// From the guest.
    Out,
    /// Either.
    #[default]
    Inout,
}
