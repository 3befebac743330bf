//! Durable definitions by one client, against the disk's own rate.

use std::fs::File;
use std::io::Write;
use std::ops::Range;
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
/// Definitions between two changes of the subject: the disk's own rate drifts by a factor of two within seconds.
const SLICE: u32 = 20;
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
        let mut took = vec![Duration::ZERO; served.len()];
        let mut disk_took = Duration::ZERO;
        for first in (0..ROUND).step_by(SLICE as usize) {
            let slice = first..first + SLICE;
            if let Some(first) = served.first() {
                disk_took += disk_slice(first.subject.root(), slice.clone())?;
            }
            for (daemon, took) in served.iter().zip(&mut took) {
                let begun = Instant::now();
                for number in slice.clone() {
                    let xml = domain::xml(&format!("{name}{round}x{number}"));
                    daemon.connection.define_domain(&xml).await?;
                }
                *took += begun.elapsed();
            }
        }
        disk.push(rate(disk_took));
        for (daemon, took) in served.iter().zip(took) {
            pair.of(daemon.kind).push(rate(took));
        }
    }
    Ok((pair, disk))
}

fn rate(time: Duration) -> f64 {
    f64::from(ROUND) / time.as_secs_f64()
}

/// What durable writing costs without anyone between: write, fsync, rename, fsync of the directory.
fn disk_slice(root: &Path, slice: Range<u32>) -> Result<Duration, Failure> {
    let folder = root.join("disk");
    std::fs::create_dir_all(&folder).map_err(Failure::io("make a folder"))?;
    let text = domain::xml("disk").repeat(4);
    let begun = Instant::now();
    for number in slice {
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
