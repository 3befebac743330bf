//! Queries while a QEMU on the host hangs.

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::serve_all;
use crate::domain;
use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::statistics::Samples;
use crate::subject::Kind;

/// Queries of our daemon.
const QUERIES: u32 = 300;
/// Queries of the C daemon; each may take as long as [`PATIENCE`].
const THEIR_QUERIES: u32 = 3;
/// A query that takes longer counts as this long.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    for daemon in serve_all().await? {
        let guest = daemon
            .connection
            .create_domain(&domain::xml("hung"))
            .await?;
        let Some(qemu) = qemu_of("hung", daemon.subject.root()) else {
            continue;
        };
        kill_process(qemu, Signal::STOP).map_err(|error| Failure::io("stop QEMU")(error.into()))?;
        let (count, samples) = match daemon.kind {
            Kind::Ferrovirt => (QUERIES, &mut ours),
            Kind::Libvirt => (THEIR_QUERIES, &mut theirs),
        };
        for _ in 0..count {
            let begun = Instant::now();
            // Too long is what is measured; an error is an answer.
            let _ = tokio::time::timeout(PATIENCE, guest.info()).await;
            samples.push_ms(begun.elapsed());
        }
        let _ = kill_process(qemu, Signal::KILL);
    }
    Ok(vec![Figure {
        what: "dominfo with a hung QEMU, 99th percentile (asks nothing of the monitor)".to_owned(),
        unit: "ms",
        ours: percentile(&ours),
        theirs: percentile(&theirs),
        base: None,
        budget: Budget::AtMost(10.0),
    }])
}

fn percentile(samples: &Samples) -> Samples {
    let mut one = Samples::default();
    if let Some(value) = samples.quantile(0.99) {
        one.push(value);
    }
    one
}

/// The QEMU of the domain `name` whose state is below `root`.
fn qemu_of(name: &str, root: &std::path::Path) -> Option<Pid> {
    let (guest, root) = (format!("guest={name},"), root.display().to_string());
    std::fs::read_dir("/proc")
        .ok()?
        .flatten()
        .find_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let text = |file| {
                let bytes = std::fs::read(entry.path().join(file)).ok()?;
                Some(String::from_utf8_lossy(&bytes).into_owned())
            };
            let named = text("cmdline")?.contains(&guest);
            // The C daemon's QEMU sees its namespace's paths; its mounts tell the root.
            let ours = text("environ")?.contains(&root) || text("mountinfo")?.contains(&root);
            (named && ours).then(|| Pid::from_raw(pid)).flatten()
        })
}
