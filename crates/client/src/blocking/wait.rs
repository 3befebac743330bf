//! Waiting for a future on the calling thread.
//!
//! The caller polls the future itself, within the context of this process's own runtime, and
//! sleeps until it is woken. So arguments may be borrowed, and unlike `Runtime::block_on` it
//! works on every thread, those of other runtimes included.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Runtime};

use crate::error::{Error, Result, SharedIo};

/// The runtime behind all blocking handles. It lives as long as the process.
fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: OnceLock<Result<Runtime, SharedIo>> = OnceLock::new();
    let made = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("ferrovirt")
            .enable_all()
            .build()
            .map_err(Arc::new)
    });
    made.as_ref().map_err(|source| Error::Runtime {
        source: source.clone(),
    })
}

/// Waits for what may fail anyway, starting the runtime if need be.
pub(super) fn wait<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    runtime()?;
    finish(future)
}

/// Waits for a future of a handle, which exists only when the runtime does.
pub(super) fn finish<F: Future>(future: F) -> F::Output {
    let _context = runtime().ok().map(Runtime::enter);
    let sleeper = Arc::new(Sleeper {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(sleeper.clone());
    // A task's budget is renewed only when it yields, which this one cannot.
    let mut future = pin!(tokio::task::unconstrained(future));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        while !sleeper.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// A thread that waits. The flag keeps apart what wakes it and what else unparks a thread.
struct Sleeper {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
