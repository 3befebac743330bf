//! How much of the host's disks a domain may use.

use documents::domain::{BlkioDevice, BlkioTune, Domain};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    DomainGetBlkioParameters, DomainGetBlkioParametersArgs, DomainGetBlkioParametersRet,
    DomainSetBlkioParameters, DomainSetBlkioParametersArgs,
};
use protocol::typed_param::TypedParam;

use super::object;
use super::parameters::{self, Kind};
use super::tuning::{change, document};
use crate::driver::QemuDriver;

/// `VIR_DOMAIN_BLKIO_WEIGHT`
const WEIGHT: &str = "weight";
/// The weight of a group that nobody has changed.
const USUAL_WEIGHT: u32 = 100;

/// What single devices have, by its names in calls.
const RATES: [(&str, Rate); 5] = [
    ("device_weight", Rate::Weight),
    ("device_read_iops_sec", Rate::ReadIops),
    ("device_write_iops_sec", Rate::WriteIops),
    ("device_read_bytes_sec", Rate::ReadBytes),
    ("device_write_bytes_sec", Rate::WriteBytes),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rate {
    Weight,
    ReadIops,
    WriteIops,
    ReadBytes,
    WriteBytes,
}

impl Rate {
    fn of(self, device: &BlkioDevice) -> Option<u64> {
        match self {
            Self::Weight => device.weight.map(u64::from),
            Self::ReadIops => device.read_iops_sec.map(u64::from),
            Self::WriteIops => device.write_iops_sec.map(u64::from),
            Self::ReadBytes => device.read_bytes_sec,
            Self::WriteBytes => device.write_bytes_sec,
        }
    }

    /// Sets a value; zero takes it back. Numbers of requests are small.
    fn set(self, device: &mut BlkioDevice, value: u64) {
        let value = Some(value).filter(|value| *value > 0);
        let small = value.map(|value| u32::try_from(value).unwrap_or(u32::MAX));
        match self {
            Self::Weight => device.weight = small,
            Self::ReadIops => device.read_iops_sec = small,
            Self::WriteIops => device.write_iops_sec = small,
            Self::ReadBytes => device.read_bytes_sec = value,
            Self::WriteBytes => device.write_bytes_sec = value,
        }
    }
}

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetBlkioParameters>(get)
        .on::<DomainSetBlkioParameters>(set);
}

async fn get(
    call: Call<QemuDriver>,
    args: DomainGetBlkioParametersArgs,
) -> Result<DomainGetBlkioParametersRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let (document, live) = document(&snapshot, args.flags)?;
    let tune = document.blkiotune.as_deref().cloned().unwrap_or_default();
    let (params, nparams) = parameters::answer(list(&tune, live), args.nparams);
    Ok(DomainGetBlkioParametersRet { params, nparams })
}

fn list(tune: &BlkioTune, live: bool) -> Vec<TypedParam> {
    let usual = if live { USUAL_WEIGHT } else { 0 };
    let mut params = vec![TypedParam::new(WEIGHT, tune.weight.unwrap_or(usual))];
    for (name, rate) in RATES {
        let rates = tune.devices.iter();
        let rates = rates.filter_map(|it| Some(format!("{},{}", it.path, rate.of(it)?)));
        params.push(TypedParam::new(name, rates.collect::<Vec<_>>().join(",")));
    }
    params
}

async fn set(call: Call<QemuDriver>, args: DomainSetBlkioParametersArgs) -> Result<(), Error> {
    parameters::check(&args.params, |name| match name {
        WEIGHT => Some(Kind::Unsigned32),
        _ => RATES
            .iter()
            .any(|(rate, _)| *rate == name)
            .then_some(Kind::Text),
    })?;
    let wanted = Wanted::of(&args.params)?;
    change(
        &call,
        &args.dom,
        args.flags,
        |_| Ok(()),
        move |document| {
            wanted.write(document);
        },
    )
    .await
}

/// A change that has been understood.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    weight: Option<u32>,
    rates: Vec<(Rate, String, u64)>,
}

impl Wanted {
    fn of(params: &[TypedParam]) -> Result<Self, Error> {
        let mut wanted = Self::default();
        for param in params {
            if param.field == WEIGHT {
                let weight = param.value.as_u64().unwrap_or(0);
                wanted.weight = u32::try_from(weight).ok();
            }
            for (name, rate) in RATES.iter().filter(|(name, _)| *name == param.field) {
                let text = param.value.as_str().unwrap_or_default();
                wanted.add(*rate, name, text)?;
            }
        }
        Ok(wanted)
    }

    /// `/dev/sda,100,/dev/sdb,200`
    fn add(&mut self, rate: Rate, name: &str, text: &str) -> Result<(), Error> {
        let mut words = text.split(',').filter(|_| !text.is_empty());
        while let Some(path) = words.next() {
            let value = words.next().and_then(|value| value.parse().ok());
            let Some(value) = value.filter(|_| !path.is_empty()) else {
                let text = format!("unable to parse blkio device '{name}' '{text}'");
                return Err(Error::new(Code::InvalidArg, text));
            };
            self.rates.push((rate, path.to_owned(), value));
        }
        Ok(())
    }

    fn write(&self, document: &mut Domain) {
        let mut tune = document.blkiotune.take().unwrap_or_default();
        if let Some(weight) = self.weight {
            tune.weight = Some(weight).filter(|weight| *weight > 0);
        }
        for (rate, path, value) in &self.rates {
            match tune.devices.iter_mut().find(|it| it.path == *path) {
                Some(device) => rate.set(device, *value),
                None => {
                    let mut device = BlkioDevice {
                        path: path.clone(),
                        ..BlkioDevice::default()
                    };
                    rate.set(&mut device, *value);
                    tune.devices.push(device);
                }
            }
        }
        let says = |device: &BlkioDevice| RATES.iter().any(|(_, rate)| rate.of(device).is_some());
        tune.devices.retain(says);
        document.blkiotune = Some(tune).filter(|tune| **tune != BlkioTune::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_lists_of_devices() {
        let text = "<domain type='qemu'><name>a</name><os/><blkiotune><device>\
             <path>/dev/sda</path><weight>500</weight></device></blkiotune></domain>";
        let mut document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let params = [
            TypedParam::new("device_weight", "/dev/sda,0,/dev/sdb,200".to_owned()),
            TypedParam::new("device_read_bytes_sec", "/dev/sdb,4096".to_owned()),
        ];
        Wanted::of(&params).unwrap().write(&mut document);
        let listed = list(document.blkiotune.as_deref().unwrap(), false);
        let texts: Vec<_> = listed.iter().filter_map(|it| it.value.as_str()).collect();
        assert_eq!(texts, ["/dev/sdb,200", "", "", "/dev/sdb,4096", ""]);
    }

    #[test]
    fn a_list_is_of_pairs() {
        for text in ["/dev/sda", "/dev/sda,x", ",5"] {
            let param = TypedParam::new("device_weight", text.to_owned());
            let refused = Wanted::of(&[param]).unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArg, "{text}");
        }
        let none = TypedParam::new("device_weight", String::new());
        assert_eq!(Wanted::of(&[none]).unwrap(), Wanted::default());
    }
}
