//! Snapshots of domains: what is known of them, in memory and below `lib/qemu/snapshot/DOMAIN/NAME.xml`.
//!
//! Those of domains that are off can be made: inside the images or in new ones on top. Any can be made known again
//! after another host or a restore ("redefine"). Reads never wait; one change of a domain's snapshots goes on at a
//! time, and a second one is refused meanwhile.

mod definition;
mod error;
mod image;
mod make;
mod schema;
mod tree;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use documents::Uuid;
use documents::snapshot::Snapshot as Document;
use driver::store::{FileName, Store, generated_header};

pub use error::SnapshotError;
pub use make::{create, delete};
pub use tree::{Moment, Tree};

/// The snapshots of all domains.
#[derive(Debug)]
pub struct Snapshots {
    folder: PathBuf,
    domains: Mutex<HashMap<Uuid, Domain>>,
}

/// The snapshots of one domain.
#[derive(Debug, Default)]
struct Domain {
    tree: Arc<Tree>,
    /// A change is under way.
    busy: bool,
}

/// The right to change the snapshots of a domain, until it is dropped.
#[derive(Debug)]
struct Turn<'a> {
    snapshots: &'a Snapshots,
    domain: Uuid,
}

impl Snapshots {
    /// None yet; their files are in the folders of `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            domains: Mutex::default(),
        }
    }

    /// Reads the files of the domains that `uuid` knows by name. Damaged files are reported and passed over.
    pub async fn load(&self, uuid: impl Fn(&str) -> Option<Uuid>) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        for name in names {
            if let Some(uuid) = uuid(&name) {
                self.load_domain(&name, uuid).await;
            }
        }
    }

    async fn load_domain(&self, name: &str, uuid: Uuid) {
        let options = xml::Options::lenient();
        let loaded = self
            .store(name)
            .load(move |_, text| xml::parse::<Document>(text, &options))
            .await;
        match loaded {
            Ok(loaded) => {
                let documents = loaded.objects.into_iter().map(|(_, document)| document);
                let tree = documents.fold(Tree::default(), Tree::with_loaded);
                self.lock().entry(uuid).or_default().tree = Arc::new(tree);
            }
            Err(error) => tracing::error!(name, %error, "cannot read the snapshots of a domain"),
        }
    }

    /// The snapshots of a domain, as they are now.
    pub fn of(&self, domain: Uuid) -> Arc<Tree> {
        let domains = self.lock();
        domains
            .get(&domain)
            .map(|it| it.tree.clone())
            .unwrap_or_default()
    }

    /// Forgets all snapshots of a domain; its images stay as they are.
    ///
    /// # Errors
    /// When a file cannot be removed, or snapshots are being changed.
    pub async fn forget(&self, domain: Uuid, name: &str) -> Result<(), SnapshotError> {
        let turn = self.turn(domain, name)?;
        self.publish(&turn, name, Tree::default()).await?;
        // What another program keeps there stays.
        let _ = fs::remove_dir(self.folder.join(name));
        self.lock().remove(&domain);
        Ok(())
    }

    /// Lets the files follow a domain that has another name now.
    pub async fn follow(&self, old: &str, new: &str) {
        let (from, to) = (self.folder.join(old), self.folder.join(new));
        match tokio::fs::rename(&from, &to).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::error!(old, new, %error, "the files of a domain's snapshots keep its old name");
            }
            _ => {}
        }
    }

    /// The turn to change the snapshots of a domain.
    fn turn(&self, domain: Uuid, name: &str) -> Result<Turn<'_>, SnapshotError> {
        let mut domains = self.lock();
        let known = domains.entry(domain).or_default();
        if known.busy {
            return Err(SnapshotError::Busy(name.to_owned()));
        }
        known.busy = true;
        Ok(Turn {
            snapshots: self,
            domain,
        })
    }

    /// Writes what is different in the new tree to the disk, then lets everybody see it.
    async fn publish(&self, turn: &Turn<'_>, name: &str, tree: Tree) -> Result<(), SnapshotError> {
        let (before, store) = (self.of(turn.domain), self.store(name));
        let failed = |source| SnapshotError::Store {
            domain: name.to_owned(),
            source,
        };
        for moment in tree.moments() {
            let text = tree.file(moment);
            let known = before
                .get(moment.name())
                .ok()
                .map(|known| before.file(known));
            if known.as_ref() != Some(&text) {
                let header = generated_header("snapshot-edit", name);
                let file = file_name(moment.name())?;
                store.write(&file, header + &text).await.map_err(failed)?;
            }
        }
        for moment in before.moments() {
            if tree.get(moment.name()).is_err() {
                let file = file_name(moment.name())?;
                store.remove(&file).await.map_err(failed)?;
            }
        }
        self.lock().entry(turn.domain).or_default().tree = Arc::new(tree);
        Ok(())
    }

    fn store(&self, domain: &str) -> Store {
        Store::new(self.folder.join(domain))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Domain>> {
        self.domains.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(domain) = self.snapshots.lock().get_mut(&self.domain) {
            domain.busy = false;
        }
    }
}

fn file_name(name: &str) -> Result<FileName, SnapshotError> {
    FileName::new(name).map_err(|source| SnapshotError::Name {
        name: name.to_owned(),
        source,
    })
}
