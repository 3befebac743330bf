//! `<vcpus>`, `<iothreadids>`, `<defaultiothread>`: single threads and their pools.

use documents::domain::Domain;

use crate::domain::error::{DomainError, TuningError, VcpusError};

pub(super) fn check(domain: &Domain) -> Result<(), DomainError> {
    let count = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    if let Some(vcpu) = domain.vcpus.iter().find(|vcpu| vcpu.id >= count) {
        return Err(VcpusError::OutOfRange { id: vcpu.id }.into());
    }
    for thread in &domain.iothreadids {
        if thread.id == 0 {
            return Err(TuningError::IoThreadZero.into());
        }
        check_pool("iothread", thread.thread_pool_min, thread.thread_pool_max)?;
    }
    if let Some(pool) = domain.defaultiothread {
        check_pool(
            "defaultiothread",
            pool.thread_pool_min,
            pool.thread_pool_max,
        )?;
    }
    Ok(())
}

/// A pool has at least no thread.
fn check_pool(
    element: &'static str,
    min: Option<i32>,
    max: Option<i32>,
) -> Result<(), TuningError> {
    for (name, value) in [("thread_pool_min", min), ("thread_pool_max", max)] {
        if let Some(value) = value.filter(|value| *value < 0) {
            return Err(TuningError::NegativePool {
                name,
                element,
                value,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    #[test]
    fn a_virtual_cpu_is_one_of_those_there_are() {
        let vcpus =
            |id: u32| format!("<vcpu>2</vcpu><vcpus><vcpu id='{id}' enabled='yes'/></vcpus>");
        check(&vcpus(1), None);
        check(&vcpus(2), Some((Code::XmlError, Origin::Domain)));
    }

    #[test]
    fn pools_and_numbers_of_threads_are_not_negative() {
        let refused = Some((Code::XmlError, Origin::Xml));
        check("<iothreadids><iothread id='0'/></iothreadids>", refused);
        check("<defaultiothread thread_pool_max='0'/>", None);
        check("<defaultiothread thread_pool_max='-1'/>", refused);
    }
}
