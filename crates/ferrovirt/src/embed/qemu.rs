//! `qemu:///embed?root=DIR`: the QEMU driver, one for each root that is open in this process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use client::{ConnectUri, Opener, Opening};
use driver::Lifecycle;
use layout::{Instance, Layout};
use qemu_driver::{Config, Lifetime, Mode, QemuDriver};
use rpc::{Limits, Transport};
use tokio::sync::Mutex;

use super::chain;

/// Opens the QEMU driver.
pub(super) struct Embedded;

impl Opener for Embedded {
    fn knows(&self, uri: &ConnectUri) -> bool {
        uri.driver() == "qemu" && uri.path() == "/embed"
    }

    fn open<'a>(&'a self, uri: &'a ConnectUri) -> Opening<'a> {
        Box::pin(async {
            let root = root(uri)?;
            let lifetime = lifetime(uri)?;
            connect(root, lifetime).await
        })
    }
}

/// The drivers that are open. The lock is held while one opens and while one closes, so that the
/// next connection to a root never meets a driver that is half there.
static OPEN: Mutex<Option<HashMap<PathBuf, Open>>> = Mutex::const_new(None);

/// A driver with the connections that use it.
struct Open {
    driver: Arc<dyn Lifecycle>,
    lifetime: Lifetime,
    connections: usize,
    _instance: Instance,
}

async fn connect(root: PathBuf, lifetime: Lifetime) -> Result<Transport, String> {
    let mut guard = OPEN.lock().await;
    let open = guard.get_or_insert_default();
    let service = match open.get_mut(&root) {
        Some(entry) if entry.lifetime == lifetime => {
            entry.connections += 1;
            entry.driver.service()
        }
        Some(_) => {
            return Err(format!(
                "'{}' is open in this process with another lifetime: use the same one",
                root.display()
            ));
        }
        None => {
            let entry = start(&root, lifetime).await?;
            let service = entry.driver.service();
            open.insert(root.clone(), entry);
            service
        }
    };
    drop(guard);
    let (ours, theirs) = rpc::transport::pair();
    tokio::spawn(async move {
        rpc::serve(theirs, service, Limits::default()).await;
        disconnect(&root).await;
    });
    Ok(ours)
}

/// The driver of a root ends with the last connection to it. Whether its VMs do is their lifetime.
async fn disconnect(root: &Path) {
    let mut guard = OPEN.lock().await;
    let Some(entry) = guard.as_mut().and_then(|open| open.get_mut(root)) else {
        return;
    };
    entry.connections -= 1;
    if entry.connections == 0
        && let Some(entry) = guard.as_mut().and_then(|open| open.remove(root))
    {
        entry.driver.shutdown().await;
    }
}

async fn start(root: &Path, lifetime: Lifetime) -> Result<Open, String> {
    let layout = Layout::root(root);
    std::fs::create_dir_all(layout.state_base())
        .map_err(|error| format!("cannot make '{}': {error}", layout.state_base().display()))?;
    let lock = layout.pid_file("virtqemud");
    let instance = Instance::acquire(&lock).map_err(|error| chain(&error))?;
    let parsed =
        Config::load(&layout.config_base().join("qemu.conf")).map_err(|error| chain(&error))?;
    let driver = QemuDriver::open(layout, parsed.config, Mode::Embed { lifetime })
        .await
        .map_err(|error| chain(&error))?;
    Ok(Open {
        driver: Arc::new(driver.door()),
        lifetime,
        connections: 1,
        _instance: instance,
    })
}

/// The folder under which the driver keeps everything, made if need be.
fn root(uri: &ConnectUri) -> Result<PathBuf, String> {
    let root = uri
        .parameter("root")
        .filter(|root| root.starts_with('/'))
        .ok_or_else(|| {
            format!("'{uri}' needs a folder of its own, by its full path: qemu:///embed?root=/DIR")
        })?;
    std::fs::create_dir_all(root)
        .and_then(|()| std::fs::canonicalize(root))
        .map_err(|error| format!("cannot use the root '{root}': {error}"))
}

fn lifetime(uri: &ConnectUri) -> Result<Lifetime, String> {
    let Some(word) = uri.parameter("lifetime") else {
        return Ok(Lifetime::default());
    };
    Lifetime::from_parameter(word).ok_or_else(|| {
        format!("'{uri}' has the unknown lifetime '{word}': use outlive, process or connection")
    })
}
