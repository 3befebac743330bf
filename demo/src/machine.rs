//! The machine of the demo and its short life.

use std::time::Duration;

use ferrovirt::enums::DomainEventType;
use ferrovirt::flags::{DomainConsoleFlags, DomainCreateFlags, DomainUndefineFlagsValues};
use ferrovirt::{Connection, Domain, DomainEvent, DomainEvents, EventKind};
use tokio::time::timeout;

use crate::console::Console;
use crate::failure::Failure;
use crate::phases::Phases;

/// What the guest's first process says on its console.
const GREETING: &str = "Ferrovirt guest ready";

/// Seconds after which a guest that is emulated on a busy machine counts as silent or stubborn.
const PATIENCE: u64 = 120;

/// The machine, defined.
pub(crate) struct Machine {
    connection: Connection,
    domain: Domain,
}

impl Machine {
    pub(crate) async fn define(
        connection: &Connection,
        kernel: &str,
        initrd: &str,
    ) -> Result<Self, Failure> {
        let domain = connection.define_domain(&document(kernel, initrd)).await?;
        Ok(Self {
            connection: connection.clone(),
            domain,
        })
    }

    /// From power on to power off.
    pub(crate) async fn live(&self, phases: &mut Phases) -> Result<(), Failure> {
        let mut events = self
            .connection
            .domain_events(&[EventKind::Lifecycle], Some(&self.domain))
            .await?;
        // Paused, so that the console is open before the guest says its first word; destroyed with
        // the connection, so that it cannot outlive the demo.
        let how = DomainCreateFlags::START_PAUSED | DomainCreateFlags::START_AUTODESTROY;
        let domain = phases
            .run("start QEMU", self.domain.start_with(how))
            .await?;
        let stream = domain.open_console(None, DomainConsoleFlags::empty());
        let mut console = Console::new(phases.run("open the console", stream).await?);
        phases.run("let it run", domain.resume()).await?;
        println!();
        phases.run("boot", greeted(&mut console)).await?;
        phases.run("press the button", domain.shutdown()).await?;
        phases.run("shut down", stopped(&mut events)).await
    }

    /// Stops what still runs and removes the definition.
    pub(crate) async fn forget(&self) -> Result<(), Failure> {
        if self.domain.is_active().await? {
            self.domain.destroy().await?;
        }
        Ok(self
            .domain
            .undefine(DomainUndefineFlagsValues::empty())
            .await?)
    }
}

async fn greeted(console: &mut Console) -> Result<(), Failure> {
    println!();
    let greeting = console.show_until(GREETING);
    let shown = timeout(Duration::from_secs(PATIENCE), greeting).await;
    print!("{:<20} …", "");
    shown.map_err(|_| Failure::Silent(PATIENCE))?
}

async fn stopped(events: &mut DomainEvents) -> Result<(), Failure> {
    let stop = async {
        while let Some(event) = events.next().await {
            if matches!(
                event,
                DomainEvent::Lifecycle {
                    event: DomainEventType::Stopped,
                    ..
                }
            ) {
                return Ok(());
            }
        }
        Err(Failure::Ended)
    };
    timeout(Duration::from_secs(PATIENCE), stop)
        .await
        .map_err(|_| Failure::Stubborn(PATIENCE))?
}

/// A machine without disks and networks, emulated, so that it runs wherever QEMU does.
fn document(kernel: &str, initrd: &str) -> String {
    let (kernel, initrd) = (escaped(kernel), escaped(initrd));
    format!(
        "<domain type='qemu'>
  <name>demo</name>
  <memory unit='MiB'>256</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>{kernel}</kernel>
    <initrd>{initrd}</initrd>
    <cmdline>console=ttyS0 quiet</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <console type='pty'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>"
    )
}

/// A path as XML text.
fn escaped(path: &str) -> String {
    path.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_break_the_document() {
        assert!(document("/a&b/<k>", "/i").contains("<kernel>/a&amp;b/&lt;k></kernel>"));
    }
}
