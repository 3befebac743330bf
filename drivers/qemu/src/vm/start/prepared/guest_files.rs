//! Files, directories and sockets of a guest, made for whom its QEMU runs as.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;

use driver::layout;

use crate::config::Identity;
use crate::removed::removed;
use crate::vm::start::StartError;

/// What is made for one guest.
pub(super) struct GuestFiles<'a> {
    /// The guest's name, for errors.
    pub(super) name: &'a Arc<str>,
    /// Who QEMU runs as, where it is not whom we are.
    pub(super) identity: Option<&'a Identity>,
}

impl GuestFiles<'_> {
    /// The error of the attempt to do `what` to the file at `path`.
    pub(super) fn at<'p>(
        &self,
        what: &'static str,
        path: &'p Path,
    ) -> impl FnOnce(io::Error) -> StartError + use<'p> {
        let name = self.name.clone();
        move |source| StartError::Prepare {
            name,
            what,
            path: path.to_owned(),
            source,
        }
    }

    /// A directory for QEMU alone. One that is there already was left by a crash of the host.
    pub(super) fn directory(&self, path: &Path) -> Result<(), StartError> {
        let made = fs::DirBuilder::new()
            .recursive(true)
            .mode(0o750)
            .create(path);
        let given = made.and_then(|()| match self.identity {
            Some(identity) => identity.own(path),
            None => Ok(()),
        });
        given.map_err(self.at("make", path))
    }

    /// The same below a directory that all guests pass through.
    pub(super) fn directory_among_others(&self, path: &Path) -> Result<(), StartError> {
        if let Some(parent) = path.parent() {
            let made = fs::DirBuilder::new()
                .recursive(true)
                .mode(0o755)
                .create(parent);
            made.map_err(self.at("make", parent))?;
        }
        self.directory(path)
    }

    /// A socket for QEMU; what an earlier run has left there goes.
    pub(super) fn listen(&self, path: &Path) -> Result<OwnedFd, StartError> {
        removed(fs::remove_file(path)).map_err(self.at("remove", path))?;
        Ok(layout::listen(path)
            .map_err(self.at("listen at", path))?
            .into())
    }
}
