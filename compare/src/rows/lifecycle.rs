//! From the call to a running guest, over raw QEMU with the same arguments; and back.

use std::time::Instant;

use super::{Pair, Served, serve_all};
use crate::domain;
use crate::failure::Failure;
use crate::raw;
use crate::report::{Budget, Figure};
use crate::statistics::Samples;

/// Lives of each subject.
const LIVES: u32 = 15;

pub(super) async fn measure() -> Result<Vec<Figure>, Failure> {
    let served = serve_all().await?;
    let (mut start, mut stop) = (Pair::default(), Pair::default());
    let (mut raw_start, mut raw_stop) = (Samples::default(), Samples::default());
    let Some(first) = served.first() else {
        return Ok(Vec::new());
    };
    let arguments = raw_arguments(first).await?;
    for round in 0..=LIVES {
        let raw = raw::life(first.subject.root(), &arguments)?;
        // The first round warms caches up.
        if round > 0 {
            raw_start.push_ms(raw.start);
            raw_stop.push_ms(raw.stop);
        }
        for daemon in &served {
            let begun = Instant::now();
            let guest = daemon
                .connection
                .create_domain(&domain::xml("life"))
                .await?;
            let started = begun.elapsed();
            let begun = Instant::now();
            guest.destroy().await?;
            if round > 0 {
                start.of(daemon.kind).push_ms(started);
                stop.of(daemon.kind).push_ms(begun.elapsed());
            }
        }
    }
    Ok(vec![
        Figure {
            what: "create → running, warm daemon".to_owned(),
            unit: "ms",
            ours: start.ours,
            theirs: start.theirs,
            base: Some(("raw QEMU", raw_start)),
            budget: Budget::AtMostTimesBase(1.3),
        },
        Figure {
            what: "destroy of a running VM".to_owned(),
            unit: "ms",
            ours: stop.ours,
            theirs: stop.theirs,
            base: Some(("raw kill", raw_stop)),
            budget: Budget::AtMost(20.0),
        },
    ])
}

/// The daemon's own arguments for the domain, without what ties QEMU to the daemon: the monitor's
/// descriptor, which [`raw`] replaces by one of its own, and the pause at start.
async fn raw_arguments(daemon: &Served) -> Result<Vec<String>, Failure> {
    let line = daemon
        .connection
        .domain_xml_to_native("qemu-argv", &domain::xml("life"))
        .await?;
    let words = words(&line);
    let program = words
        .iter()
        .position(|word| word == domain::QEMU)
        .unwrap_or(0);
    let mut arguments = Vec::new();
    let mut rest = words.into_iter().skip(program + 1).peekable();
    while let Some(option) = rest.next() {
        let value = rest.next_if(|word| !word.starts_with('-'));
        let tied = value
            .as_ref()
            .is_some_and(|value| value.contains("charmonitor") || value.contains("masterKey"));
        if option == "-S" || tied {
            continue;
        }
        arguments.push(option);
        arguments.extend(value);
    }
    Ok(arguments)
}

/// Splits a shell command line with single quotes and continued lines.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.replace("\\\n", " ").chars() {
        match c {
            '\'' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_command_line_is_split_as_a_shell_does() {
        assert_eq!(
            super::words("A=b \\\n/bin/q -device '{\"a\": 1}' \\\n-S\n"),
            ["A=b", "/bin/q", "-device", "{\"a\": 1}", "-S"]
        );
    }
}
