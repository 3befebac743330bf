//! Who is connected to a VM's consoles.
//!
//! A pseudo-terminal has one reader that gets each byte, so that a second client is refused, unless it insists:
//! then the first one is put out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// The connections to a VM's consoles, by terminal.
#[derive(Debug, Default)]
pub struct Consoles {
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    by_terminal: HashMap<String, (u64, oneshot::Sender<()>)>,
}

/// A connection to a terminal.
#[derive(Debug)]
pub struct Seat {
    number: u64,
    /// Ends when somebody else takes the terminal, or the VM stops.
    pub ousted: oneshot::Receiver<()>,
}

/// Somebody is connected already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Active console session exists for this domain")]
pub struct Occupied;

impl Consoles {
    /// Takes a terminal; with `force` also from somebody else.
    ///
    /// # Errors
    /// When it is occupied.
    pub fn take(&self, terminal: &str, force: bool) -> Result<Seat, Occupied> {
        let mut open = self.lock();
        let occupied = open
            .by_terminal
            .get(terminal)
            .is_some_and(|(_, seat)| !seat.is_closed());
        if occupied && !force {
            return Err(Occupied);
        }
        open.next += 1;
        let number = open.next;
        let (oust, ousted) = oneshot::channel();
        // Dropping the other side of the former one puts it out.
        open.by_terminal.insert(terminal.to_owned(), (number, oust));
        Ok(Seat { number, ousted })
    }

    /// Leaves a terminal.
    pub fn leave(&self, terminal: &str, seat: &Seat) {
        let mut open = self.lock();
        if open
            .by_terminal
            .get(terminal)
            .is_some_and(|(number, _)| *number == seat.number)
        {
            open.by_terminal.remove(terminal);
        }
    }

    /// Puts everybody out: the VM has stopped.
    pub fn close_all(&self) {
        self.lock().by_terminal = HashMap::new();
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_client_is_refused_until_the_first_leaves() {
        let consoles = Consoles::default();
        let seat = consoles.take("/dev/pts/1", false).unwrap();
        assert_eq!(consoles.take("/dev/pts/1", false).unwrap_err(), Occupied);
        assert!(consoles.take("/dev/pts/2", false).is_ok());
        consoles.leave("/dev/pts/1", &seat);
        assert!(consoles.take("/dev/pts/1", false).is_ok());
    }

    #[test]
    fn a_client_that_insists_puts_the_first_one_out() {
        let consoles = Consoles::default();
        let mut first = consoles.take("/dev/pts/1", false).unwrap();
        let mut second = consoles.take("/dev/pts/1", true).unwrap();
        assert!(
            first
                .ousted
                .try_recv()
                .is_err_and(|error| error == oneshot::error::TryRecvError::Closed)
        );
        // The first one's leaving must not take the second one's seat.
        consoles.leave("/dev/pts/1", &first);
        assert_eq!(consoles.take("/dev/pts/1", false).unwrap_err(), Occupied);
        assert!(
            second
                .ousted
                .try_recv()
                .is_err_and(|error| error == oneshot::error::TryRecvError::Empty)
        );
    }

    #[test]
    fn nobody_stays_when_the_vm_stops() {
        let consoles = Consoles::default();
        let mut seat = consoles.take("/dev/pts/1", false).unwrap();
        consoles.close_all();
        assert!(
            seat.ousted
                .try_recv()
                .is_err_and(|error| error == oneshot::error::TryRecvError::Closed)
        );
    }
}
