//! What a snapshot does to images.

use std::path::{Path, PathBuf};

use process::{Program, Spawn};

use super::error::SnapshotError;
use crate::image_file::{ImageError, NewImage, run};

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
            Err(error @ SnapshotError::Image(ImageError::Failed { .. })) => {
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
    Ok(run(spawn, path, what).await?)
}

/// Makes each new image, or none.
pub(super) async fn make(images: &[NewImage]) -> Result<(), SnapshotError> {
    for (done, image) in images.iter().enumerate() {
        if let Err(error) = image.make().await {
            remove(images.iter().take(done)).await;
            return Err(error.into());
        }
    }
    Ok(())
}

/// Removes new images that nobody uses.
pub(super) async fn remove(images: impl Iterator<Item = &NewImage>) {
    for image in images {
        if let Err(error) = tokio::fs::remove_file(&image.path).await {
            tracing::warn!(path = %image.path.display(), %error, "a new image stays unused");
        }
    }
}
