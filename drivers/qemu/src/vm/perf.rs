//! What the kernel counts of a VM's threads (formatdomain: perf).

use std::io;
use std::sync::{Mutex, PoisonError};

use documents::domain::{Domain, PerfEventName};
use process::{Counter, Event};
use protocol::error::Code;
use rustix::process::Pid;

/// The counters of a running VM, by what they count.
#[derive(Debug, Default)]
pub struct Counters(Mutex<Vec<Counted>>);

#[derive(Debug)]
struct Counted {
    name: PerfEventName,
    /// One a thread; threads that are started later are counted with the one that starts them.
    counters: Vec<Counter>,
}

/// Why something is not counted.
#[derive(Debug, thiserror::Error)]
pub enum PerfError {
    /// The kernel once counted it.
    #[error(
        "the kernel does not count '{name}' of a process any more: leave the event out, and use <cachetune> with <monitor>"
    )]
    Gone {
        /// The event.
        name: &'static str,
    },
    /// The kernel refuses.
    #[error("unable to enable host cpu perf event for {name}")]
    Open {
        /// The event.
        name: &'static str,
        /// What it says.
        source: io::Error,
    },
    /// The threads cannot be listed.
    #[error("cannot list the threads of process {pid}")]
    Threads {
        /// The process.
        pid: i32,
        /// What the kernel says.
        source: io::Error,
    },
}

impl PerfError {
    /// The public error number.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Gone { .. } => Code::ConfigUnsupported,
            Self::Open { .. } | Self::Threads { .. } => Code::SystemError,
        }
    }
}

impl Counters {
    /// Counts from now on what the document says.
    ///
    /// # Errors
    /// When something cannot be counted.
    pub(super) fn of(document: &Domain, pid: Pid) -> Result<Self, PerfError> {
        let counters = Self::default();
        let events = document.perf.iter().flat_map(|perf| &perf.events);
        for event in events.filter(|event| event.enabled) {
            counters.enable(event.name, pid)?;
        }
        Ok(counters)
    }

    /// Counts something of all threads of a process from now on. What is counted already goes on.
    ///
    /// # Errors
    /// When it cannot be counted.
    pub(crate) fn enable(&self, name: PerfEventName, pid: Pid) -> Result<(), PerfError> {
        let word = xml::enum_name(name);
        let event = event(name).ok_or(PerfError::Gone { name: word })?;
        if self.is_enabled(name) {
            return Ok(());
        }
        let threads = process::threads(pid).map_err(|source| PerfError::Threads {
            pid: pid.as_raw_nonzero().get(),
            source,
        })?;
        let mut counters = Vec::new();
        for thread in threads {
            match Counter::open(thread, event) {
                Ok(counter) => counters.push(counter),
                // It has ended, and will not do any more.
                Err(error) if error.raw_os_error() == Some(ENDED) => {}
                Err(source) => return Err(PerfError::Open { name: word, source }),
            }
        }
        self.locked().push(Counted { name, counters });
        Ok(())
    }

    /// Stops counting something.
    pub(crate) fn disable(&self, name: PerfEventName) {
        self.locked().retain(|counted| counted.name != name);
    }

    /// Whether something is counted.
    pub(crate) fn is_enabled(&self, name: PerfEventName) -> bool {
        self.locked().iter().any(|counted| counted.name == name)
    }

    /// What has been counted, by its name in documents.
    pub(crate) fn read(&self) -> Vec<(&'static str, u64)> {
        let locked = self.locked();
        let read = locked.iter().map(|counted| {
            let values = counted.counters.iter().filter_map(|it| it.read().ok());
            (xml::enum_name(counted.name), values.sum())
        });
        read.collect()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Vec<Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `ESRCH`
const ENDED: i32 = rustix::io::Errno::SRCH.raw_os_error();

/// The kernel's number (linux/perf_event.h: `perf_hw_id`, `perf_sw_ids`).
fn event(name: PerfEventName) -> Option<Event> {
    Some(match name {
        PerfEventName::Cmt | PerfEventName::Mbmt | PerfEventName::Mbml => return None,
        PerfEventName::CpuCycles => Event::Hardware(0),
        PerfEventName::Instructions => Event::Hardware(1),
        PerfEventName::CacheReferences => Event::Hardware(2),
        PerfEventName::CacheMisses => Event::Hardware(3),
        PerfEventName::BranchInstructions => Event::Hardware(4),
        PerfEventName::BranchMisses => Event::Hardware(5),
        PerfEventName::BusCycles => Event::Hardware(6),
        PerfEventName::StalledCyclesFrontend => Event::Hardware(7),
        PerfEventName::StalledCyclesBackend => Event::Hardware(8),
        PerfEventName::RefCpuCycles => Event::Hardware(9),
        PerfEventName::CpuClock => Event::Software(0),
        PerfEventName::TaskClock => Event::Software(1),
        PerfEventName::PageFaults => Event::Software(2),
        PerfEventName::ContextSwitches => Event::Software(3),
        PerfEventName::CpuMigrations => Event::Software(4),
        PerfEventName::PageFaultsMin => Event::Software(5),
        PerfEventName::PageFaultsMaj => Event::Software(6),
        PerfEventName::AlignmentFaults => Event::Software(7),
        PerfEventName::EmulationFaults => Event::Software(8),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_has_given_up_is_named() {
        let counters = Counters::default();
        let own = rustix::process::getpid();
        let refused = counters.enable(PerfEventName::Cmt, own);
        assert!(matches!(refused, Err(PerfError::Gone { name: "cmt" })));
        assert!(!counters.is_enabled(PerfEventName::Cmt));
        assert!(counters.read().is_empty());
    }

    #[test]
    fn counting_can_be_stopped() {
        let counters = Counters::default();
        let own = rustix::process::getpid();
        if counters.enable(PerfEventName::TaskClock, own).is_err() {
            // A container may forbid it.
            return;
        }
        assert_eq!(counters.read()[0].0, "task_clock");
        counters.disable(PerfEventName::TaskClock);
        assert!(!counters.is_enabled(PerfEventName::TaskClock));
    }
}
