//! Where threads of a domain may run: on which of the host's processors.

use std::collections::BTreeSet;

use documents::domain::{Domain, IoThreadPin, VcpuPin};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::DomainModificationImpact as Impact;
use protocol::remote::{
    DomainPinEmulator, DomainPinEmulatorArgs, DomainPinIothread, DomainPinIothreadArgs,
    DomainPinVcpu, DomainPinVcpuArgs, DomainPinVcpuFlags, DomainPinVcpuFlagsArgs, NonnullDomain,
};

use super::tuning::{change, edit_cpus};
use super::vcpu_info::iothread_ids;
use crate::domain::cpu_list;
use crate::driver::QemuDriver;
use crate::vm::definition::Facts;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainPinVcpu>(pin_vcpu)
        .on::<DomainPinVcpuFlags>(pin_vcpu_flags)
        .on::<DomainPinEmulator>(pin_emulator)
        .on::<DomainPinIothread>(pin_iothread);
}

async fn pin_vcpu(call: Call<QemuDriver>, args: DomainPinVcpuArgs) -> Result<(), Error> {
    vcpu(&call, &args.dom, args.vcpu, &args.cpumap, Impact::LIVE).await
}

async fn pin_vcpu_flags(call: Call<QemuDriver>, args: DomainPinVcpuFlagsArgs) -> Result<(), Error> {
    vcpu(&call, &args.dom, args.vcpu, &args.cpumap, args.flags).await
}

async fn vcpu(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
    vcpu: u32,
    map: &[u8],
    flags: Impact,
) -> Result<(), Error> {
    let cpuset = list(map)?;
    let check = move |document: &Domain| {
        let count = Facts::of(document).max_vcpus;
        match vcpu < count {
            true => Ok(()),
            false => {
                let text = format!("vcpu {vcpu} is out of range of the domain's cpu count {count}");
                Err(Error::new(Code::InvalidArg, text))
            }
        }
    };
    let apply = move |document: &mut Domain| {
        edit_cpus(document, |tune| {
            tune.vcpupins.retain(|pin| pin.vcpu != vcpu);
            let cpuset = cpuset.clone();
            tune.vcpupins.push(VcpuPin { vcpu, cpuset });
            tune.vcpupins.sort_by_key(|pin| pin.vcpu);
        });
    };
    change(call, domain, flags, check, apply).await
}

async fn pin_emulator(call: Call<QemuDriver>, args: DomainPinEmulatorArgs) -> Result<(), Error> {
    let cpuset = list(&args.cpumap)?;
    let apply = move |document: &mut Domain| {
        edit_cpus(document, |tune| tune.emulatorpin = Some(cpuset.clone()));
    };
    change(&call, &args.dom, args.flags, |_| Ok(()), apply).await
}

async fn pin_iothread(call: Call<QemuDriver>, args: DomainPinIothreadArgs) -> Result<(), Error> {
    let cpuset = list(&args.cpumap)?;
    let iothread = args.iothreads_id;
    if iothread == 0 {
        let text = "an I/O thread's number counts from 1: name another one than 0";
        return Err(Error::new(Code::InvalidArg, text));
    }
    let check = move |document: &Domain| match iothread_ids(document).contains(&iothread) {
        true => Ok(()),
        false => {
            let text = format!("iothread {iothread} not found");
            Err(Error::new(Code::InvalidArg, text))
        }
    };
    let apply = move |document: &mut Domain| {
        edit_cpus(document, |tune| {
            tune.iothreadpins.retain(|pin| pin.iothread != iothread);
            let cpuset = cpuset.clone();
            tune.iothreadpins.push(IoThreadPin { iothread, cpuset });
            tune.iothreadpins.sort_by_key(|pin| pin.iothread);
        });
    };
    change(&call, &args.dom, args.flags, check, apply).await
}

/// The processors whose bits are set, as documents list them.
fn list(map: &[u8]) -> Result<String, Error> {
    let bits = (0_u32..).zip(
        map.iter()
            .flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1)),
    );
    let cpus: BTreeSet<u32> = bits
        .filter_map(|(cpu, bit)| (bit == 1).then_some(cpu))
        .collect();
    if cpus.is_empty() {
        let text = "Empty cpu list for pinning";
        return Err(Error::new(Code::InvalidArg, text));
    }
    Ok(cpu_list::format(&cpus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_a_list() {
        assert_eq!(list(&[0b1000_0111, 1]).unwrap(), "0-2,7-8");
        assert_eq!(list(&[0, 0]).unwrap_err().code(), Code::InvalidArg);
    }
}
