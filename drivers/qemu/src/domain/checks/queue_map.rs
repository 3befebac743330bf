//! Which I/O threads serve which queues of a device.

use std::fmt;

use documents::domain::DriverIoThread;

use crate::domain::repeated::repeated;

/// What is wrong with a map of queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueMapFault {
    /// The device does not say how many queues there are.
    Uncounted,
    /// A thread comes twice, or a queue has two.
    Twice,
    /// Some threads name queues and some do not.
    Partial,
    /// There is no queue of that number.
    Range,
    /// A queue has no thread.
    Missing,
}

impl fmt::Display for QueueMapFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Uncounted => "the map of queues to I/O threads needs the number of queues",
            Self::Twice => "a thread or a queue comes twice in the map of queues to I/O threads",
            Self::Partial => "either all I/O threads name their queues or none does",
            Self::Range => "the map of queues to I/O threads names a queue that does not exist",
            Self::Missing => "the map of queues to I/O threads leaves out a queue",
        })
    }
}

/// Either every thread names its queues, and each queue has one thread, or none does.
///
/// # Errors
/// What the map breaks of that.
pub(super) fn check(threads: &[DriverIoThread], queues: Option<u32>) -> Result<(), QueueMapFault> {
    if repeated(threads, |thread| thread.id).is_some() {
        return Err(QueueMapFault::Twice);
    }
    if threads.iter().all(|thread| thread.queues.is_empty()) {
        return Ok(());
    }
    if threads.iter().any(|thread| thread.queues.is_empty()) {
        return Err(QueueMapFault::Partial);
    }
    let Some(count) = queues else {
        return Err(QueueMapFault::Uncounted);
    };
    let mut mapped: Vec<u32> = threads
        .iter()
        .flat_map(|thread| thread.queues.iter().copied())
        .collect();
    if mapped.iter().any(|queue| *queue >= count) {
        return Err(QueueMapFault::Range);
    }
    let given = mapped.len();
    mapped.sort_unstable();
    mapped.dedup();
    if mapped.len() < given {
        return Err(QueueMapFault::Twice);
    }
    match u32::try_from(mapped.len()) {
        Ok(found) if found == count => Ok(()),
        _ => Err(QueueMapFault::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(threads: &[(u32, &[u32])], queues: Option<u32>) -> Result<(), QueueMapFault> {
        let threads: Vec<_> = threads
            .iter()
            .map(|(id, queues)| DriverIoThread {
                id: *id,
                queues: queues.to_vec(),
            })
            .collect();
        check(&threads, queues)
    }

    #[test]
    fn each_queue_has_one_thread() {
        assert_eq!(map(&[(1, &[0, 2]), (2, &[1])], Some(3)), Ok(()));
        let shared = map(&[(1, &[0, 1]), (2, &[1])], Some(2));
        assert_eq!(shared, Err(QueueMapFault::Twice));
        let left_out = map(&[(1, &[0]), (2, &[1])], Some(3));
        assert_eq!(left_out, Err(QueueMapFault::Missing));
        let unknown = map(&[(1, &[0]), (2, &[2])], Some(2));
        assert_eq!(unknown, Err(QueueMapFault::Range));
    }

    #[test]
    fn all_threads_name_their_queues_or_none() {
        assert_eq!(map(&[(1, &[]), (2, &[])], None), Ok(()));
        let partial = map(&[(1, &[0]), (2, &[])], Some(1));
        assert_eq!(partial, Err(QueueMapFault::Partial));
        let uncounted = map(&[(1, &[0])], None);
        assert_eq!(uncounted, Err(QueueMapFault::Uncounted));
    }

    #[test]
    fn a_thread_comes_once() {
        assert_eq!(map(&[(1, &[]), (1, &[])], None), Err(QueueMapFault::Twice));
    }
}
