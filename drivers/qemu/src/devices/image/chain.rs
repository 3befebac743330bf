//! The images behind a disk, from its own to the last one.

use std::path::{Path, PathBuf};

use super::backing::Located;
use super::{Format, ImageError, guess_format, read_header};

/// The most images behind one another that are followed; more is taken for a mistake.
const DEPTH_LIMIT: usize = 200;

/// One image of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Where it is.
    pub path: PathBuf,
    /// Its format: what the image above it records, or raw.
    pub format: Format,
    /// Whether it is a block device rather than a file.
    pub block: bool,
    /// Where its bytes are, when it holds only tables.
    pub data: Option<Data>,
}

/// The file that holds the guest's bytes for an image that holds only tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a block device rather than a file.
    pub block: bool,
}

/// What an image leads to. An empty chain says that there is nothing behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// Where the image's own bytes are, when it holds only tables.
    pub data: Option<Data>,
    /// The images behind it, nearest first.
    pub layers: Vec<Layer>,
}

/// Why the images behind a disk cannot all be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// A header cannot be read.
    #[error("cannot follow the images behind '{}'", top.display())]
    Header {
        /// The disk's own image.
        top: PathBuf,
        /// What is wrong, with the image concerned.
        source: ImageError,
    },
    /// An image is not there.
    #[error("cannot open image '{}'", path.display())]
    Missing {
        /// The image.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// An image names a backing image without saying its format, and that image is not raw.
    #[error(
        "format of backing image '{}' of image '{}' was not specified in the image metadata: \
         record it with qemu-img rebase -u -F",
        backing.display(),
        image.display()
    )]
    UnknownFormat {
        /// The image that names the other.
        image: PathBuf,
        /// The image that is named.
        backing: PathBuf,
    },
    /// A format that this driver does not follow.
    #[error("backing image '{}' has format '{format}', which cannot be followed", backing.display())]
    ForeignFormat {
        /// The image.
        backing: PathBuf,
        /// Its format as recorded.
        format: String,
    },
    /// The backing name is no local file.
    #[error("image '{}' has backing '{name}', which is not a local file", image.display())]
    Remote {
        /// The image that names the other.
        image: PathBuf,
        /// What it names.
        name: String,
    },
    /// An image is behind itself.
    #[error("backing chain of '{}' contains '{}' twice", top.display(), image.display())]
    Loop {
        /// The disk's own image.
        top: PathBuf,
        /// The image that comes again.
        image: PathBuf,
    },
    /// The chain is longer than any sensible one.
    #[error("backing chain of '{}' has more than {DEPTH_LIMIT} images", top.display())]
    TooDeep {
        /// The disk's own image.
        top: PathBuf,
    },
}

/// Follows the images behind the one at `top`, which has `format`. Reads files: run it where blocking is allowed.
pub fn resolve(top: &Path, format: Format) -> Result<Chain, ChainError> {
    let header_error = |source| ChainError::Header {
        top: top.to_owned(),
        source,
    };
    std::fs::metadata(top).map_err(|source| ChainError::Missing {
        path: top.to_owned(),
        source,
    })?;
    let mut chain = Chain::default();
    let mut current = (top.to_owned(), format);
    loop {
        let header = read_header(&current.0, current.1).map_err(header_error)?;
        let data = header.data_file.map(|name| data(&name, &current.0));
        match chain.layers.last_mut() {
            Some(last) => last.data = data,
            None => chain.data = data,
        }
        let Some(backing) = header.backing else {
            return Ok(chain);
        };
        let Some(located) = backing.locate(&current.0) else {
            return Err(ChainError::Remote {
                image: current.0,
                name: backing.name,
            });
        };
        let format = backing_format(&located, &current.0, top)?;
        if located.path == top || chain.layers.iter().any(|layer| layer.path == located.path) {
            return Err(ChainError::Loop {
                top: top.to_owned(),
                image: located.path,
            });
        }
        if chain.layers.len() >= DEPTH_LIMIT {
            return Err(ChainError::TooDeep {
                top: top.to_owned(),
            });
        }
        let block = is_block_device(&located.path);
        chain.layers.push(Layer {
            path: located.path.clone(),
            format,
            block,
            data: None,
        });
        current = (located.path, format);
    }
}

/// The format of a backing image, as the image that names it says; where it does not say, the image must be raw.
fn backing_format(located: &Located, image: &Path, top: &Path) -> Result<Format, ChainError> {
    if let Some(name) = &located.format {
        return Format::from_name(name).ok_or_else(|| ChainError::ForeignFormat {
            backing: located.path.clone(),
            format: name.clone(),
        });
    }
    match guess_format(&located.path) {
        Ok(Format::Raw) => Ok(Format::Raw),
        Ok(_) => Err(ChainError::UnknownFormat {
            image: image.to_owned(),
            backing: located.path.clone(),
        }),
        Err(source) => Err(ChainError::Header {
            top: top.to_owned(),
            source,
        }),
    }
}

/// A relative name counts from the directory of the image that names it.
fn data(name: &str, of: &Path) -> Data {
    let path = match of.parent() {
        Some(directory) => directory.join(name),
        None => PathBuf::from(name),
    };
    let block = is_block_device(&path);
    Data { path, block }
}

fn is_block_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(path).is_ok_and(|meta| meta.file_type().is_block_device())
}

#[cfg(test)]
mod tests {
    use super::super::qcow2::tests::sample;
    use super::*;
    use std::io::Write;

    fn image(directory: &Path, name: &str, content: &[u8]) -> PathBuf {
        let path = directory.join(name);
        std::fs::File::create(&path)
            .unwrap()
            .write_all(content)
            .unwrap();
        path
    }

    #[test]
    fn a_chain_is_followed_to_its_raw_end() {
        let dir = tempfile::tempdir().unwrap();
        let base = image(dir.path(), "base.img", b"anything");
        let middle = image(dir.path(), "middle.qcow2", &sample("base.img", None));
        let top = image(
            dir.path(),
            "top.qcow2",
            &sample("middle.qcow2", Some("qcow2")),
        );
        let chain = resolve(&top, Format::Qcow2).unwrap();
        assert_eq!(
            chain.layers,
            [
                Layer {
                    path: middle,
                    format: Format::Qcow2,
                    block: false,
                    data: None,
                },
                Layer {
                    path: base,
                    format: Format::Raw,
                    block: false,
                    data: None,
                },
            ]
        );
    }

    #[test]
    fn a_raw_disk_has_nothing_behind_it_whatever_the_guest_wrote() {
        let dir = tempfile::tempdir().unwrap();
        let top = image(dir.path(), "top.img", &sample("/etc/shadow", Some("raw")));
        assert_eq!(resolve(&top, Format::Raw).unwrap(), Chain::default());
    }

    #[test]
    fn loops_missing_files_and_unsaid_formats_are_errors() {
        let dir = tempfile::tempdir().unwrap();
        let own = image(
            dir.path(),
            "loop.qcow2",
            &sample("loop.qcow2", Some("qcow2")),
        );
        assert!(matches!(
            resolve(&own, Format::Qcow2),
            Err(ChainError::Loop { .. })
        ));

        let gone = image(
            dir.path(),
            "gone.qcow2",
            &sample("missing.img", Some("qcow2")),
        );
        assert!(matches!(
            resolve(&gone, Format::Qcow2),
            Err(ChainError::Header { .. })
        ));

        image(dir.path(), "inner.qcow2", &sample("", None));
        let unsaid = image(dir.path(), "unsaid.qcow2", &sample("inner.qcow2", None));
        assert!(matches!(
            resolve(&unsaid, Format::Qcow2),
            Err(ChainError::UnknownFormat { .. })
        ));
    }

    #[test]
    fn what_is_elsewhere_or_too_deep_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let remote = image(
            dir.path(),
            "remote.qcow2",
            &sample("nbd://host/disk", Some("raw")),
        );
        let found = resolve(&remote, Format::Qcow2);
        assert!(matches!(found, Err(ChainError::Remote { .. })));

        let name = |at: usize| format!("{at}.qcow2");
        for at in 0..=DEPTH_LIMIT {
            image(dir.path(), &name(at), &sample(&name(at + 1), Some("qcow2")));
        }
        image(
            dir.path(),
            &name(DEPTH_LIMIT + 1),
            &sample("end.img", Some("raw")),
        );
        let found = resolve(&dir.path().join(name(0)), Format::Qcow2);
        assert!(matches!(found, Err(ChainError::TooDeep { .. })));
    }
}
