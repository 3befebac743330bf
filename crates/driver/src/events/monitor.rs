//! QEMU's own events, passed on as its monitor sent them.

use protocol::qemu;
use protocol::remote::NonnullDomain;
use regex_lite::{Regex, RegexBuilder};

use super::Wire;

/// An event of QEMU's monitor.
#[derive(Debug, Clone, PartialEq)]
pub struct MonitorEvent {
    /// The domain.
    pub domain: NonnullDomain,
    /// QEMU's name of the event: `SHUTDOWN`.
    pub event: String,
    /// When QEMU says that it happened, in seconds since 1970.
    pub seconds: i64,
    /// And in microseconds of that second.
    pub micros: u32,
    /// Its data in JSON.
    pub details: Option<String>,
}

/// Which of QEMU's events a subscriber wants.
#[derive(Debug, Clone)]
pub enum MonitorFilter {
    /// All.
    All,
    /// Those whose name this is.
    Name {
        /// The name.
        name: String,
        /// Whether `shutdown` stands for `SHUTDOWN` too.
        ignore_case: bool,
    },
    /// Those in whose name this occurs.
    Pattern(Regex),
}

/// A pattern that is no regular expression.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the event pattern '{pattern}' is no regular expression")]
pub struct MonitorFilterError {
    /// The pattern as given.
    pub pattern: String,
    /// What is wrong with it.
    pub source: regex_lite::Error,
}

impl MonitorFilter {
    /// Compiles a regular expression.
    pub fn pattern(pattern: &str, ignore_case: bool) -> Result<Self, MonitorFilterError> {
        RegexBuilder::new(pattern)
            .case_insensitive(ignore_case)
            .build()
            .map(Self::Pattern)
            .map_err(|source| MonitorFilterError {
                pattern: pattern.to_owned(),
                source,
            })
    }

    /// Whether the event of this name is one of them.
    #[must_use]
    pub fn matches(&self, event: &str) -> bool {
        match self {
            Self::All => true,
            Self::Name {
                name,
                ignore_case: true,
            } => event.eq_ignore_ascii_case(name),
            Self::Name {
                name,
                ignore_case: false,
            } => event == name,
            Self::Pattern(regex) => regex.is_match(event),
        }
    }
}

impl PartialEq for MonitorFilter {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, Self::All) => true,
            (
                Self::Name { name, ignore_case },
                Self::Name {
                    name: other,
                    ignore_case: other_case,
                },
            ) => name == other && ignore_case == other_case,
            (Self::Pattern(regex), Self::Pattern(other)) => regex.as_str() == other.as_str(),
            _ => false,
        }
    }
}

impl Eq for MonitorFilter {}

impl MonitorEvent {
    pub(super) fn callback(&self, callback_id: i32) -> Option<Wire> {
        let Self {
            domain,
            event,
            seconds,
            micros,
            details,
        } = self.clone();
        Wire::of::<qemu::DomainMonitorEvent>(&qemu::DomainMonitorEventMsg {
            callback_id,
            dom: domain,
            event,
            seconds,
            micros,
            details,
        })
    }
}
