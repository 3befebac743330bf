//! Shares and places of threads that must exist.

use documents::domain::{Domain, DomainKind};

use crate::domain::completion::resctrl;
use crate::domain::completion::tuning::numbers;
use crate::domain::error::TuningError;

pub(super) fn check(domain: &Domain) -> Result<(), TuningError> {
    for thread in &domain.iothreadids {
        check_pool(thread.thread_pool_min, thread.thread_pool_max)?;
    }
    if let Some(pool) = domain.defaultiothread {
        check_pool(pool.thread_pool_min, pool.thread_pool_max)?;
    }
    let Some(tune) = domain.cputune.as_deref() else {
        return Ok(());
    };
    let pinned = tune.iothreadpins.iter().map(|pin| pin.iothread);
    let scheduled = tune.iothreadscheds.iter();
    let scheduled = scheduled.map(|it| it.iothreads.as_str());
    let mut threads = pinned.chain(scheduled.flat_map(numbers));
    if let Some(id) = threads.find(|id| !has_thread(domain, *id)) {
        return Err(TuningError::NoIoThread { id });
    }
    if domain.kind != DomainKind::Kvm && !resctrl::groups(domain)?.is_empty() {
        return Err(TuningError::CachesWithoutKvm);
    }
    Ok(())
}

/// A pool without a largest size has none at all.
fn check_pool(min: Option<i32>, max: Option<i32>) -> Result<(), TuningError> {
    match min.unwrap_or(-1) > max.unwrap_or(-1) {
        true => Err(TuningError::ThreadPool),
        false => Ok(()),
    }
}

/// Threads that are only counted have the first numbers.
fn has_thread(domain: &Domain, id: u32) -> bool {
    let threads = &domain.iothreadids;
    match threads.is_empty() {
        true => (1..=domain.iothreads.unwrap_or(0)).contains(&id),
        false => threads.iter().any(|thread| thread.id == id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(content: &str) -> Result<(), TuningError> {
        let text =
            format!("<domain type='qemu'><name>a</name><vcpu>2</vcpu>{content}<os/></domain>");
        check(&xml::parse(&text, &xml::Options::lenient()).unwrap())
    }

    #[test]
    fn a_thread_that_is_placed_exists() {
        let counted = "<iothreads>2</iothreads>";
        let pin = "<cputune><iothreadpin iothread='2' cpuset='0'/></cputune>";
        assert!(check_text(&format!("{counted}{pin}")).is_ok());
        assert!(check_text(pin).is_err());
        let listed = "<iothreadids><iothread id='7'/></iothreadids>";
        assert!(check_text(&format!("{counted}{listed}{pin}")).is_err());
    }

    #[test]
    fn a_pool_is_not_larger_than_its_largest() {
        let pool = |it: &str| check_text(&format!("<defaultiothread {it}/>"));
        assert!(pool("thread_pool_max='4'").is_ok());
        assert!(pool("thread_pool_min='4' thread_pool_max='4'").is_ok());
        assert!(pool("thread_pool_min='5' thread_pool_max='4'").is_err());
        assert!(pool("thread_pool_min='5'").is_err());
    }
}
