//! The hardware random number generator.

use std::fs::File;
use std::io::Read;

use super::hex;
use crate::shell::{Failure, Outcome};

pub(super) fn read(_: &str) -> Outcome {
    let mut bytes = [0; 16];
    let mut device = File::open("/dev/hwrng").map_err(Failure::system("/dev/hwrng"))?;
    device
        .read_exact(&mut bytes)
        .map_err(Failure::system("/dev/hwrng"))?;
    Ok(hex(&bytes))
}
