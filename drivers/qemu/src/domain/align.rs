//! Sizes of memory as QEMU gives it: whole MiB, and modules of whole huge pages.

use documents::domain::{Domain, MemoryDevice, MemoryModel};

use super::completion::memory::plugged_kib;
use super::error::MemoryError;

/// Memory that is there from the start has whole MiB, in KiB.
const STEP: u64 = 1024;
/// A memory module has whole huge pages, in KiB.
const MODULE: u64 = 2048;
/// The most that a file can hold, in KiB.
const LARGEST: u64 = (i64::MAX as u64) >> 10;

/// Rounds up what is asked for, and lets the guest have all of it.
///
/// # Errors
/// When a size is too large to be rounded.
pub(super) fn memory(domain: &mut Domain) -> Result<(), MemoryError> {
    let before = plugged_kib(&domain.devices);
    let cells = align_cells(domain)?;
    let whole = domain.memory.map(|memory| memory.kib);
    let initial = match cells {
        0 => align(whole.unwrap_or(0).saturating_sub(before), STEP),
        cells => cells,
    };
    let initial = fits(initial, || "initial memory size".to_owned())?;
    if let Some(maximum) = &mut domain.max_memory {
        maximum.kib = fits(align(maximum.kib, STEP), || {
            "maximum memory size".to_owned()
        })?;
    }
    for (at, device) in domain.devices.memories.iter_mut().enumerate() {
        let size = align(device.target.size, step(device));
        device.target.size = fits(size, || format!("size of memory module '{at}'"))?;
    }
    let full = domain.current_memory == whole;
    if let Some(memory) = &mut domain.memory {
        memory.kib = initial.saturating_add(plugged_kib(&domain.devices));
        if full {
            domain.current_memory = Some(memory.kib);
        }
    }
    Ok(())
}

/// Rounds the memory of each cell, and adds it up.
fn align_cells(domain: &mut Domain) -> Result<u64, MemoryError> {
    let numa = domain.cpu.as_deref_mut().and_then(|cpu| cpu.numa.as_mut());
    let mut sum: u64 = 0;
    for (at, cell) in numa.into_iter().flat_map(|it| &mut it.cells).enumerate() {
        let size = align(cell.memory, STEP);
        cell.memory = fits(size, || format!("memory size of NUMA node '{at}'"))?;
        sum = sum.saturating_add(cell.memory);
    }
    Ok(sum)
}

fn step(device: &MemoryDevice) -> u64 {
    match device.model {
        MemoryModel::VirtioMem => device.target.block.unwrap_or(0).max(1),
        _ => MODULE,
    }
}

fn align(kib: u64, step: u64) -> u64 {
    kib.checked_next_multiple_of(step).unwrap_or(u64::MAX)
}

fn fits(kib: u64, what: impl FnOnce() -> String) -> Result<u64, MemoryError> {
    match kib > LARGEST {
        true => Err(MemoryError::TooLarge { what: what() }),
        false => Ok(kib),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The memory in KiB that a guest with this content gets, of which this much is current.
    fn check(content: &str, expected: Result<(u64, u64), &str>) {
        let text = format!("<domain type='qemu'><name>a</name><os/>{content}</domain>");
        let mut domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let outcome = memory(&mut domain).map_err(|error| error.to_string());
        let outcome = outcome.map(|()| {
            let whole = domain.memory.map_or(0, |memory| memory.kib);
            (whole, domain.current_memory.unwrap_or(0))
        });
        assert_eq!(outcome, expected.map_err(str::to_owned), "{content}");
    }

    #[test]
    fn memory_has_whole_mib() {
        check(
            "<memory>1025</memory><currentMemory>1025</currentMemory>",
            Ok((2048, 2048)),
        );
        check(
            "<memory>2048</memory><currentMemory>1024</currentMemory>",
            Ok((2048, 1024)),
        );
    }

    #[test]
    fn each_cell_and_module_has_them() {
        let cells = "<cpu><numa><cell memory='1025'/><cell memory='1025'/></numa></cpu>";
        let module = "<devices><memory model='dimm'><target><size>2050</size><node>0</node></target>\
                      </memory></devices>";
        let memory = "<memory>4100</memory><currentMemory>4100</currentMemory>";
        check(&format!("{memory}{cells}{module}"), Ok((8192, 8192)));
    }

    #[test]
    fn what_cannot_be_rounded_is_refused() {
        let largest = "9007199254740991";
        let refused = |what| Err(what);
        check(
            &format!("<memory>{largest}</memory>"),
            refused("initial memory size overflowed after alignment: ask for less"),
        );
        check(
            &format!("<cpu><numa><cell memory='{largest}'/></numa></cpu>"),
            refused("memory size of NUMA node '0' overflowed after alignment: ask for less"),
        );
        check(
            &format!("<memory>1024</memory><maxMemory slots='1'>{largest}</maxMemory>"),
            refused("maximum memory size overflowed after alignment: ask for less"),
        );
    }
}
