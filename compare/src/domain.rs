//! The domain that is measured: small, without a guest, the same for every subject.

/// The emulator.
pub(crate) const QEMU: &str = "/usr/bin/qemu-system-x86_64";

/// A domain of 64 MiB with a serial port, as all subjects run it.
pub(crate) fn xml(name: &str) -> String {
    format!(
        "<domain type='qemu'><name>{name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>\
         <os><type arch='x86_64' machine='pc'>hvm</type></os>\
         <devices><emulator>{QEMU}</emulator></devices></domain>"
    )
}
