//! Fifty paused VMs, one client, in series.

use std::time::Instant;

use ferrovirt::flags::DomainCreateFlags;

use super::{Pair, serve_all};
use crate::domain;
use crate::failure::Failure;
use crate::report::{Budget, Figure};

const MACHINES: u32 = 50;

/// Machines of the C daemon: its figures are those of fifty, scaled. All fifty would take minutes.
const THEIR_MACHINES: u32 = 5;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let (mut create, mut destroy) = (Pair::default(), Pair::default());
    for daemon in serve_all().await? {
        let count = match daemon.kind {
            crate::subject::Kind::Ferrovirt => MACHINES,
            crate::subject::Kind::Libvirt => THEIR_MACHINES,
        };
        let scale = f64::from(MACHINES) / f64::from(count);
        // One life before, so that no cache is cold.
        let xml = domain::xml("first");
        daemon
            .connection
            .create_domain(&xml)
            .await?
            .destroy()
            .await?;
        let begun = Instant::now();
        let mut machines = Vec::new();
        for number in 0..count {
            let xml = domain::xml(&format!("m{number}"));
            let paused = DomainCreateFlags::START_PAUSED;
            machines.push(daemon.connection.create_domain_with(&xml, paused).await?);
        }
        create
            .of(daemon.kind)
            .push(begun.elapsed().as_secs_f64() * scale);
        let begun = Instant::now();
        for machine in machines {
            machine.destroy().await?;
        }
        destroy
            .of(daemon.kind)
            .push(begun.elapsed().as_secs_f64() * scale);
    }
    let figure = |what: &str, pair: Pair, limit| Figure {
        what: format!("{what} (C: {THEIR_MACHINES}, scaled)"),
        unit: "s",
        ours: pair.ours,
        theirs: pair.theirs,
        base: None,
        budget: Budget::AtMost(limit),
    };
    Ok(vec![
        figure("50 paused VMs: create all", create, 5.0),
        figure("50 paused VMs: destroy all", destroy, 1.0),
    ])
}
