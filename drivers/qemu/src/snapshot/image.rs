//! What a snapshot does to images: `qemu-img` does it, under the images' locks.

use std::path::{Path, PathBuf};
use std::time::Duration;

use process::{Output, Program, Spawn};

use super::error::SnapshotError;

/// Tables of large images take their time.
const DEADLINE: Duration = Duration::from_secs(300);

/// Makes a snapshot inside each image, or in none.
pub(super) async fn add_inside(name: &str, images: &[PathBuf]) -> Result<(), SnapshotError> {
    for (done, path) in images.iter().enumerate() {
        if let Err(error) = inside("-c", name, path, "make a snapshot in").await {
            let made = images.iter().take(done);
            for path in made {
                if let Err(error) = inside("-d", name, path, "take back the snapshot in").await {
                    tracing::warn!(%error, "an image keeps a snapshot of which nothing is known");
                }
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Deletes a snapshot inside each image. One that has none is passed over.
pub(super) async fn delete_inside(name: &str, images: &[PathBuf]) -> Result<(), SnapshotError> {
    for path in images {
        match inside("-d", name, path, "delete a snapshot in").await {
            Err(error @ SnapshotError::Image { .. }) => {
                tracing::warn!(%error, "passing over an image");
            }
            other => other?,
        }
    }
    Ok(())
}

async fn inside(
    option: &str,
    name: &str,
    path: &Path,
    what: &'static str,
) -> Result<(), SnapshotError> {
    let mut spawn = Spawn::new(Program::QemuImg);
    spawn.args(["snapshot", option, name]).arg(path);
    run(spawn, path, what).await
}

/// A new image on top of an old one.
#[derive(Debug, Clone)]
pub(super) struct NewImage {
    /// Where it is to be.
    pub(super) path: PathBuf,
    /// Its format.
    pub(super) format: &'static str,
    /// The image below.
    pub(super) backing: PathBuf,
    /// The format of the image below.
    pub(super) backing_format: &'static str,
}

/// Makes each new image, or none.
pub(super) async fn make(images: &[NewImage]) -> Result<(), SnapshotError> {
    for (done, image) in images.iter().enumerate() {
        if let Err(error) = make_one(image).await {
            remove(images.iter().take(done)).await;
            return Err(error);
        }
    }
    Ok(())
}

async fn make_one(image: &NewImage) -> Result<(), SnapshotError> {
    let mut spawn = Spawn::new(Program::QemuImg);
    spawn
        .args(["create", "-q", "-f", image.format])
        .args(["-F", image.backing_format, "-b"])
        .arg(&image.backing)
        .arg(&image.path);
    run(spawn, &image.path, "create").await
}

/// Removes new images that nobody uses.
pub(super) async fn remove(images: impl Iterator<Item = &NewImage>) {
    for image in images {
        if let Err(error) = tokio::fs::remove_file(&image.path).await {
            tracing::warn!(path = %image.path.display(), %error, "a new image stays unused");
        }
    }
}

async fn run(spawn: Spawn, path: &Path, what: &'static str) -> Result<(), SnapshotError> {
    let ended = process::run(spawn, &[], DEADLINE).await;
    let Output { status, stderr, .. } = ended.map_err(|source| SnapshotError::Run {
        what,
        path: path.to_owned(),
        source,
    })?;
    if status.success() {
        return Ok(());
    }
    Err(SnapshotError::Image {
        what,
        path: path.to_owned(),
        said: String::from_utf8_lossy(&stderr).trim().to_owned(),
    })
}
