//! Images that are made or changed by `qemu-img`, under the images' locks.

use std::path::{Path, PathBuf};
use std::time::Duration;

use process::{Output, Program, Signal, Spawn};

/// Tables of large images take their time.
const DEADLINE: Duration = Duration::from_secs(300);

/// A new image on top of an old one.
#[derive(Debug, Clone)]
pub(crate) struct NewImage {
    /// Where it is to be.
    pub(crate) path: PathBuf,
    /// The word of qemu-img for its format.
    pub(crate) format: &'static str,
    /// The image below.
    pub(crate) backing: PathBuf,
    /// The format of the image below.
    pub(crate) backing_format: &'static str,
    /// The size in bytes that the guest sees, where qemu-img cannot find it in the image below because that is encrypted.
    pub(crate) size: Option<u64>,
}

/// Why an image is not as it should be.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// qemu-img could not be run.
    #[error("cannot {what} image '{}'", path.display())]
    Run {
        /// What was tried.
        what: &'static str,
        /// The image.
        path: PathBuf,
        /// Why not.
        source: process::RunError,
    },
    /// qemu-img failed.
    #[error("cannot {what} image '{}': {said}", path.display())]
    Failed {
        /// What was tried.
        what: &'static str,
        /// The image.
        path: PathBuf,
        /// What qemu-img said.
        said: String,
    },
}

impl NewImage {
    /// Makes the image.
    ///
    /// # Errors
    /// When qemu-img cannot.
    pub(crate) async fn make(&self) -> Result<(), ImageError> {
        let mut spawn = Spawn::new(Program::QemuImg);
        spawn
            .args(["create", "-q", "-f", self.format])
            .args(["-F", self.backing_format, "-b"])
            .arg(&self.backing)
            .arg(&self.path);
        if let Some(size) = self.size {
            spawn.args(["-u".to_owned(), size.to_string()]);
        }
        run(spawn, &self.path, "create").await
    }
}

/// Runs `qemu-img` to its end.
///
/// # Errors
/// When it cannot be run, or fails.
pub(crate) async fn run(
    mut spawn: Spawn,
    path: &Path,
    what: &'static str,
) -> Result<(), ImageError> {
    // Whoever comes after us finds the image as we left it.
    spawn.dies_with_us(Signal::KILL);
    let ended = process::run(spawn, &[], DEADLINE).await;
    let Output { status, stderr, .. } = ended.map_err(|source| ImageError::Run {
        what,
        path: path.to_owned(),
        source,
    })?;
    if status.success() {
        return Ok(());
    }
    Err(ImageError::Failed {
        what,
        path: path.to_owned(),
        said: String::from_utf8_lossy(&stderr).trim().to_owned(),
    })
}
