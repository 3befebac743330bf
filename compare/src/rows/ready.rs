//! From the start of the process until the daemon serves.

use super::Pair;
use crate::failure::Failure;
use crate::report::{Budget, Figure};
use crate::subject::{Kind, Subject};

const ROUNDS: u32 = 5;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let mut pair = Pair::default();
    for _ in 0..ROUNDS {
        for kind in Kind::installed() {
            let subject = Subject::start(kind)?;
            pair.of(kind).push_ms(subject.ready_after);
        }
    }
    Ok(vec![Figure {
        what: "daemon ready to serve, cold (C: with its namespace)".to_owned(),
        unit: "ms",
        ours: pair.ours,
        theirs: pair.theirs,
        base: None,
        budget: Budget::AtMost(30.0),
    }])
}
