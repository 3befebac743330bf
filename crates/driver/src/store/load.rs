//! Reading a directory of objects, several files at a time.

use std::error::Error;
use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{EXTENSION, FileName, StoreError};

/// More threads than this only wait for each other in the kernel's directory locks.
const THREADS_MAX: usize = 8;

/// What a directory held.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The objects with the names of their files, in the order of the names.
    pub objects: Vec<(FileName, T)>,
    /// The files that gave no object. They are reported at each load and stay where they are, so
    /// that a repaired file is found again; when an object of that name is written, the file is
    /// renamed to `NAME.xml.damaged-TIME` first. No such file is ever deleted.
    pub damaged: Vec<Damaged>,
}

/// A file that could not be understood.
#[derive(Debug)]
pub struct Damaged {
    /// The file.
    pub path: PathBuf,
    /// Its name, where that is one that a store could have given.
    pub name: Option<FileName>,
    /// What is wrong with it.
    pub reason: DamageReason,
}

/// Why a file gave no object.
#[derive(Debug, thiserror::Error)]
pub enum DamageReason {
    /// It cannot be read, or is no UTF-8 text.
    #[error("cannot read the file")]
    Unreadable(#[source] io::Error),
    /// Its name is none that an object can have.
    #[error("the file's name is no object's name")]
    Name,
    /// Its contents were refused.
    #[error("cannot understand the file")]
    Contents(#[source] Box<dyn Error + Send + Sync>),
}

/// Reads and parses every `*.xml` of `directory`.
pub(super) fn all<T, E>(
    directory: &Path,
    parse: &(impl Fn(&FileName, &str) -> Result<T, E> + Sync),
) -> Result<Loaded<T>, StoreError>
where
    T: Send,
    E: Error + Send + Sync + 'static,
{
    let files = list(directory).map_err(|source| StoreError::List {
        path: directory.to_owned(),
        source,
    })?;
    let mut loaded = Loaded {
        objects: Vec::with_capacity(files.len()),
        damaged: Vec::new(),
    };
    for outcome in in_parallel(&files, |path| one(path, parse)) {
        match outcome {
            Ok(object) => loaded.objects.push(object),
            Err(damaged) => loaded.damaged.push(damaged),
        }
    }
    loaded
        .objects
        .sort_by(|(one, _), (other, _)| one.cmp(other));
    loaded
        .damaged
        .sort_by(|one, other| one.path.cmp(&other.path));
    for damaged in &loaded.damaged {
        let reason = &damaged.reason;
        let cause = reason.source().map(ToString::to_string).unwrap_or_default();
        tracing::error!(path = %damaged.path.display(), %reason, cause, "skipping a damaged file");
    }
    Ok(loaded)
}

fn one<T, E: Error + Send + Sync + 'static>(
    path: &Path,
    parse: &impl Fn(&FileName, &str) -> Result<T, E>,
) -> Result<(FileName, T), Damaged> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.strip_suffix(EXTENSION))
        .and_then(|name| FileName::new(name).ok());
    let damaged = |name, reason| Damaged {
        path: path.to_owned(),
        name,
        reason,
    };
    let Some(name) = name else {
        return Err(damaged(None, DamageReason::Name));
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return Err(damaged(Some(name), DamageReason::Unreadable(error))),
    };
    match parse(&name, &text) {
        Ok(object) => Ok((name, object)),
        Err(error) => Err(damaged(Some(name), DamageReason::Contents(error.into()))),
    }
}

fn list(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        let is_object = entry
            .file_name()
            .as_encoded_bytes()
            .ends_with(EXTENSION.as_bytes());
        if is_object && !entry.file_type()?.is_dir() {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// Maps `work` over `items` on a few threads; the order of the results is not that of the items.
fn in_parallel<I: Sync, O: Send>(items: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(THREADS_MAX);
    let next = AtomicUsize::new(0);
    let run = || {
        let mut outcomes = Vec::new();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            outcomes.push(work(item));
        }
        outcomes
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.min(items.len()))
            .map(|_| scope.spawn(run))
            .collect();
        let mut outcomes = run();
        for helper in helpers {
            match helper.join() {
                Ok(more) => outcomes.extend(more),
                // A panic in `parse` is the caller's own; it must not pass as "no such file".
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcomes
    })
}
