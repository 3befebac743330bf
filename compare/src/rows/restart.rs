//! A daemon's start with 5,000 defined domains, until all are listed.

use std::time::Instant;

use ferrovirt::flags::ConnectListAllDomainsFlags;

use super::{Pair, connect, serve_all};
use crate::domain;
use crate::failure::Failure;
use crate::report::{Budget, Figure};

const DEFINITIONS: u32 = 5000;
const ROUNDS: u32 = 3;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let mut pair = Pair::default();
    for mut daemon in serve_all().await? {
        for number in 0..DEFINITIONS {
            let xml = domain::xml(&format!("m{number}"));
            daemon.connection.define_domain(&xml).await?;
        }
        for _ in 0..ROUNDS {
            daemon.subject.restart()?;
            let begun = Instant::now();
            let connection = connect(&daemon.subject).await?;
            connection
                .list_all_domains(ConnectListAllDomainsFlags::empty())
                .await?;
            let time = daemon.subject.ready_after + begun.elapsed();
            pair.of(daemon.kind).push(time.as_secs_f64());
        }
    }
    Ok(vec![Figure {
        what: "start with 5,000 defined domains until all are listed".to_owned(),
        unit: "s",
        ours: pair.ours,
        theirs: pair.theirs,
        base: None,
        budget: Budget::AtMost(0.4),
    }])
}
