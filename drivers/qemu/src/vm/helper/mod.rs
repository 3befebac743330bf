//! Programs that serve a guest's devices from outside of QEMU, for as long as the guest runs.

mod place;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use process::{ExitStatus, Process, Signal};
use tokio::task::AbortHandle;
use tokio::time::timeout;

pub(crate) use place::{Place, bus_configuration, bus_files, bus_socket};

use super::log;

/// How long a helper may take to end by itself when its guest is gone, and a guest to end when it has lost a helper.
const GRACE: Duration = Duration::from_secs(2);

/// A helper that runs.
#[derive(Debug)]
pub struct Helper {
    what: &'static str,
    process: Process,
    pid_file: PathBuf,
    /// QEMU, once there is one.
    guest: Arc<OnceLock<Process>>,
    watch: AbortHandle,
}

impl Helper {
    /// The program that was started at a place for a domain. Its end before its guest's is told in the daemon's log: the
    /// guest has lost a device.
    pub(crate) fn new(domain: &str, place: Place, process: Process) -> Self {
        let guest = Arc::<OnceLock<Process>>::default();
        let watched = Watched {
            domain: domain.to_owned(),
            what: place.what,
            process: process.clone(),
            guest: guest.clone(),
            said_before: fs::metadata(&place.log).map_or(0, |file| file.len()),
            log: place.log,
        };
        Self {
            what: place.what,
            process,
            pid_file: place.pid_file,
            guest,
            watch: tokio::spawn(watched.tell()).abort_handle(),
        }
    }

    /// The program that an earlier daemon has started at a place, if it still runs.
    pub(crate) fn find(domain: &str, place: Place) -> Option<Self> {
        match Process::of_pid_file(&place.pid_file) {
            Ok(process) => Some(Self::new(domain, place, process?)),
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                let helper = place.what;
                tracing::warn!(domain, helper, %error, cause, "a helper cannot be found again");
                None
            }
        }
    }

    /// Its number.
    pub(crate) fn pid(&self) -> i32 {
        self.process.pid()
    }

    /// Says whose end is reason enough for its own.
    pub(crate) fn serves(&self, guest: &Process) {
        // A guest has one process.
        let _ = self.guest.set(guest.clone());
    }

    /// Ends it. Most go by themselves when QEMU closes the connection.
    pub async fn end(self) {
        self.watch.abort();
        if !self.stop().await {
            let pid = self.process.pid();
            tracing::warn!(helper = self.what, pid, "a helper does not end");
            return;
        }
        // The next guest's has another name: that nobody takes it for his is all that matters.
        let _ = fs::remove_file(&self.pid_file);
    }

    /// Whether it is gone.
    async fn stop(&self) -> bool {
        for signal in [None, Some(Signal::TERM), Some(Signal::KILL)] {
            if let Some(signal) = signal
                && self.process.kill(signal).is_err()
            {
                return true;
            }
            // One that has never been connected to waits for ever: it is asked at once.
            let patience = match signal {
                None => Duration::ZERO,
                Some(_) => GRACE,
            };
            if timeout(patience, self.process.wait()).await.is_ok() {
                return true;
            }
        }
        false
    }
}

/// What is watched of a helper.
struct Watched {
    domain: String,
    what: &'static str,
    process: Process,
    guest: Arc<OnceLock<Process>>,
    log: PathBuf,
    /// The length of the log before it said anything.
    said_before: u64,
}

impl Watched {
    /// Waits for the helper's end, and says so where its guest goes on.
    async fn tell(self) {
        let Ok(status) = self.process.wait().await else {
            return;
        };
        let (domain, helper) = (&*self.domain, self.what);
        if is_with_guest(status, &self.guest).await {
            tracing::debug!(domain, helper, %status, "a helper has ended with its guest");
            return;
        }
        let said = last_words(&self.log, self.said_before);
        match in_peace(status) {
            true => {
                tracing::warn!(domain, helper, %status, said, "a helper has ended before its guest");
            }
            false => tracing::warn!(domain, helper, %status, said, "a helper has failed"),
        }
    }
}

/// Whether a helper's end is due to its guest's. One that ended in peace was left by its guest, if that ends as well:
/// the kernel closes QEMU's connections before it tells that QEMU has ended.
async fn is_with_guest(status: ExitStatus, guest: &OnceLock<Process>) -> bool {
    match guest.get() {
        Some(guest) if in_peace(status) => timeout(GRACE, guest.wait()).await.is_ok(),
        _ => false,
    }
}

/// Of one that another daemon has started nobody learns how it ended.
fn in_peace(status: ExitStatus) -> bool {
    matches!(status, ExitStatus::Exited(0) | ExitStatus::Unknown)
}

/// The end of what the helper said.
fn last_words(path: &Path, start: u64) -> String {
    const LINES: usize = 3;
    let words = log::words_since(path, start);
    let lines: Vec<&str> = words.lines().map(str::trim).collect();
    let last = lines.len().saturating_sub(LINES);
    lines.get(last..).unwrap_or_default().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    use process::{Program, Spawn};

    fn start(script: &str) -> Process {
        let mut spawn = Spawn::new(Program::Shell);
        spawn.args(["-c", script]);
        spawn.spawn().unwrap()
    }

    fn guest(process: Process) -> OnceLock<Process> {
        let guest = OnceLock::new();
        guest.set(process).unwrap();
        guest
    }

    #[tokio::test]
    async fn a_helper_ends_with_its_guest_or_before_it() {
        let gone = guest(start("exit 0"));
        let there = guest(start("exec sleep 1000"));
        let nobody = OnceLock::new();
        let killed = ExitStatus::Signaled {
            signal: 9,
            core_dumped: false,
        };
        for (status, guest, expected) in [
            (ExitStatus::Exited(0), &gone, true),
            (ExitStatus::Unknown, &gone, true),
            (ExitStatus::Exited(1), &gone, false),
            (killed, &gone, false),
            (ExitStatus::Exited(0), &there, false),
            (ExitStatus::Exited(0), &nobody, false),
        ] {
            let found = is_with_guest(status, guest).await;
            assert_eq!(found, expected, "{status:?}");
        }
        there.get().unwrap().kill(Signal::KILL).unwrap();
    }

    /// It is the one helper that nothing but its number ends.
    #[tokio::test]
    async fn a_bus_is_found_again_and_ended() {
        let folder = tempfile::tempdir().unwrap();
        let place = || Place {
            what: "dbus-daemon",
            pid_file: folder.path().join("bus.pid"),
            log: folder.path().join("bus.log"),
        };
        let rules = folder.path().join("bus.conf");
        let text = format!(
            "<busconfig><listen>unix:path={}</listen></busconfig>",
            folder.path().join("bus.sock").display()
        );
        let mut file = fs::File::create(&rules).unwrap();
        io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        let (mut reader, writer) = io::pipe().unwrap();
        let mut spawn = Spawn::new(Program::DbusDaemon);
        let address = spawn.pass(writer);
        spawn.args(["--nofork", "--nopidfile"]);
        spawn.arg(format!("--config-file={}", rules.display()));
        spawn.arg(format!("--print-address={address}"));
        place().furnish(&mut spawn).unwrap();
        let process = spawn.spawn().unwrap();
        // It listens, so that it has closed by now what it closes.
        assert_eq!(io::Read::read(&mut reader, &mut [0]).unwrap(), 1);

        let found = Helper::find("a", place()).expect("it runs");
        assert_eq!(found.pid(), process.pid());
        found.end().await;
        process.try_wait().unwrap().expect("its end");
        assert!(Helper::find("a", place()).is_none());
    }

    #[test]
    fn the_last_words_are_of_this_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a-swtpm.log");
        let words = "before\none\ntwo\nthree\nfour\n";
        let mut file = fs::File::create(&path).unwrap();
        io::Write::write_all(&mut file, words.as_bytes()).unwrap();
        assert_eq!(last_words(&path, 7), "two; three; four");
        assert_eq!(last_words(&path, 22), "our");
        assert_eq!(last_words(&folder.path().join("none"), 0), "");
    }
}
