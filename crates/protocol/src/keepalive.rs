//! The keepalive program: signs of life, answered on the connection itself.

use crate::procedure::{Declaration, Visitor, events};

pub(crate) const DECLARED: &[&[Declaration]] = &[EVENTS];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    visit_events(visitor);
}

events! {
    KeepAlive;

    /// Are you there?
    1 Ping "PING" (form: Connection);

    /// I am.
    2 Pong "PONG" (form: Connection);
}
