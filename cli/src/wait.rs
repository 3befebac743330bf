//! Waiting for events: the first one, or all until a time, a key or the connection's end.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::shell::Shell;

/// Prints events: `one` waits for the next, prints it and says whether there was any. Hearing
/// nothing is a failure that says no more.
pub(crate) async fn for_events(
    shell: &Shell,
    arguments: &Arguments,
    mut one: impl AsyncFnMut() -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let deadline = timeout(arguments)?.map(|timeout| Instant::now() + timeout);
    let mut count = 0_u64;
    let why = loop {
        tokio::select! {
            heard = one() => {
                if !heard? {
                    break None;
                }
                count += 1;
                if !arguments.flag("loop") {
                    break None;
                }
            }
            () = at(deadline) => break Some("event loop timed out"),
            _ = tokio::signal::ctrl_c() => break Some("event loop interrupted"),
        }
    };
    if !arguments.flag("json") {
        if let Some(why) = why {
            shell.line(why)?;
        }
        shell.line(&format!("events received: {count}"))?;
    }
    match count {
        0 => Err(Failure::Nothing),
        _ => Ok(()),
    }
}

/// The seconds of `--timeout`; none at all is no time to wait for.
fn timeout(arguments: &Arguments) -> Result<Option<Duration>, Failure> {
    let seconds = arguments.number::<u32>("timeout")?;
    match seconds {
        Some(0) => Err(Failure::BadNumber {
            name: "timeout",
            text: "0".to_owned(),
        }),
        other => Ok(other.map(|seconds| Duration::from_secs(seconds.into()))),
    }
}

async fn at(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
