//! Bytes of a disk, past the guest's own cache.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use rustix::fs::{Advice, fadvise};

use super::{hex, number, words};
use crate::shell::{Failure, Outcome};

/// No answer is longer than this many bytes of the disk.
const LONGEST: u64 = 65536;

pub(super) fn read(rest: &str) -> Outcome {
    let [disk, offset, length] = words(rest)?;
    let (offset, length) = (number(offset)?, number(length)?);
    let length = usize::try_from(length.min(LONGEST)).unwrap_or(0);
    let file = open(disk, File::options().read(true))?;
    // What another writer put there since must be seen.
    fadvise(&file, 0, None, Advice::DontNeed).map_err(|e| Failure::system(disk)(e.into()))?;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, offset)
        .map_err(Failure::system(disk))?;
    Ok(hex(&bytes))
}

pub(super) fn write(rest: &str) -> Outcome {
    let [disk, offset, digits] = words(rest)?;
    let (offset, bytes) = (number(offset)?, unhex(digits)?);
    let file = open(disk, File::options().write(true))?;
    file.write_all_at(&bytes, offset)
        .map_err(Failure::system(disk))?;
    file.sync_all().map_err(Failure::system(disk))?;
    Ok(String::new())
}

fn open(disk: &str, options: &std::fs::OpenOptions) -> Result<File, Failure> {
    if disk.contains('/') || !Path::new("/sys/class/block").join(disk).exists() {
        return Err(Failure::Absent {
            what: format!("disk {disk}"),
        });
    }
    options
        .open(format!("/dev/{disk}"))
        .map_err(Failure::system(disk))
}

fn unhex(digits: &str) -> Result<Vec<u8>, Failure> {
    let wrong = || Failure::Value {
        value: digits.to_owned(),
        wanted: "hexadecimal bytes",
    };
    if !digits.len().is_multiple_of(2) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    let pairs = (0..digits.len())
        .step_by(2)
        .map(|at| digits.get(at..at + 2).unwrap_or_default());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).map_err(|_| wrong()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_goes_both_ways() {
        assert_eq!(unhex("00ffa5").ok(), Some(vec![0, 255, 165]));
        assert_eq!(hex(&[0, 255, 165]), "00ffa5");
        assert!(unhex("abc").is_err(), "an odd digit");
        assert!(unhex("zz").is_err(), "no digit");
    }
}
