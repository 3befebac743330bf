//! Queries while a QEMU on the host hangs.

use std::time::{Duration, Instant};

use ferrovirt::{Domain, XmlOptions};
use rustix::process::{Pid, Signal, kill_process};

use super::{Pair, serve_all};
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
    let mut asked = Query::ALL.map(|query| (query, Pair::default()));
    for daemon in serve_all().await? {
        let guest = daemon
            .connection
            .create_domain(&domain::xml("hung"))
            .await?;
        let Some(qemu) = qemu_of("hung", daemon.subject.root()) else {
            continue;
        };
        kill_process(qemu, Signal::STOP).map_err(|error| Failure::io("stop QEMU")(error.into()))?;
        let count = match daemon.kind {
            Kind::Ferrovirt => QUERIES,
            Kind::Libvirt => THEIR_QUERIES,
        };
        for (query, pair) in &mut asked {
            for _ in 0..count {
                let begun = Instant::now();
                // Too long is what is measured; an error is an answer.
                let _ = tokio::time::timeout(PATIENCE, query.ask(&guest)).await;
                pair.of(daemon.kind).push_ms(begun.elapsed());
            }
        }
        let _ = kill_process(qemu, Signal::KILL);
    }
    let figures = asked.into_iter().map(|(query, pair)| Figure {
        what: format!(
            "{} with a hung QEMU, 99th percentile ({})",
            query.name(),
            query.asks()
        ),
        unit: "ms",
        ours: percentile(&pair.ours),
        theirs: percentile(&pair.theirs),
        base: None,
        budget: Budget::AtMost(10.0),
    });
    Ok(figures.collect())
}

/// What is asked while QEMU hangs.
#[derive(Debug, Clone, Copy)]
enum Query {
    Info,
    Document,
    MemoryStats,
    ControlInfo,
}

impl Query {
    const ALL: [Self; 4] = [
        Self::Info,
        Self::Document,
        Self::MemoryStats,
        Self::ControlInfo,
    ];

    /// The command of `virsh` that asks it.
    fn name(self) -> &'static str {
        match self {
            Self::Info => "dominfo",
            Self::Document => "dumpxml",
            Self::MemoryStats => "dommemstat",
            Self::ControlInfo => "domcontrol",
        }
    }

    /// Whether the monitor has part in the answer.
    fn asks(self) -> &'static str {
        match self {
            Self::MemoryStats => "the monitor has part in the answer",
            Self::Info | Self::Document | Self::ControlInfo => "asks nothing of the monitor",
        }
    }

    async fn ask(self, guest: &Domain) -> ferrovirt::Result<()> {
        match self {
            Self::Info => guest.info().await.map(drop),
            Self::Document => guest.xml(XmlOptions::empty()).await.map(drop),
            Self::ControlInfo => guest.control_info().await.map(drop),
            Self::MemoryStats => guest.memory_statistics().await.map(drop),
        }
    }
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
