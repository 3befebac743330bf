//! The order of operations on one file.
//!
//! Operations run on a pool of threads, which promises no order. Each takes a number when it is
//! asked for; one that comes to run after a later one of the same name has nothing left to do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{FileName, StoreError};

/// The files that have operations under way.
#[derive(Debug, Default)]
pub(super) struct Order {
    files: Arc<Mutex<HashMap<FileName, File>>>,
}

#[derive(Debug, Default)]
struct File {
    /// The number of the newest operation that was asked for.
    newest: u64,
    /// How many tickets are out.
    tickets: usize,
    /// Held while an operation touches the file: the number of the last that succeeded.
    done: Arc<Mutex<u64>>,
}

/// The right to operate on one file, once.
#[derive(Debug)]
pub(super) struct Ticket {
    files: Arc<Mutex<HashMap<FileName, File>>>,
    name: FileName,
    number: u64,
    done: Arc<Mutex<u64>>,
}

impl Order {
    /// Takes the next place in the order of this file's operations.
    pub(super) fn ticket(&self, name: &FileName) -> Ticket {
        let mut files = lock(&self.files);
        let file = files.entry(name.clone()).or_default();
        file.newest += 1;
        file.tickets += 1;
        let (number, done) = (file.newest, Arc::clone(&file.done));
        Ticket {
            files: Arc::clone(&self.files),
            name: name.clone(),
            number,
            done,
        }
    }
}

impl Ticket {
    /// Runs the operation, unless a later one has already taken effect.
    pub(super) fn run(
        self,
        operation: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut done = lock(&self.done);
        if *done > self.number {
            return Ok(());
        }
        operation()?;
        *done = self.number;
        Ok(())
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut files = lock(&self.files);
        if let Some(file) = files.get_mut(&self.name) {
            file.tickets -= 1;
            if file.tickets == 0 {
                files.remove(&self.name);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(log: &mut Vec<u32>, entry: u32) -> Result<(), StoreError> {
        log.push(entry);
        Ok(())
    }

    #[test]
    fn an_overtaken_operation_does_nothing() {
        let order = Order::default();
        let name = FileName::new("vm").unwrap();
        let (first, second) = (order.ticket(&name), order.ticket(&name));
        let mut log = Vec::new();
        second.run(|| note(&mut log, 2)).unwrap();
        first.run(|| note(&mut log, 1)).unwrap();
        assert_eq!(log, [2]);
    }

    #[test]
    fn a_failed_operation_does_not_count() {
        let order = Order::default();
        let name = FileName::new("vm").unwrap();
        let (first, second) = (order.ticket(&name), order.ticket(&name));
        second.run(|| Err(StoreError::Interrupted)).unwrap_err();
        let mut log = Vec::new();
        first.run(|| note(&mut log, 1)).unwrap();
        assert_eq!(log, [1]);
    }

    #[test]
    fn nothing_is_remembered_of_files_at_rest() {
        let order = Order::default();
        let name = FileName::new("vm").unwrap();
        order.ticket(&name).run(|| Ok(())).unwrap();
        drop(order.ticket(&name));
        assert!(lock(&order.files).is_empty());
    }
}
