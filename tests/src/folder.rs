//! Waiting for a file to appear.

use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify;

/// A file may take so long to appear on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that is watched for the files that come into it.
#[derive(Debug)]
pub struct FolderWatch {
    folder: PathBuf,
    events: OwnedFd,
}

impl FolderWatch {
    /// Watches a folder.
    ///
    /// # Panics
    ///
    /// When it is not there.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let events = inotify::init(inotify::CreateFlags::CLOEXEC).expect("inotify");
        let what = inotify::WatchFlags::CLOSE_WRITE | inotify::WatchFlags::MOVED_TO;
        inotify::add_watch(&events, folder, what).expect("a folder to watch");
        Self {
            folder: folder.to_owned(),
            events,
        }
    }

    /// Waits until a file of this name has been written, or written anew.
    ///
    /// # Panics
    ///
    /// When it does not come.
    pub fn until(&mut self, name: &str) {
        let limit = Timespec::try_from(PATIENCE).expect("a deadline of seconds");
        let mut buffer = [MaybeUninit::uninit(); 4096];
        loop {
            let mut waiting = [PollFd::new(&self.events, PollFlags::IN)];
            let ready = poll(&mut waiting, Some(&limit)).expect("wait for a file");
            assert_eq!(ready, 1, "no {name} in {}", self.folder.display());
            let mut reader = inotify::Reader::new(&self.events, &mut buffer);
            loop {
                let event = reader.next().expect("an event");
                if event
                    .file_name()
                    .is_some_and(|file| file.to_bytes() == name.as_bytes())
                {
                    return;
                }
                if reader.is_buffer_empty() {
                    break;
                }
            }
        }
    }
}
