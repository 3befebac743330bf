//! The QEMU driver
