//! `<features>`: values of the hypervisors' own features.

use documents::domain::{Domain, Hyperv, HypervMode, KvmFeatures};

use crate::domain::completion::features::size_bytes;
use crate::domain::error::FeatureError;

/// Fewer spins than this are never told.
const RETRIES: u32 = 4095;
/// The longest vendor.
const VENDOR: usize = 12;

pub(super) fn check(domain: &Domain) -> Result<(), FeatureError> {
    let Some(features) = domain.features.as_deref() else {
        return Ok(());
    };
    if let Some(hyperv) = features.hyperv.as_deref()
        && hyperv.mode != Some(HypervMode::Passthrough)
    {
        check_hyperv(hyperv)?;
    }
    if let Some(kvm) = &features.kvm {
        check_ring(kvm)?;
    }
    let tseg = features.smm.as_ref().and_then(|smm| smm.tseg.as_ref());
    tseg.map_or(Ok(()), |tseg| size_bytes(tseg).map(drop))
}

fn check_hyperv(hyperv: &Hyperv) -> Result<(), FeatureError> {
    let spinlocks = hyperv.spinlocks.as_ref();
    if let Some(spinlocks) = spinlocks.filter(|it| it.state == Some(true)) {
        let retries = spinlocks.retries.ok_or(FeatureError::NoAttribute {
            name: "retries",
            element: "spinlocks",
        })?;
        if retries < RETRIES {
            return Err(FeatureError::SpinlockRetries);
        }
    }
    let vendor = hyperv.vendor_id.as_ref();
    if let Some(vendor) = vendor.filter(|it| it.state == Some(true)) {
        let value = vendor.value.as_deref().ok_or(FeatureError::NoVendor)?;
        if value.len() > VENDOR {
            return Err(FeatureError::VendorLength);
        }
        // The value becomes a part of an option that commas divide.
        if value.contains(',') {
            return Err(FeatureError::VendorComma);
        }
    }
    Ok(())
}

fn check_ring(kvm: &KvmFeatures) -> Result<(), FeatureError> {
    let Some(ring) = kvm.dirty_ring.as_ref().filter(|it| it.state == Some(true)) else {
        return Ok(());
    };
    let size = ring.size.ok_or(FeatureError::NoAttribute {
        name: "size",
        element: "dirty-ring",
    })?;
    if !size.is_power_of_two() || !(1024..=65_536).contains(&size) {
        return Err(FeatureError::DirtyRing);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    const XML: Option<(Code, Origin)> = Some((Code::XmlError, Origin::Domain));
    const VALUE: Option<(Code, Origin)> = Some((Code::XmlError, Origin::Xml));

    fn features(content: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<features>{content}</features>"), expected);
    }

    #[test]
    fn spins_and_vendor_of_hyperv_have_limits() {
        let hyperv = |it: &str, expected| features(&format!("<hyperv>{it}</hyperv>"), expected);
        hyperv("<spinlocks state='on' retries='4095'/>", None);
        hyperv("<spinlocks state='on' retries='4094'/>", XML);
        hyperv("<spinlocks state='on'/>", VALUE);
        hyperv("<spinlocks state='off'/>", None);
        hyperv("<vendor_id state='on' value='123456789012'/>", None);
        hyperv("<vendor_id state='on' value='1234567890123'/>", XML);
        hyperv("<vendor_id state='on' value='a,b'/>", XML);
        hyperv("<vendor_id state='on'/>", XML);
    }

    #[test]
    fn the_ring_of_dirty_pages_is_a_power_of_two() {
        let ring =
            |it: &str, expected| features(&format!("<kvm><dirty-ring {it}/></kvm>"), expected);
        ring("state='on' size='4096'", None);
        ring("state='on' size='1000'", XML);
        ring("state='on' size='512'", XML);
        ring("state='on'", VALUE);
        ring("state='off'", None);
    }
}
