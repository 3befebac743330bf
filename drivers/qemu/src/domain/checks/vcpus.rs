//! Which virtual CPUs there are, and in which order they came.

use documents::domain::{Domain, VcpuState};

use crate::domain::error::VcpusError;

pub(super) fn check(domain: &Domain) -> Result<(), VcpusError> {
    let Some(first) = domain.vcpus.first() else {
        return Ok(());
    };
    if !first.enabled {
        return Err(VcpusError::FirstOffline);
    }
    if first.hotpluggable == Some(true) {
        return Err(VcpusError::FirstPluggable);
    }
    if first.order.is_some_and(|order| order != 1) {
        return Err(VcpusError::FirstNotFirst);
    }
    for state in &domain.vcpus {
        if !state.enabled && state.hotpluggable == Some(false) {
            return Err(VcpusError::OfflineForGood { id: state.id });
        }
    }
    check_order(&domain.vcpus)
}

/// QEMU starts with those that stay, in ascending order; the others are plugged afterwards.
fn check_order(states: &[VcpuState]) -> Result<(), VcpusError> {
    let mut last: Option<&VcpuState> = None;
    let present = states.iter().filter(|state| state.enabled);
    for state in present {
        if let Some(last) = last {
            if last.order.is_some() != state.order.is_some() {
                return Err(VcpusError::SomeOrdered);
            }
            let stays = state.hotpluggable == Some(false);
            if stays && last.hotpluggable == Some(true) && state.order.is_some() {
                return Err(VcpusError::PluggedBefore { id: state.id });
            }
            if stays && last.order > state.order {
                return Err(VcpusError::Descending { id: state.id });
            }
        }
        last = Some(state);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_states(states: &[(bool, bool, Option<u32>)]) -> Result<(), VcpusError> {
        let vcpus = (0..).zip(states);
        let vcpus = vcpus.map(|(id, (enabled, pluggable, order))| VcpuState {
            id,
            enabled: *enabled,
            hotpluggable: Some(*pluggable),
            order: *order,
        });
        check(&Domain {
            vcpus: vcpus.collect(),
            ..Domain::default()
        })
    }

    #[test]
    fn the_first_one_is_there_for_good() {
        assert!(check_states(&[(true, false, None), (false, true, None)]).is_ok());
        assert!(check_states(&[(false, true, None), (true, false, None)]).is_err());
        assert!(check_states(&[(true, true, None)]).is_err());
        assert!(check_states(&[(true, false, Some(2))]).is_err());
        assert!(check_states(&[(true, false, None), (false, false, None)]).is_err());
    }

    #[test]
    fn all_or_none_have_an_order() {
        let (first, second) = ((true, false, Some(1)), (true, true, Some(2)));
        assert!(check_states(&[first, second]).is_ok());
        assert!(check_states(&[first, (true, true, None)]).is_err());
        assert!(check_states(&[first, (true, false, Some(1))]).is_ok());
    }
}
