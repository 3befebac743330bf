//! Typed storage that upper layers attach to a session.

use std::any::{Any, TypeId};
use std::sync::{Arc, Mutex, PoisonError};

type Slot = (TypeId, Arc<dyn Any + Send + Sync>);

/// One value per type, shared by all clones of a session and dropped with the last of them.
///
/// A session has two or three of these, so a list is both the smallest and the fastest map.
#[derive(Debug, Default)]
pub struct Extensions {
    slots: Mutex<Vec<Slot>>,
}

impl Extensions {
    /// The value of type `T`, when one was stored.
    #[must_use]
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        find(&self.lock())
    }

    /// The value of type `T`, made by `make` when there is none yet.
    ///
    /// `make` must not use these extensions.
    pub fn get_or_init<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let mut slots = self.lock();
        if let Some(value) = find(&slots) {
            return value;
        }
        let value = Arc::new(make());
        slots.push((TypeId::of::<T>(), value.clone()));
        value
    }

    /// Stores `value` in place of the one of the same type.
    pub fn insert<T: Any + Send + Sync>(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut slots = self.lock();
        slots.retain(|(id, _)| *id != TypeId::of::<T>());
        slots.push((TypeId::of::<T>(), value.clone()));
        value
    }

    /// Takes the value of type `T` out.
    pub fn remove<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let mut slots = self.lock();
        let value = find(&slots);
        slots.retain(|(id, _)| *id != TypeId::of::<T>());
        value
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find<T: Any + Send + Sync>(slots: &[Slot]) -> Option<Arc<T>> {
    let (_, value) = slots.iter().find(|(id, _)| *id == TypeId::of::<T>())?;
    value.clone().downcast().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_per_type() {
        let extensions = Extensions::default();
        assert!(extensions.get::<u32>().is_none());
        assert_eq!(*extensions.get_or_init(|| 7_u32), 7);
        assert_eq!(*extensions.get_or_init(|| 8_u32), 7);
        extensions.insert(9_u32);
        extensions.insert("text");
        assert_eq!(extensions.get::<u32>().as_deref(), Some(&9));
        assert_eq!(extensions.remove::<u32>().as_deref(), Some(&9));
        assert!(extensions.get::<u32>().is_none());
        assert_eq!(extensions.get::<&str>().as_deref(), Some(&"text"));
    }
}
