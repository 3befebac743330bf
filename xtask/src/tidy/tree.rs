//! The files that people write, read once for all rules.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::Error;
use crate::files;
use crate::run::Run;

/// A text file; its path is relative to the top.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Everything that the rules look at.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    pub(super) packages: Vec<Package>,
}

/// A package that takes part in the build, ours or another's.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) license: Option<String>,
    /// Where it comes from; nothing for our own.
    pub(super) source: Option<String>,
    pub(super) manifest_path: PathBuf,
    pub(super) dependencies: Vec<Dependency>,
}

/// What a manifest asks for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// Nothing for a normal one, else "dev" or "build".
    pub(super) kind: Option<String>,
}

/// Directories that hold no hand-written files.
const SKIPPED: [&str; 4] = ["target", ".git", "corpus", "artifacts"];
/// The file that cargo writes, the licences as others wrote them, and what git keeps in a further working tree.
const NOT_OURS: [&str; 4] = ["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", ".git"];

impl Tree {
    pub(super) fn read(top: &Path) -> Result<Self, Error> {
        let named = |path: &Path, names: &[&str]| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| names.contains(&name))
        };
        let mut tree = Self {
            files: Vec::new(),
            packages: packages(top)?,
        };
        for path in files::walk(top, &|path| !named(path, &SKIPPED))? {
            // What is not text, as an image in the documentation, has no lines to check.
            let Ok(text) = String::from_utf8(files::read(&path)?) else {
                continue;
            };
            if !named(&path, &NOT_OURS) {
                let path = path.strip_prefix(top).unwrap_or(&path).to_owned();
                tree.files.push(File { path, text });
            }
        }
        Ok(tree)
    }

    /// The Rust sources.
    pub(super) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files
            .iter()
            .filter(|file| file.path.extension().is_some_and(|end| end == "rs"))
    }

    /// The manifests of the packages, the workspace's own included.
    pub(super) fn manifests(&self) -> impl Iterator<Item = &File> {
        self.files
            .iter()
            .filter(|file| file.path.ends_with("Cargo.toml"))
    }

    /// Our own packages.
    pub(super) fn ours(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| package.source.is_none())
    }

    /// A tree for a test: paths with their texts.
    #[cfg(test)]
    pub(super) fn sample(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: path.into(),
            text: (*text).to_owned(),
        };
        Self {
            files: files.iter().map(file).collect(),
            packages: Vec::new(),
        }
    }
}

/// The systems that the project is built for; what others alone pull in is not looked at.
const PLATFORMS: [&str; 2] = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];

/// Every package of the lock file that takes part on our systems, as `cargo metadata` describes it.
fn packages(top: &Path) -> Result<Vec<Package>, Error> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let run = Run::cargo()
        .args(["metadata", "--format-version=1", "--locked"])
        .dir(top);
    let run = PLATFORMS
        .iter()
        .fold(run, |run, system| run.args(["--filter-platform", system]));
    let metadata: Metadata = serde_json::from_str(&run.output()?).map_err(Error::Metadata)?;
    let relative = |mut package: Package| {
        if let Ok(path) = package.manifest_path.strip_prefix(top) {
            package.manifest_path = path.to_owned();
        }
        package
    };
    Ok(metadata.packages.into_iter().map(relative).collect())
}
