//! The shares of a resource group, as the kernel writes them: `L3:0=fffff;1=fffff`, `MB:0=100`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use documents::domain::MemoryShare;

use super::{ResourceError, info, read};

/// The resource of memory bandwidth, in percent.
const BANDWIDTH: &str = "MB";

/// The percentage of a group that is not limited.
const WHOLE: u64 = 100;

/// The shares of a group: a resource has one at each of its places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Schemata {
    resources: BTreeMap<String, BTreeMap<u32, String>>,
}

impl Schemata {
    /// Reads the shares of the group in this directory.
    pub(super) fn read(directory: &Path) -> Result<Self, ResourceError> {
        let path = directory.join("schemata");
        let text = read(&path)?;
        Self::parse(&text).ok_or(ResourceError::Malformed { path })
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut resources = BTreeMap::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (name, shares) = line.split_once(':')?;
            let share = |share: &str| {
                let (place, value) = share.split_once('=')?;
                Some((place.trim().parse().ok()?, value.trim().to_owned()))
            };
            let shares: Option<BTreeMap<_, _>> = shares.split(';').map(share).collect();
            resources.insert(name.trim().to_owned(), shares?);
        }
        Some(Self { resources })
    }

    /// The cache mask of a place.
    pub(super) fn mask(&self, resource: &str, place: u32) -> Option<u64> {
        u64::from_str_radix(self.share(resource, place)?, 16).ok()
    }

    /// Sets the cache mask of a place.
    pub(super) fn set_mask(&mut self, resource: &str, place: u32, mask: u64) {
        self.set(resource, place, format!("{mask:x}"));
    }

    fn share(&self, resource: &str, place: u32) -> Option<&str> {
        let shares = self.resources.get(resource)?;
        shares.get(&place).map(String::as_str)
    }

    fn set(&mut self, resource: &str, place: u32, value: String) {
        let shares = self.resources.entry(resource.to_owned()).or_default();
        shares.insert(place, value);
    }
}

impl fmt::Display for Schemata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (resource, shares) in &self.resources {
            let shares = shares.iter();
            let shares: Vec<_> = shares.map(|(at, value)| format!("{at}={value}")).collect();
            writeln!(f, "{resource}:{}", shares.join(";"))?;
        }
        Ok(())
    }
}

/// Gives a group a share of the memory bandwidth of a place that no other group has been given.
///
/// # Errors
/// When the host cannot share it, not in such steps, or so much is not left.
pub(super) fn allocate_bandwidth(
    shares: &mut Schemata,
    wanted: &MemoryShare,
    mount: &Path,
    others: &[Schemata],
) -> Result<(), ResourceError> {
    let place = wanted.id;
    if shares.share(BANDWIDTH, place).is_none() {
        return Err(ResourceError::NoBandwidth { place });
    }
    let (least, step) = (
        info(mount, BANDWIDTH, "min_bandwidth")?,
        info(mount, BANDWIDTH, "bandwidth_gran")?,
    );
    let percent = u64::from(wanted.bandwidth);
    if percent < least || percent.checked_rem(step) != Some(0) {
        return Err(ResourceError::BandwidthStep {
            percent,
            least,
            step,
        });
    }
    let given = others.iter().filter_map(|it| {
        let share = it.share(BANDWIDTH, place)?.parse::<u64>().ok()?;
        (share < WHOLE).then_some(share)
    });
    let left = WHOLE.saturating_sub(given.sum());
    if percent > left {
        return Err(ResourceError::BandwidthLeft {
            percent,
            place,
            left,
        });
    }
    shares.set(BANDWIDTH, place, percent.to_string());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    #[test]
    fn shares_are_read_and_written_as_the_kernel_writes_them() {
        let text = "    L3:0=fffff;1=ff00f\n    MB:0= 100;1= 50\n";
        let shares = Schemata::parse(text).unwrap();
        assert_eq!(shares.mask("L3", 1), Some(0xff00f));
        assert_eq!(shares.mask("L3", 2), None);
        assert_eq!(shares.to_string(), "L3:0=fffff;1=ff00f\nMB:0=100;1=50\n");
        assert_eq!(Schemata::parse("L3"), None);
    }

    fn check(percent: u32, given: &str) -> Result<String, ResourceError> {
        check_at(0, percent, given)
    }

    fn check_at(place: u32, percent: u32, given: &str) -> Result<String, ResourceError> {
        let folder = tempfile::tempdir().unwrap();
        let info = folder.path().join("info/MB");
        fs::create_dir_all(&info).unwrap();
        for file in ["min_bandwidth", "bandwidth_gran"] {
            let mut file = fs::File::create(info.join(file)).unwrap();
            file.write_all(b"10\n").unwrap();
        }
        let mut shares = Schemata::parse("MB:0=100").unwrap();
        let others = [Schemata::parse(given).unwrap()];
        let wanted = MemoryShare {
            id: place,
            bandwidth: percent,
        };
        allocate_bandwidth(&mut shares, &wanted, folder.path(), &others)?;
        Ok(shares.to_string())
    }

    #[test]
    fn bandwidth_is_given_once() {
        assert_eq!(check(30, "MB:0=70").unwrap(), "MB:0=30\n");
        assert_eq!(check(90, "MB:0=100").unwrap(), "MB:0=90\n");
        let none = check(40, "MB:0=70");
        let left =
            |error: &ResourceError| matches!(error, ResourceError::BandwidthLeft { left: 30, .. });
        assert!(none.as_ref().is_err_and(left), "{none:?}");
        let step = check(25, "MB:0=100");
        assert!(matches!(step, Err(ResourceError::BandwidthStep { .. })));
        let elsewhere = check_at(1, 30, "MB:0=100");
        assert!(matches!(
            elsewhere,
            Err(ResourceError::NoBandwidth { place: 1 })
        ));
    }

    #[test]
    fn shares_that_no_kernel_writes_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = fs::File::create(folder.path().join("schemata")).unwrap();
        file.write_all(b"L3").unwrap();
        let read = Schemata::read(folder.path());
        assert!(matches!(read, Err(ResourceError::Malformed { .. })));
    }
}
