//! `<features>`: what is on unless it says otherwise, and what means nothing beside something else.

use documents::domain::{
    Domain, DomainKind, Features, GicVersion, Hyperv, HypervMode, Toggle, Tseg,
};

use crate::capabilities::Capabilities;
use crate::domain::error::FeatureError;
use crate::domain::machine::Family;

/// Fills in the features.
pub(super) fn complete(domain: &mut Domain, capabilities: &Capabilities) {
    if Family::of_domain(domain) == Family::ArmVirt {
        domain
            .features
            .get_or_insert_default()
            .gic
            .get_or_insert_default();
    }
    let kind = domain.kind;
    let Some(features) = domain.features.as_deref_mut() else {
        return;
    };
    if let Some(gic) = &mut features.gic {
        gic.version
            .get_or_insert_with(|| gic_version(kind, capabilities));
    }
    complete_named(features);
}

/// Fills in what depends on nothing else.
fn complete_named(features: &mut Features) {
    if let Some(tcg) = &mut features.tcg {
        tcg.tb_cache.take_if(|size| *size == 0);
    }
    complete_toggles(features);
    let kvm = features.kvm.as_mut();
    if let Some(ring) = kvm.and_then(|kvm| kvm.dirty_ring.as_mut()) {
        ring.size.take_if(|_| ring.state != Some(true));
    }
    let xen = features.xen.as_mut();
    if let Some(passed) = xen.and_then(|xen| xen.passthrough.as_mut()) {
        passed.mode.take_if(|_| passed.state != Some(true));
    }
    if let Some(hyperv) = features.hyperv.as_deref_mut() {
        complete_hyperv(hyperv);
    }
    if let Some(smm) = &mut features.smm {
        let on = *smm.state.get_or_insert(true);
        smm.tseg.take_if(|_| !on);
        if let Some(tseg) = &mut smm.tseg {
            complete_tseg(tseg);
        }
    }
}

/// The newest interrupt controller that KVM has. The one that QEMU emulates is the second version: the newer one was
/// long without what interrupts of PCI Express need, and guests must not change.
fn gic_version(kind: DomainKind, capabilities: &Capabilities) -> GicVersion {
    let of_kvm = capabilities.gic.iter().filter(|gic| gic.kernel);
    let newest = of_kvm.map(|gic| gic.version).max();
    match newest.filter(|_| kind == DomainKind::Kvm) {
        Some(3) => GicVersion::V3,
        _ => GicVersion::V2,
    }
}

fn complete_toggles(features: &mut Features) {
    let toggles = [
        &mut features.hap,
        &mut features.pvspinlock,
        &mut features.pmu,
        &mut features.vmport,
        &mut features.vmcoreinfo,
    ];
    if let Some(teardown) = &mut features.async_teardown {
        teardown.enabled.get_or_insert(true);
    }
    for Toggle { state } in toggles.into_iter().flatten() {
        state.get_or_insert(true);
    }
}

/// What is off has no parts, and a guest that gets all that there is needs no list.
fn complete_hyperv(hyperv: &mut Hyperv) {
    let mode = *hyperv.mode.get_or_insert(HypervMode::Custom);
    if mode == HypervMode::Passthrough {
        *hyperv = Hyperv {
            mode: Some(mode),
            ..Hyperv::default()
        };
        return;
    }
    let off = |state: Option<bool>| state == Some(false);
    if let Some(spinlocks) = &mut hyperv.spinlocks {
        spinlocks.retries.take_if(|_| off(spinlocks.state));
    }
    if let Some(vendor) = &mut hyperv.vendor_id {
        vendor.value.take_if(|_| off(vendor.state));
    }
    if let Some(stimer) = &mut hyperv.stimer {
        let none = off(stimer.state);
        stimer.direct.take_if(|direct| none || off(direct.state));
    }
    if let Some(flush) = &mut hyperv.tlbflush {
        let none = off(flush.state);
        flush.direct.take_if(|direct| none || off(direct.state));
        flush
            .extended
            .take_if(|extended| none || off(extended.state));
    }
}

/// The bytes of System Management Mode's memory; the unit is MiB when none is said.
///
/// # Errors
/// When nobody knows the unit.
pub(crate) fn size_bytes(tseg: &Tseg) -> Result<u64, FeatureError> {
    let factor = match tseg.unit.as_deref() {
        None => 1 << 20,
        Some(unit) => xml::unit_bytes(unit).ok_or_else(|| FeatureError::Unit {
            unit: unit.to_owned(),
        })?,
    };
    Ok(tseg.value.saturating_mul(factor))
}

fn complete_tseg(tseg: &mut Tseg) {
    let bytes = size_bytes(tseg).unwrap_or_default();
    let (value, unit) = largest_unit(bytes);
    tseg.value = value;
    tseg.unit = Some(unit.to_owned());
}

/// A size in the largest unit that leaves no fraction.
pub(super) fn largest_unit(bytes: u64) -> (u64, &'static str) {
    let mut value = bytes;
    let mut unit = "B";
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
        if value == 0 || !value.is_multiple_of(1 << 10) {
            break;
        }
        (value, unit) = (value >> 10, larger);
    }
    (value, unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(features: &str, expected: &str) {
        let text = format!(
            "<domain type='qemu'><name>a</name><os/><features>{features}</features></domain>"
        );
        let mut domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        complete_named(domain.features.as_deref_mut().unwrap());
        let text = xml::format(&domain);
        let features: String = text.lines().map(str::trim).collect();
        assert!(features.contains(expected), "{features}");
    }

    #[test]
    fn a_feature_that_is_named_is_on() {
        check(
            "<hap/><pmu state='off'/>",
            "<hap state='on'/><pmu state='off'/>",
        );
        check("<smm/>", "<smm state='on'/>");
    }

    #[test]
    fn what_is_off_has_no_parts() {
        let off = "<tlbflush state='off'><direct state='on'/></tlbflush>";
        check(
            &format!("<hyperv>{off}</hyperv>"),
            "<hyperv mode='custom'><tlbflush state='off'/></hyperv>",
        );
        check(
            "<hyperv mode='passthrough'><relaxed state='on'/></hyperv>",
            "<hyperv mode='passthrough'/>",
        );
        check(
            "<smm state='off'><tseg>8</tseg></smm>",
            "<smm state='off'/>",
        );
    }

    #[test]
    fn sizes_are_in_the_largest_unit() {
        check(
            "<smm><tseg unit='KiB'>49152</tseg></smm>",
            "<tseg unit='MiB'>48</tseg>",
        );
    }
}
