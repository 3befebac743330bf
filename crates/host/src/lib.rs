//! What the host has, as typed snapshots
