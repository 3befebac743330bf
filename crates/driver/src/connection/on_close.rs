//! What a connection leaves to be done when it ends: autodestroy, consoles, registrations.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rpc::BoxFuture;

type Action = Box<dyn FnOnce() -> BoxFuture<'static, ()> + Send>;

/// The actions that wait for the end of a connection. They run once, the newest first.
#[derive(Default)]
pub struct OnClose {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    actions: Ended<Vec<(OnCloseId, Action)>>,
}

/// Whether the connection has ended; until then it holds what waits for that.
enum Ended<T> {
    NotYet(T),
    Yes,
}

/// Names a registered action, to take it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OnCloseId(u64);

impl OnClose {
    /// Registers an action. On a connection that has ended meanwhile it is started at once.
    pub fn register<F>(&self, action: impl FnOnce() -> F + Send + 'static) -> OnCloseId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let action: Action = Box::new(move || Box::pin(action()));
        let mut state = self.lock();
        let id = OnCloseId(state.next);
        state.next += 1;
        if let Ended::NotYet(actions) = &mut state.actions {
            actions.push((id, action));
            return id;
        }
        drop(state);
        tokio::spawn(action());
        id
    }

    /// Takes an action back; `false` when it has run or was taken back before.
    pub fn cancel(&self, id: OnCloseId) -> bool {
        let mut state = self.lock();
        let Ended::NotYet(actions) = &mut state.actions else {
            return false;
        };
        let before = actions.len();
        actions.retain(|(known, _)| *known != id);
        actions.len() < before
    }

    /// Runs all actions and returns when they are done. A second call finds nothing to do.
    pub async fn run(&self) {
        let actions = match std::mem::replace(&mut self.lock().actions, Ended::Yes) {
            Ended::NotYet(actions) => actions,
            Ended::Yes => return,
        };
        for (_, action) in actions.into_iter().rev() {
            // A task of its own each: a panic in one must not keep the others from running.
            if let Err(error) = tokio::spawn(action()).await {
                tracing::error!(%error, "an action at the end of a connection failed");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Default> Default for Ended<T> {
    fn default() -> Self {
        Self::NotYet(T::default())
    }
}

impl fmt::Debug for OnClose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = match &self.lock().actions {
            Ended::NotYet(actions) => actions.len(),
            Ended::Yes => 0,
        };
        f.debug_struct("OnClose")
            .field("waiting", &waiting)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn note(
        log: &Arc<Mutex<Vec<u32>>>,
        entry: u32,
    ) -> impl FnOnce() -> BoxFuture<'static, ()> + use<> {
        let log = Arc::clone(log);
        move || Box::pin(async move { log.lock().unwrap().push(entry) })
    }

    #[tokio::test]
    async fn actions_run_once_and_the_newest_first() {
        let (on_close, log) = (OnClose::default(), Arc::default());
        on_close.register(note(&log, 1));
        let second = on_close.register(note(&log, 2));
        on_close.register(note(&log, 3));
        assert!(on_close.cancel(second));
        assert!(!on_close.cancel(second));
        on_close.run().await;
        on_close.run().await;
        assert_eq!(*log.lock().unwrap(), [3, 1]);
    }

    #[tokio::test]
    async fn a_panic_stops_no_other_action() {
        let (on_close, log) = (OnClose::default(), Arc::default());
        on_close.register(note(&log, 1));
        on_close.register(|| async { panic!("this one is broken") });
        on_close.run().await;
        assert_eq!(*log.lock().unwrap(), [1]);
    }

    #[tokio::test]
    async fn what_comes_too_late_is_done_at_once() {
        let on_close = OnClose::default();
        on_close.run().await;
        let (done, told) = tokio::sync::oneshot::channel();
        let id = on_close.register(|| async move { done.send(()).unwrap() });
        told.await.unwrap();
        assert!(!on_close.cancel(id));
    }
}
