//! `<vcpus>`: which of the virtual CPUs are there, and which can be plugged.

use documents::domain::{Domain, VcpuState};

/// Lists every virtual CPU where the document lists one. Those that it leaves out are off.
pub(super) fn complete(domain: &mut Domain) {
    let Some(vcpu) = domain.vcpu.as_mut().filter(|_| !domain.vcpus.is_empty()) else {
        return;
    };
    let listed = std::mem::take(&mut domain.vcpus);
    domain.vcpus = (0..vcpu.max)
        .map(|id| match listed.iter().find(|state| state.id == id) {
            Some(state) => complete_state(state.clone()),
            None => complete_state(VcpuState {
                id,
                ..VcpuState::default()
            }),
        })
        .collect();
    let count = domain.vcpus.iter().filter(|state| state.enabled).count();
    let count = u32::try_from(count).unwrap_or(vcpu.max);
    vcpu.current = (count != vcpu.max).then_some(count);
}

/// What is on is there for good, what is off can come.
fn complete_state(mut state: VcpuState) -> VcpuState {
    state.hotpluggable.get_or_insert(!state.enabled);
    state.order.take_if(|order| *order == 0);
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_says_how_many_there_are() {
        let text = "<domain type='qemu'><name>a</name><vcpu current='1'>3</vcpu><vcpus>\
             <vcpu id='0' enabled='yes'/><vcpu id='1' enabled='yes' hotpluggable='yes'/></vcpus><os/></domain>";
        let mut domain: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        complete(&mut domain);
        assert_eq!(domain.vcpu.as_ref().unwrap().current, Some(2));
        let states: Vec<_> = domain
            .vcpus
            .iter()
            .map(|it| (it.enabled, it.hotpluggable))
            .collect();
        let expected = [(true, Some(false)), (true, Some(true)), (false, Some(true))];
        assert_eq!(states, expected);
    }
}
