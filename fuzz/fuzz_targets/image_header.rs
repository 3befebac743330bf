//! Whatever a guest or a stranger wrote at the beginning of a disk's image is read within bounds.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| qemu_driver::devices::image::parse_any(input));
