//! Virtual CPUs that can be taken out again: QEMU starts without them, and they are plugged in before the guest runs.

use documents::domain::Domain;
use qmp::commands::HotpluggableCpu;
use serde_json::{Value, json};

/// The parts of a virtual CPU's place, from the widest to the narrowest.
const PLACE: [&str; 5] = ["socket-id", "die-id", "cluster-id", "core-id", "thread-id"];

/// The numbers of the virtual CPUs to be plugged, in their order.
pub(super) fn wanted(domain: &Domain) -> Vec<u32> {
    let mut wanted: Vec<_> = domain
        .vcpus
        .iter()
        .filter(|vcpu| vcpu.enabled && vcpu.hotpluggable == Some(true))
        .map(|vcpu| (vcpu.order.unwrap_or(u32::MAX), vcpu.id))
        .collect();
    wanted.sort_unstable();
    wanted.into_iter().map(|(_, id)| id).collect()
}

/// The arguments of `device_add` for each of `wanted`. QEMU lists places in no order that it promises; virtual CPUs
/// are numbered in the order of their places.
pub(super) fn devices(wanted: &[u32], mut slots: Vec<HotpluggableCpu>) -> Vec<Value> {
    slots.sort_by_key(place);
    let device = |id: &u32| {
        let slot = slots.get(usize::try_from(*id).ok()?)?;
        let mut device = slot.props.clone();
        device.insert("driver".to_owned(), json!(slot.r#type));
        device.insert("id".to_owned(), json!(format!("vcpu{id}")));
        Some(Value::Object(device))
    };
    wanted.iter().filter_map(device).collect()
}

fn place(slot: &HotpluggableCpu) -> [u64; PLACE.len()] {
    PLACE.map(|part| slot.props.get(part).and_then(Value::as_u64).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_place() {
        let slot = |socket: u32| {
            let slot = json!({"type": "qemu64-x86_64-cpu", "vcpus-count": 1,
                "props": {"socket-id": socket, "core-id": 0, "thread-id": 0}});
            serde_json::from_value(slot).unwrap()
        };
        let slots = || vec![slot(2), slot(1), slot(0)];
        let expected = json!([{"driver": "qemu64-x86_64-cpu", "id": "vcpu2",
            "socket-id": 2, "core-id": 0, "thread-id": 0}]);
        assert_eq!(Value::Array(devices(&[2], slots())), expected);
        assert!(devices(&[7], slots()).is_empty());
    }

    #[test]
    fn they_come_in_their_order() {
        let text = "<domain type='qemu'><name>a</name><vcpu>4</vcpu><vcpus>\
             <vcpu id='0' enabled='yes' hotpluggable='no' order='1'/>\
             <vcpu id='1' enabled='yes' hotpluggable='yes' order='3'/>\
             <vcpu id='2' enabled='yes' hotpluggable='yes' order='2'/>\
             <vcpu id='3' enabled='no' hotpluggable='yes'/></vcpus><os/></domain>";
        let domain: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        assert_eq!(wanted(&domain), [2, 1]);
    }
}
