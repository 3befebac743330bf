//! The first capabilities, with an empty cache.

use std::time::Instant;

use super::{Pair, connect};
use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::subject::{Kind, Subject};

const ROUNDS: u32 = 3;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let mut pair = Pair::default();
    for _ in 0..ROUNDS {
        for kind in Kind::installed() {
            let subject = Subject::start(kind)?;
            let connection = connect(&subject).await?;
            let begun = Instant::now();
            connection.capabilities().await?;
            pair.of(kind).push_ms(begun.elapsed());
        }
    }
    Ok(vec![Figure {
        what: "first capabilities, empty cache".to_owned(),
        unit: "ms",
        ours: pair.ours,
        theirs: pair.theirs,
        base: None,
        budget: Budget::AtMost(1000.0),
    }])
}
