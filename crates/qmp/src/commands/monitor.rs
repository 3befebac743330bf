//! The negotiation.

use crate::command::{Empty, command};

command! {
    /// Ends the negotiation (QMP: `qmp_capabilities`).
    QmpCapabilities = "qmp_capabilities" {
        /// What to switch on, of what the greeting offered.
        enable: Vec<String>,
    } -> Empty
}
