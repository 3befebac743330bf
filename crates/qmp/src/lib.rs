//! The QEMU monitor: a core without I/O and its tokio shell
