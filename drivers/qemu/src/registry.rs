//! All VMs of a driver, by UUID, name and number.
//!
//! The lock is held for look-ups only; what a VM is like is in its own snapshot.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use documents::Uuid;

use crate::vm::Vm;

/// All VMs of a driver.
#[derive(Debug, Default)]
pub struct Registry {
    index: RwLock<Index>,
}

#[derive(Debug, Default)]
struct Index {
    by_uuid: HashMap<Uuid, Arc<Vm>>,
    by_name: BTreeMap<Arc<str>, Uuid>,
    by_id: HashMap<i32, Uuid>,
}

/// Why a name or UUID is not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Another VM has the name.
    #[error("domain '{name}' already exists with uuid {uuid}")]
    Name {
        /// The name that both want.
        name: Arc<str>,
        /// Of the VM that has it.
        uuid: Uuid,
    },
    /// A VM of another name has the UUID.
    #[error("domain '{name}' is already defined with uuid {uuid}")]
    Uuid {
        /// Of the VM that has it.
        name: Arc<str>,
        /// The UUID that both want.
        uuid: Uuid,
    },
}

impl Registry {
    /// The VM with this name and UUID, made if there is none.
    ///
    /// # Errors
    /// When only one of the two is that of an existing VM.
    pub fn claim(&self, name: &Arc<str>, uuid: Uuid) -> Result<Arc<Vm>, Conflict> {
        let mut index = self.write();
        if let Some(vm) = index.by_uuid.get(&uuid) {
            let existing = vm.snapshot().name.clone();
            return match existing == *name {
                true => Ok(vm.clone()),
                false => Err(Conflict::Uuid {
                    name: existing,
                    uuid,
                }),
            };
        }
        if let Some(taken) = index.by_name.get(name) {
            return Err(Conflict::Name {
                name: name.clone(),
                uuid: *taken,
            });
        }
        let vm = Arc::new(Vm::new(uuid, name.clone()));
        index.by_uuid.insert(uuid, vm.clone());
        index.by_name.insert(name.clone(), uuid);
        Ok(vm)
    }

    /// The VM with this UUID.
    pub fn by_uuid(&self, uuid: Uuid) -> Option<Arc<Vm>> {
        self.read().by_uuid.get(&uuid).cloned()
    }

    /// The VM with this name.
    pub fn by_name(&self, name: &str) -> Option<Arc<Vm>> {
        let index = self.read();
        index
            .by_name
            .get(name)
            .and_then(|uuid| index.by_uuid.get(uuid))
            .cloned()
    }

    /// The active VM with this number.
    pub fn by_id(&self, id: i32) -> Option<Arc<Vm>> {
        let index = self.read();
        index
            .by_id
            .get(&id)
            .and_then(|uuid| index.by_uuid.get(uuid))
            .cloned()
    }

    /// All VMs in the order of their names.
    pub fn all(&self) -> Vec<Arc<Vm>> {
        let index = self.read();
        index
            .by_name
            .values()
            .filter_map(|uuid| index.by_uuid.get(uuid))
            .cloned()
            .collect()
    }

    /// Notes the number of a VM that has become active.
    pub fn bind_id(&self, id: i32, uuid: Uuid) {
        self.write().by_id.insert(id, uuid);
    }

    /// Forgets the number of a VM that has stopped.
    pub fn unbind_id(&self, id: i32) {
        self.write().by_id.remove(&id);
    }

    /// Gives a VM another name. The old one stays taken until [`Registry::release_name`], so that a failed
    /// renaming can go back.
    ///
    /// # Errors
    /// When another VM has the name.
    pub fn claim_name(&self, name: &Arc<str>, uuid: Uuid) -> Result<(), Conflict> {
        let mut index = self.write();
        if let Some(taken) = index.by_name.get(name) {
            return Err(Conflict::Name {
                name: name.clone(),
                uuid: *taken,
            });
        }
        index.by_name.insert(name.clone(), uuid);
        Ok(())
    }

    /// Gives up a name.
    pub fn release_name(&self, name: &str) {
        self.write().by_name.remove(name);
    }

    /// Forgets a VM.
    pub fn remove(&self, vm: &Vm) {
        let mut index = self.write();
        index.by_uuid.remove(&vm.uuid);
        index.by_name.retain(|_, uuid| *uuid != vm.uuid);
        index.by_id.retain(|_, uuid| *uuid != vm.uuid);
    }

    fn read(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(registry: &Registry, name: &str, uuid: u8) -> Result<Arc<Vm>, Conflict> {
        registry.claim(&name.into(), Uuid([uuid; 16]))
    }

    #[test]
    fn the_same_name_and_uuid_are_the_same_vm() {
        let registry = Registry::default();
        let vm = claim(&registry, "a", 1).unwrap();
        assert!(Arc::ptr_eq(&vm, &claim(&registry, "a", 1).unwrap()));
        assert!(Arc::ptr_eq(&vm, &registry.by_name("a").unwrap()));
    }

    #[test]
    fn half_of_an_identity_is_a_conflict() {
        let registry = Registry::default();
        claim(&registry, "a", 1).unwrap();
        let uuid = Uuid([1; 16]);
        let name = claim(&registry, "a", 2).unwrap_err();
        assert_eq!(
            name,
            Conflict::Name {
                name: "a".into(),
                uuid
            }
        );
        assert_eq!(
            name.to_string(),
            "domain 'a' already exists with uuid 01010101-0101-0101-0101-010101010101"
        );
        let error = claim(&registry, "b", 1).unwrap_err();
        assert_eq!(
            error,
            Conflict::Uuid {
                name: "a".into(),
                uuid
            }
        );
    }

    #[test]
    fn a_vm_that_is_forgotten_leaves_nothing() {
        let registry = Registry::default();
        let vm = claim(&registry, "a", 1).unwrap();
        registry.bind_id(7, vm.uuid);
        assert!(registry.by_id(7).is_some());
        registry.remove(&vm);
        assert!(registry.by_id(7).is_none() && registry.by_name("a").is_none());
        assert!(claim(&registry, "a", 2).is_ok());
    }

    #[test]
    fn lists_are_in_the_order_of_names() {
        let registry = Registry::default();
        for (name, uuid) in [("c", 3), ("a", 1), ("b", 2)] {
            claim(&registry, name, uuid).unwrap();
        }
        let names: Vec<_> = registry
            .all()
            .iter()
            .map(|vm| vm.snapshot().name.clone())
            .collect();
        assert_eq!(names, ["a".into(), "b".into(), "c".into()] as [Arc<str>; 3]);
    }
}
