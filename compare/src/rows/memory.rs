//! What an idle daemon takes, and what each further definition adds.

use super::{Pair, serve_all};
use crate::domain;
use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::subject::Subject;

const DEFINITIONS: u32 = 2000;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let (mut rss, mut private, mut each) = (Pair::default(), Pair::default(), Pair::default());
    for daemon in serve_all().await? {
        daemon.connection.hostname().await?;
        let idle = Usage::of(&daemon.subject)?;
        rss.of(daemon.kind).push(idle.rss / 1024.0);
        private.of(daemon.kind).push(idle.private / 1024.0);
        // One definition before, so that what is loaded once is not counted.
        daemon
            .connection
            .define_domain(&domain::xml("first"))
            .await?;
        let before = Usage::of(&daemon.subject)?;
        for number in 0..DEFINITIONS {
            let xml = domain::xml(&format!("m{number}"));
            daemon.connection.define_domain(&xml).await?;
        }
        let after = Usage::of(&daemon.subject)?;
        let grown = after.private - before.private;
        each.of(daemon.kind).push(grown / f64::from(DEFINITIONS));
    }
    let figure = |what: &str, unit, pair: Pair, limit| Figure {
        what: what.to_owned(),
        unit,
        ours: pair.ours,
        theirs: pair.theirs,
        base: None,
        budget: Budget::AtMost(limit),
    };
    Ok(vec![
        figure("idle RSS", "MiB", rss, 10.0),
        figure("idle private memory", "MiB", private, 4.0),
        figure("memory per further defined domain", "KiB", each, 6.0),
    ])
}

/// A daemon's memory, in KiB.
struct Usage {
    rss: f64,
    private: f64,
}

impl Usage {
    fn of(subject: &Subject) -> Result<Self, Failure> {
        let pid = subject.pid().map_or(0, |pid| pid.as_raw_nonzero().get());
        let path = format!("/proc/{pid}/smaps_rollup");
        let text = std::fs::read_to_string(&path).map_err(Failure::io(format!("read {path}")))?;
        let kib = |name: &str| {
            text.lines()
                .filter_map(|line| line.strip_prefix(name))
                .filter_map(|rest| rest.split_whitespace().next()?.parse::<f64>().ok())
                .sum::<f64>()
        };
        Ok(Self {
            rss: kib("Rss:"),
            private: kib("Private_Clean:") + kib("Private_Dirty:"),
        })
    }
}
