//! Changes of what the next boot will use, and of what is only written about a VM.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use driver::store::{Autostart, FileName, StoreError, generated_header};

use super::Owner;
use crate::removed::removed;
use crate::vm::announcement::Lifecycle;
use crate::vm::definition::Definition;
use crate::vm::error::VmError;
use crate::vm::request::{Edit, Undefine};
use crate::vm::start::nvram;
use crate::vm::state::State;
use crate::vm::swtpm;

impl Owner {
    /// Uses a definition from the next boot on.
    pub(super) async fn define(&mut self, definition: Arc<Definition>) -> Result<(), VmError> {
        let known = self.vm.snapshot().definition.is_some();
        self.save(&definition).await?;
        self.vm
            .publish(|snapshot| snapshot.definition = Some(definition));
        self.tell([if known {
            Lifecycle::DefinedUpdated
        } else {
            Lifecycle::DefinedAdded
        }
        .into()]);
        Ok(())
    }

    /// Drops the definition. An active VM becomes transient.
    pub(super) async fn undefine(&mut self, undefine: Undefine) -> Result<(), VmError> {
        let snapshot = self.vm.snapshot();
        let Some(definition) = &snapshot.definition else {
            return Err(VmError::Transient { what: "undefine" });
        };
        let nvram = nvram_file(definition).filter(|file| file.exists());
        match (nvram, undefine.nvram) {
            (Some(_), None) => return Err(VmError::HasNvram),
            (Some(path), Some(true)) => remove_nvram(path)?,
            (Some(_), Some(false)) | (None, _) => {}
        }
        let keeps_tpm = definition
            .document()
            .ok()
            .and_then(|document| swtpm::emulator(&document)?.persistent_state);
        let file = FileName::new(&*snapshot.name)?;
        for links in self.links() {
            let unset = links.set(&file, false).await;
            self.stored(unset)?;
        }
        let removed = self.driver.definitions().remove(&file).await;
        self.stored(removed)?;
        self.vm.publish(|snapshot| {
            snapshot.definition = None;
            snapshot.autostart = false;
            snapshot.autostart_once = false;
        });
        // That of an active VM goes when it stops.
        let removes_tpm = undefine.tpm.unwrap_or(keeps_tpm != Some(true));
        if removes_tpm && !matches!(snapshot.state, State::Active(..)) {
            self.remove_tpm();
        }
        self.tell([Lifecycle::UndefinedRemoved.into()]);
        Ok(())
    }

    /// Removes the state of the emulated TPM of a VM that is gone for good.
    pub(super) fn remove_tpm(&self) {
        if let Err(error) = swtpm::remove(self.vm.uuid, self.driver.layout()) {
            tracing::warn!(domain = %self.name(), %error, "the state of a TPM could not be removed");
        }
    }

    /// Gives the VM another name.
    pub(super) async fn rename(&mut self, name: Arc<str>) -> Result<(), VmError> {
        if self
            .driver
            .registry()
            .claim_name(&name, self.vm.uuid)
            .is_err()
        {
            return Err(VmError::NameTaken(name));
        }
        let result = self.try_rename(&name).await;
        if result.is_err() {
            self.driver.registry().release_name(&name);
        }
        result
    }

    async fn try_rename(&mut self, name: &Arc<str>) -> Result<(), VmError> {
        let snapshot = self.vm.snapshot();
        let old = snapshot.name.clone();
        let Some(definition) = &snapshot.definition else {
            return Err(VmError::Transient { what: "rename" });
        };
        let mut document = self.document(definition)?;
        document.name = name.to_string();
        let definition = Arc::new(Definition::of(&document));
        let (old_file, new_file) = (FileName::new(&*old)?, FileName::new(&**name)?);
        self.save(&definition).await?;
        let marks = [snapshot.autostart, snapshot.autostart_once];
        for (links, _) in self.links().into_iter().zip(marks).filter(|(_, set)| *set) {
            let moved = links.set(&new_file, true).await;
            self.stored(moved)?;
            let unset = links.set(&old_file, false).await;
            self.stored(unset)?;
        }
        let removed = self.driver.definitions().remove(&old_file).await;
        self.stored(removed)?;
        self.vm.publish(|snapshot| {
            snapshot.name = name.clone();
            snapshot.definition = Some(definition);
        });
        self.driver.registry().release_name(&old);
        self.driver
            .announce_as(&old, &self.vm, Lifecycle::UndefinedRenamed.into());
        self.tell([Lifecycle::DefinedRenamed.into()]);
        Ok(())
    }

    /// Starts the VM with the host, or not.
    pub(super) async fn set_autostart(&mut self, enabled: bool) -> Result<(), VmError> {
        let links = self.driver.definitions().autostart();
        self.set_link(&links, enabled).await?;
        self.vm.publish(|snapshot| snapshot.autostart = enabled);
        Ok(())
    }

    /// Starts the VM with the host's next boot, or not.
    pub(super) async fn set_autostart_once(&mut self, enabled: bool) -> Result<(), VmError> {
        let links = self.driver.definitions().autostart_once();
        self.set_link(&links, enabled).await?;
        self.vm
            .publish(|snapshot| snapshot.autostart_once = enabled);
        Ok(())
    }

    async fn set_link(&mut self, links: &Autostart, enabled: bool) -> Result<(), VmError> {
        let snapshot = self.vm.snapshot();
        if snapshot.definition.is_none() {
            return Err(VmError::Transient {
                what: "set autostart for",
            });
        }
        let set = links.set(&FileName::new(&*snapshot.name)?, enabled).await;
        self.stored(set)
    }

    /// The links of every boot and of the next one.
    fn links(&self) -> [Autostart; 2] {
        let definitions = self.driver.definitions();
        [definitions.autostart(), definitions.autostart_once()]
    }

    /// Changes the documents: first the one on disk, which may fail.
    pub(super) async fn edit(&mut self, edit: Edit) -> Result<(), VmError> {
        let snapshot = self.vm.snapshot();
        if edit.config {
            let Some(definition) = &snapshot.definition else {
                return Err(VmError::Transient {
                    what: "change the persistent config of",
                });
            };
            let mut document = self.document(definition)?;
            (edit.apply)(&mut document);
            let definition = Arc::new(Definition::of(&document));
            self.save(&definition).await?;
            self.vm
                .publish(|snapshot| snapshot.definition = Some(definition));
        }
        if edit.live {
            if !matches!(snapshot.state, State::Active(..)) {
                return Err(crate::vm::admission::Reason::NotRunning.into());
            }
            self.update(|live, _| (edit.apply)(Arc::make_mut(&mut live.document)));
            self.save_status().await;
        }
        self.tell(edit.announce);
        Ok(())
    }

    fn document(&self, definition: &Definition) -> Result<documents::domain::Domain, VmError> {
        definition.document().map_err(|source| VmError::Unreadable {
            name: self.name(),
            source,
        })
    }

    async fn save(&mut self, definition: &Definition) -> Result<(), VmError> {
        let file = FileName::new(&*definition.name)?;
        let text = generated_header("edit", &definition.name) + definition.text();
        let written = self.driver.definitions().write(&file, text).await;
        self.stored(written)
    }

    fn stored(&self, result: Result<(), StoreError>) -> Result<(), VmError> {
        result.map_err(|source| VmError::Store {
            name: self.name(),
            source,
        })
    }
}

/// The file of the firmware's variables, if the document names one.
fn nvram_file(definition: &Definition) -> Option<PathBuf> {
    let document = definition.document().ok()?;
    nvram::file(document.os.nvram.as_ref()?).map(PathBuf::from)
}

fn remove_nvram(path: PathBuf) -> Result<(), VmError> {
    removed(fs::remove_file(&path)).map_err(|source| VmError::RemoveNvram { path, source })
}
