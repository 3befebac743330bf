//! The processors' caches.

use crate::cpu_list::CpuList;
use crate::error::HostError;
use crate::numa;
use crate::root::Root;

/// A bank of cache that some processors share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Its number within its level and kind.
    pub id: u32,
    /// Its level: 1 is next to the processor.
    pub level: u32,
    /// What it holds.
    pub kind: Kind,
    /// Its size, in KiB.
    pub size: u64,
    /// Who shares it.
    pub cpus: CpuList,
}

/// What a cache holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Both.
    Both,
    /// Instructions.
    Code,
    /// Data.
    Data,
}

/// Reads the banks of level 2 and above, sorted by level, kind and number; those of level 1 are
/// not told by the public API.
///
/// # Errors
/// When `/sys` is not mounted.
pub fn banks(root: &Root) -> Result<Vec<Bank>, HostError> {
    let mut banks: Vec<Bank> = Vec::new();
    for cpu in numa::online(root)?.iter() {
        let dir = format!("sys/devices/system/cpu/cpu{cpu}/cache");
        for index in root.numbered(&dir, "index") {
            let Some(bank) = bank(root, &format!("{dir}/index{index}")) else {
                continue;
            };
            let key = (bank.level, bank.kind, bank.id);
            let known = banks.iter().any(|b| (b.level, b.kind, b.id) == key);
            if bank.level > 1 && !known {
                banks.push(bank);
            }
        }
    }
    banks.sort_by_key(|b| (b.level, b.kind, b.id));
    Ok(banks)
}

fn bank(root: &Root, dir: &str) -> Option<Bank> {
    let kind = match root.optional(format!("{dir}/type"))?.as_str() {
        "Unified" => Kind::Both,
        "Instruction" => Kind::Code,
        "Data" => Kind::Data,
        _ => return None,
    };
    Some(Bank {
        id: root.number(format!("{dir}/id"))?,
        level: root.number(format!("{dir}/level"))?,
        kind,
        size: root
            .optional(format!("{dir}/size"))?
            .strip_suffix('K')?
            .parse()
            .ok()?,
        cpus: root.number(format!("{dir}/shared_cpu_list"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, banks};
    use crate::fake::tree;

    #[test]
    fn shared_banks_are_told_once_and_level_one_not_at_all() {
        let mut files = vec![("sys/devices/system/cpu/online".to_owned(), "0-1".to_owned())];
        let banks_of = |cpu: u32| {
            let own = cpu.to_string();
            [
                (0, "Data", "1", own.clone(), "32K", own.clone()),
                (1, "Unified", "2", own.clone(), "1024K", own),
                (
                    2,
                    "Unified",
                    "3",
                    "0".to_owned(),
                    "32768K",
                    "0-1".to_owned(),
                ),
            ]
        };
        for cpu in 0..2 {
            for (index, kind, level, id, size, cpus) in banks_of(cpu) {
                let dir = format!("sys/devices/system/cpu/cpu{cpu}/cache/index{index}");
                let values = [
                    ("type", kind),
                    ("level", level),
                    ("id", &id),
                    ("size", size),
                ];
                files.extend(values.map(|(n, v)| (format!("{dir}/{n}"), v.to_owned())));
                files.push((format!("{dir}/shared_cpu_list"), cpus));
            }
        }
        let files: Vec<_> = files
            .iter()
            .map(|(p, c)| (p.as_str(), c.as_str()))
            .collect();
        let (_dir, root) = tree(&files);
        let banks = banks(&root).unwrap();
        let told: Vec<_> = banks
            .iter()
            .map(|b| (b.level, b.id, b.size, b.cpus.to_string()))
            .collect();
        assert_eq!(
            told,
            [
                (2, 0, 1024, "0".to_owned()),
                (2, 1, 1024, "1".to_owned()),
                (3, 0, 32768, "0-1".to_owned())
            ]
        );
        assert_eq!(banks[0].kind, Kind::Both);
    }
}
