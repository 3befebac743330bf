//! Shares and rates of disk I/O.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};

use documents::domain::{BlkioDevice, BlkioTune};

use super::setting::{Setting, Version};
use super::{ControlGroup, Controller, GroupError};

/// Limits of disk I/O.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiskLimits {
    weight: Option<u32>,
    /// Of single devices, each with its numbers: `8:0`.
    devices: Vec<(String, BlkioDevice)>,
}

impl DiskLimits {
    /// What the document says.
    ///
    /// # Errors
    /// When it names something that is no block device of this host.
    pub fn of(tune: &BlkioTune) -> Result<Self, GroupError> {
        let numbered = |device: &BlkioDevice| Ok((numbers(&device.path)?, device.clone()));
        Ok(Self {
            weight: tune.weight,
            devices: tune
                .devices
                .iter()
                .map(numbered)
                .collect::<Result<_, _>>()?,
        })
    }

    /// Limits a group.
    ///
    /// # Errors
    /// When the host does not control disk I/O, or the kernel refuses.
    pub fn set(&self, group: &ControlGroup) -> Result<(), GroupError> {
        if *self == Self::default() {
            return Ok(());
        }
        group.set(Controller::Blkio, |version| self.settings(version))
    }

    fn settings(&self, version: Version) -> Vec<Setting> {
        let weight = self.weight.map(|weight| match version {
            Version::One => Setting::new(&["blkio.weight", "blkio.bfq.weight"], weight),
            Version::Two => {
                Setting::new(&["io.bfq.weight", "io.weight"], format!("default {weight}"))
            }
        });
        let devices = self.devices.iter();
        let devices = devices.flat_map(|(numbers, device)| match version {
            Version::One => rates_one(numbers, device),
            Version::Two => rates_two(numbers, device),
        });
        weight.into_iter().chain(devices).collect()
    }
}

fn rates_one(numbers: &str, device: &BlkioDevice) -> Vec<Setting> {
    let rate = |file, value: Option<u64>| {
        value.map(|value| Setting::new(file, format!("{numbers} {value}")))
    };
    [
        rate(
            &["blkio.weight_device", "blkio.bfq.weight_device"] as &'static [_],
            device.weight.map(u64::from),
        ),
        rate(
            &["blkio.throttle.read_iops_device"],
            device.read_iops_sec.map(u64::from),
        ),
        rate(
            &["blkio.throttle.write_iops_device"],
            device.write_iops_sec.map(u64::from),
        ),
        rate(&["blkio.throttle.read_bps_device"], device.read_bytes_sec),
        rate(&["blkio.throttle.write_bps_device"], device.write_bytes_sec),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn rates_two(numbers: &str, device: &BlkioDevice) -> Vec<Setting> {
    let weight = device.weight.map(|weight| {
        let files = &["io.bfq.weight", "io.weight"];
        Setting::new(files, format!("{numbers} {weight}"))
    });
    let rate = |name: &str, value: Option<u64>| value.map(|value| format!(" {name}={value}"));
    let rates: String = [
        rate("rbps", device.read_bytes_sec),
        rate("wbps", device.write_bytes_sec),
        rate("riops", device.read_iops_sec.map(u64::from)),
        rate("wiops", device.write_iops_sec.map(u64::from)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let rates = (!rates.is_empty()).then(|| Setting::new(&["io.max"], format!("{numbers}{rates}")));
    weight.into_iter().chain(rates).collect()
}

/// The numbers by which the kernel knows a block device.
fn numbers(path: &str) -> Result<String, GroupError> {
    let found = fs::metadata(path).and_then(|found| match found.file_type().is_block_device() {
        true => Ok(found.rdev()),
        false => Err(io::ErrorKind::InvalidInput.into()),
    });
    let number = found.map_err(|source| GroupError::Device {
        path: path.to_owned(),
        source,
    })?;
    let (major, minor) = (rustix::fs::major(number), rustix::fs::minor(number));
    Ok(format!("{major}:{minor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(version: Version, expected: &[&str]) {
        let device = BlkioDevice {
            path: "/dev/vda".to_owned(),
            weight: Some(200),
            read_iops_sec: Some(10),
            write_bytes_sec: Some(4096),
            ..BlkioDevice::default()
        };
        let limits = DiskLimits {
            weight: Some(500),
            devices: vec![("254:0".to_owned(), device)],
        };
        let settings = limits.settings(version);
        let found: Vec<_> = settings
            .iter()
            .map(|setting| format!("{}={}", setting.files[0], setting.value))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn version_one_has_a_file_for_each_rate() {
        check(
            Version::One,
            &[
                "blkio.weight=500",
                "blkio.weight_device=254:0 200",
                "blkio.throttle.read_iops_device=254:0 10",
                "blkio.throttle.write_bps_device=254:0 4096",
            ],
        );
    }

    #[test]
    fn version_two_has_a_line_for_each_device() {
        check(
            Version::Two,
            &[
                "io.bfq.weight=default 500",
                "io.bfq.weight=254:0 200",
                "io.max=254:0 wbps=4096 riops=10",
            ],
        );
    }

    #[test]
    fn only_block_devices_have_rates() {
        let device = BlkioDevice {
            path: "/dev/null".to_owned(),
            weight: Some(1),
            ..BlkioDevice::default()
        };
        let tune = BlkioTune {
            weight: None,
            devices: vec![device],
        };
        assert!(matches!(
            DiskLimits::of(&tune),
            Err(GroupError::Device { .. })
        ));
    }
}
