//! `virtqemud`: the QEMU driver as a daemon.

use std::process::ExitCode;
use std::sync::Arc;

use daemon::{Context, DaemonSpec, Family, MakeError};
use driver::Lifecycle;
use driver::layout::Scope;
use process::DaemonName;
use qemu_driver::{Config, Mode, QemuDriver};

fn main() -> ExitCode {
    let spec = DaemonSpec {
        name: DaemonName::Virtqemud,
        family: Family::Hypervisor,
        about: "manages QEMU virtual machines",
    };
    daemon::run(spec, open)
}

async fn open(context: Context) -> Result<Arc<dyn Lifecycle>, MakeError> {
    let mode = match context.layout.scope() {
        Scope::Session => Mode::Session,
        Scope::System | Scope::Root => Mode::System,
    };
    let parsed = Config::load(&context.layout.config_base().join("qemu.conf"))?;
    for warning in parsed.warnings {
        tracing::warn!("qemu.conf: {warning}");
    }
    let driver = QemuDriver::open(context.layout, parsed.config, mode).await?;
    let door = driver.door();
    // Clients need not wait for the guests that start with the host.
    tokio::spawn(async move { driver.autostart().await });
    Ok(Arc::new(door))
}
