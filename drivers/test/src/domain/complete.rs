//! From what a document says to what the driver keeps: identity and defaults.

use documents::Uuid;
use documents::domain::{
    Clock, Domain, Interface, InterfaceTarget, LifecycleAction, Memory, Placement, Vcpu,
};

use super::error::DomainError;
use crate::uuid;

/// Fills in what every domain has.
pub(super) fn complete(mut document: Domain) -> Result<(Uuid, Domain), DomainError> {
    let Some(os) = &mut document.os.kind else {
        return Err(DomainError::NoOsType);
    };
    os.arch.get_or_insert_with(|| "i686".to_owned());
    let uuid = match document.uuid {
        Some(uuid) => uuid,
        None => uuid::random().ok_or(DomainError::NoRandom)?,
    };
    document.uuid = Some(uuid);
    document.id = None;
    let memory = document.memory.get_or_insert_with(Memory::default).kib;
    let current = document.current_memory.get_or_insert(memory);
    *current = memory.min(*current);
    let vcpu = document.vcpu.get_or_insert_with(|| Vcpu {
        max: 1,
        ..Vcpu::default()
    });
    vcpu.placement.get_or_insert(Placement::Static);
    name_interfaces(&mut document.devices.interfaces);
    document.clock.get_or_insert_with(Clock::default);
    document.on_poweroff.get_or_insert(LifecycleAction::Destroy);
    document.on_reboot.get_or_insert(LifecycleAction::Restart);
    document.on_crash.get_or_insert(LifecycleAction::Destroy);
    Ok((uuid, document))
}

/// Each interface has a device of the host, by the first name that no other one of the domain has.
fn name_interfaces(interfaces: &mut [Interface]) {
    let name = |interface: &Interface| {
        let target = interface.target.as_ref();
        target.and_then(|target| target.dev.clone())
    };
    let taken: Vec<String> = interfaces.iter().filter_map(name).collect();
    let mut free = (0..)
        .map(|number| format!("testnet{number}"))
        .filter(|name| !taken.contains(name));
    for interface in interfaces {
        let target = interface
            .target
            .get_or_insert_with(InterfaceTarget::default);
        if target.dev.is_none() {
            target.dev = free.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_filled_in() {
        let text = "<domain type='test'><name>n</name><memory>1024</memory>\
                    <os><type>hvm</type></os></domain>";
        let document = xml::parse(text, &xml::Options::lenient()).unwrap();
        let (uuid, document) = complete(document).unwrap();
        assert_eq!(document.uuid, Some(uuid));
        assert_eq!(document.current_memory, Some(1024));
        assert_eq!(document.vcpu.map(|vcpu| vcpu.max), Some(1));
    }

    #[test]
    fn a_domain_without_an_os_type_is_refused() {
        let text = "<domain type='test'><name>n</name></domain>";
        let document = xml::parse(text, &xml::Options::lenient()).unwrap();
        assert_eq!(complete(document), Err(DomainError::NoOsType));
    }
}
