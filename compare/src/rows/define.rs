//! Durable definitions by one client, against the disk's own rate.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Pair, Served, serve_all};
use crate::domain;
use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::statistics::Samples;

/// Definitions of a round.
const ROUND: u32 = 300;
const ROUNDS: u32 = 5;
/// How many definitions there are in the second figure.
const MANY: u32 = 5000;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let served = serve_all().await?;
    let few = rounds(&served, "few").await?;
    for daemon in &served {
        for number in 0..MANY.saturating_sub(ROUND * ROUNDS) {
            let xml = domain::xml(&format!("many{number}"));
            daemon.connection.define_domain(&xml).await?;
        }
    }
    let many = rounds(&served, "more").await?;
    let figure = |what: &str, (pair, disk): (Pair, Samples)| Figure {
        what: what.to_owned(),
        unit: "1/s",
        ours: pair.ours,
        theirs: pair.theirs,
        base: Some(("the disk", disk)),
        budget: Budget::AtLeastTimesBase(0.7),
    };
    Ok(vec![
        figure("define, durable, one client", few),
        figure("define, over 5,000 domains", many),
    ])
}

async fn rounds(served: &[Served], name: &str) -> Result<(Pair, Samples), Failure> {
    let (mut pair, mut disk) = (Pair::default(), Samples::default());
    for round in 0..ROUNDS {
        if let Some(first) = served.first() {
            disk.push(rate(disk_round(first.subject.root())?));
        }
        for daemon in served {
            let begun = Instant::now();
            for number in 0..ROUND {
                let xml = domain::xml(&format!("{name}{round}x{number}"));
                daemon.connection.define_domain(&xml).await?;
            }
            pair.of(daemon.kind).push(rate(begun.elapsed()));
        }
    }
    Ok((pair, disk))
}

fn rate(time: Duration) -> f64 {
    f64::from(ROUND) / time.as_secs_f64()
}

/// What durable writing costs without anyone between: write, fsync, rename, fsync of the directory.
fn disk_round(root: &Path) -> Result<Duration, Failure> {
    let folder = root.join("disk");
    std::fs::create_dir_all(&folder).map_err(Failure::io("make a folder"))?;
    let text = domain::xml("disk").repeat(4);
    let begun = Instant::now();
    for number in 0..ROUND {
        let (new, name) = (folder.join("new"), folder.join(format!("{number}.xml")));
        let mut file = File::create(&new).map_err(Failure::io("make a file"))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| std::fs::rename(&new, &name))
            .and_then(|()| File::open(&folder)?.sync_all())
            .map_err(Failure::io("write a file durably"))?;
    }
    Ok(begun.elapsed())
}
