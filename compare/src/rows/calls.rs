//! What a query costs: alone, and from eight connections at once.

use std::time::Instant;

use ferrovirt::{Connection, Domain};
use tokio::task::JoinSet;

use super::{Pair, connect, serve_all};
use crate::domain;
use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::subject::Subject;

const CALLS: u32 = 3000;
const ROUNDS: u32 = 5;
const CONNECTIONS: u32 = 8;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let served = serve_all().await?;
    for daemon in &served {
        daemon
            .connection
            .define_domain(&domain::xml("asked"))
            .await?;
    }
    let (mut latency, mut rate) = (Pair::default(), Pair::default());
    for _ in 0..ROUNDS {
        for daemon in &served {
            let asked = daemon.connection.lookup_domain("asked").await?;
            let begun = Instant::now();
            ask(&asked, CALLS).await?;
            let each = begun.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS);
            latency.of(daemon.kind).push(each);
            rate.of(daemon.kind).push(crowd(&daemon.subject).await?);
        }
    }
    Ok(vec![
        Figure {
            what: "dominfo call, one connection".to_owned(),
            unit: "µs",
            ours: latency.ours,
            theirs: latency.theirs,
            base: None,
            budget: Budget::AtMostTimesTheirs(0.7),
        },
        Figure {
            what: "dominfo calls, 8 connections".to_owned(),
            unit: "1/s",
            ours: rate.ours,
            theirs: rate.theirs,
            base: None,
            budget: Budget::AtLeastTimesTheirs(3.0),
        },
    ])
}

async fn ask(domain: &Domain, calls: u32) -> Result<(), Failure> {
    for _ in 0..calls {
        domain.info().await?;
    }
    Ok(())
}

/// Calls per second of all connections together.
async fn crowd(subject: &Subject) -> Result<f64, Failure> {
    let mut connections: Vec<Connection> = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(connect(subject).await?);
    }
    let begun = Instant::now();
    let mut clients = JoinSet::new();
    for connection in connections {
        clients.spawn(async move {
            let asked = connection.lookup_domain("asked").await?;
            ask(&asked, CALLS).await
        });
    }
    while let Some(client) = clients.join_next().await {
        client??;
    }
    Ok(f64::from(CONNECTIONS * CALLS) / begun.elapsed().as_secs_f64())
}
