//! What happens when nobody needs the daemon.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use driver::Lifecycle;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::clients::Server;

/// After so long without a change among the clients, free memory is given back.
const QUIET: Duration = Duration::from_secs(2);

/// Returns when there were no clients and no work for as long as `limit` says; never while it
/// says nothing.
pub(crate) async fn unneeded(
    servers: &[Arc<Server>],
    driver: &dyn Lifecycle,
    mut limit: watch::Receiver<Option<Duration>>,
) {
    loop {
        let Some(patience) = *limit.borrow_and_update() else {
            if limit.changed().await.is_err() {
                return std::future::pending().await;
            }
            continue;
        };
        let change = async {
            tokio::select! {
                () = clients_changed(servers) => {}
                _ = limit.changed() => {}
            }
        };
        let elapsed = timeout(patience, change).await.is_err();
        if elapsed && no_clients(servers) && driver.is_idle() {
            return;
        }
    }
}

/// Gives free memory back whenever clients have come or gone and it has become quiet.
pub(crate) async fn give_memory_back(servers: Vec<Arc<Server>>) {
    loop {
        clients_changed(&servers).await;
        while timeout(QUIET, clients_changed(&servers)).await.is_ok() {}
        process::give_back_free_memory();
    }
}

fn no_clients(servers: &[Arc<Server>]) -> bool {
    servers.iter().all(|server| *server.count().borrow() == 0)
}

/// Waits until a client comes or goes.
async fn clients_changed(servers: &[Arc<Server>]) {
    let mut counts: Vec<_> = servers.iter().map(|server| server.count()).collect();
    let mut changes: Vec<_> = counts
        .iter_mut()
        .map(|count| Box::pin(count.changed()))
        .collect();
    std::future::poll_fn(|cx| {
        let ready = changes
            .iter_mut()
            .any(|change| change.as_mut().poll(cx).is_ready());
        if ready {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use driver::Lifecycle;
    use rpc::{BoxFuture, Service};
    use tokio::sync::watch;
    use tokio::time::{Instant, timeout};

    use super::{Server, unneeded};
    use crate::settings::Settings;

    struct Fake(AtomicBool);

    impl Lifecycle for Fake {
        fn name(&self) -> &'static str {
            "Fake"
        }
        fn service(&self) -> Arc<dyn Service> {
            unreachable!("nobody connects")
        }
        fn is_idle(&self) -> bool {
            self.0.load(Ordering::SeqCst)
        }
        fn shutdown(&self) -> BoxFuture<'static, ()> {
            Box::pin(async {})
        }
    }

    const LIMIT: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn a_daemon_without_clients_and_work_is_unneeded_after_its_time() {
        let servers = [Server::new("main", &Settings::default().main)];
        let (_keep, limit) = watch::channel(Some(LIMIT));
        let start = Instant::now();
        unneeded(&servers, &Fake(true.into()), limit).await;
        assert_eq!(start.elapsed().as_secs(), 60);
    }

    #[tokio::test(start_paused = true)]
    async fn clients_and_work_keep_it() {
        let servers = [Server::new("main", &Settings::default().main)];
        let (_keep, limit) = watch::channel(Some(LIMIT));
        let busy = Fake(false.into());
        assert!(
            timeout(LIMIT * 5, unneeded(&servers, &busy, limit.clone()))
                .await
                .is_err()
        );
        busy.0.store(true, Ordering::SeqCst);
        let place = servers[0].place().await;
        assert!(
            timeout(LIMIT * 5, unneeded(&servers, &busy, limit.clone()))
                .await
                .is_err()
        );
        drop(place);
        unneeded(&servers, &busy, limit).await;
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_can_be_switched_on_later() {
        let servers = [Server::new("main", &Settings::default().main)];
        let (set, limit) = watch::channel(None);
        let fake = Fake(true.into());
        assert!(
            timeout(LIMIT * 5, unneeded(&servers, &fake, limit.clone()))
                .await
                .is_err()
        );
        set.send_replace(Some(LIMIT));
        unneeded(&servers, &fake, limit).await;
    }
}
