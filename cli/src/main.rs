//! `virsh`: the command line.

fn main() {}
