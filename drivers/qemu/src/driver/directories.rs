//! The driver's directories, made when it starts.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use driver::Layout;

use super::OpenError;
use crate::config::Identity;
use crate::vm::DRIVER;

/// Makes what is missing. Nobody but root and QEMU's user has business there.
pub(super) fn make_directories(
    layout: &Layout,
    identity: Option<&Identity>,
) -> Result<(), OpenError> {
    let (lib, state, log) = (
        layout.lib_dir(DRIVER),
        layout.state_dir(DRIVER),
        layout.log_dir(DRIVER),
    );
    make(&layout.config_dir(DRIVER), 0o700)?;
    make(&layout.cache_dir(DRIVER), 0o750)?;
    make(&log, 0o700)?;
    make(&state, 0o755)?;
    make(&lib, 0o751)?;
    let channels = state.join("channel");
    make(&channels, 0o755)?;
    let Some(identity) = identity else {
        return Ok(());
    };
    for path in [lib, channels] {
        let given = identity.own(&path);
        given.map_err(|source| OpenError::Directory { path, source })?;
    }
    Ok(())
}

fn make(path: &Path, mode: u32) -> Result<(), OpenError> {
    let parents = path.parent().map_or(Ok(()), fs::create_dir_all);
    let made = parents.and_then(|()| match fs::DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    made.map_err(|source| OpenError::Directory {
        path: path.to_owned(),
        source,
    })
}
