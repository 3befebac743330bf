//! The runtime that all daemons share
