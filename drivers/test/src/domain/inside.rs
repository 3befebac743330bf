//! What a guest would tell of itself if there were one: addresses, file systems.

use std::net::Ipv4Addr;

use documents::domain::{Interface, InterfaceSource};
use driver::{Call, Error, Routes};
use protocol::enums::IpAddrType;
use protocol::remote::{
    DomainFsinfo, DomainGetFsinfo, DomainGetFsinfoArgs, DomainGetFsinfoRet, DomainInterface,
    DomainInterfaceAddresses, DomainInterfaceAddressesArgs, DomainInterfaceAddressesRet,
    DomainIpAddr,
};

use super::error::DomainError;
use crate::TestDriver;

/// How many addresses of a network each domain has for itself.
const FOR_EACH: u32 = 20;
/// The disk that a guest would have its file systems on.
const DISK: &str = "vda";

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainInterfaceAddresses>(addresses)
        .on::<DomainGetFsinfo>(file_systems);
}

async fn addresses(
    call: Call<TestDriver>,
    args: DomainInterfaceAddressesArgs,
) -> Result<DomainInterfaceAddressesRet, Error> {
    let (id, interfaces) = call.driver().domains().read(&call, &args.dom, |guest| {
        let id = guest.id().ok_or(DomainError::NotRunning)?;
        Ok((id, guest.document().devices.interfaces.clone()))
    })?;
    let mut ifaces = Vec::with_capacity(interfaces.len());
    for (index, interface) in (0..).zip(&interfaces) {
        let target = interface.target.as_ref();
        let mac = interface.mac.as_ref();
        ifaces.push(DomainInterface {
            name: target.and_then(|it| it.dev.clone()).unwrap_or_default(),
            hwaddr: mac.map(|mac| mac.address.to_string()),
            addrs: vec![address(call.driver(), interface, id, index)?],
        });
    }
    Ok(DomainInterfaceAddressesRet { ifaces })
}

/// The address of a domain's interface: on a network of ours one of those that it hands out, a
/// range of them for each domain.
fn address(
    driver: &TestDriver,
    interface: &Interface,
    id: i32,
    index: u32,
) -> Result<DomainIpAddr, Error> {
    let (first, prefix, offset) = match &interface.source {
        InterfaceSource::Network(source) => {
            let name = source.network.as_deref().unwrap_or_default();
            let (first, prefix) = driver.networks().first_address(name)?;
            let before = u32::try_from(id).unwrap_or(1).saturating_sub(1);
            (first, prefix, before.saturating_mul(FOR_EACH))
        }
        _ => (Ipv4Addr::new(192, 168, 0, 0), 24, 0),
    };
    let number = first.to_bits().wrapping_add(offset).wrapping_add(index + 1);
    Ok(DomainIpAddr {
        r#type: IpAddrType::Ipv4.value(),
        addr: Ipv4Addr::from_bits(number).to_string(),
        prefix,
    })
}

async fn file_systems(
    call: Call<TestDriver>,
    args: DomainGetFsinfoArgs,
) -> Result<DomainGetFsinfoRet, Error> {
    call.driver().domains().read(&call, &args.dom, |guest| {
        if !guest.is_active() {
            return Err(DomainError::NotRunning);
        }
        let mut disks = guest.document().devices.disks.iter();
        let has_disk = disks.any(|disk| disk.target.dev.as_deref() == Some(DISK));
        let mounted = [("/", "vda1"), ("/boot", "vda2")].map(|(mountpoint, name)| DomainFsinfo {
            mountpoint: mountpoint.to_owned(),
            name: name.to_owned(),
            fstype: "ext4".to_owned(),
            dev_aliases: vec![DISK.to_owned()],
        });
        let info: Vec<DomainFsinfo> = mounted.into_iter().filter(|_| has_disk).collect();
        let ret = u32::try_from(info.len()).unwrap_or(u32::MAX);
        Ok(DomainGetFsinfoRet { info, ret })
    })
}
