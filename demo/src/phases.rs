//! The phases of the demo, each shown when it begins, with its time when it ends.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// The phases so far.
#[derive(Debug, Default)]
pub(crate) struct Phases {
    times: Vec<(&'static str, Duration)>,
}

impl Phases {
    /// Runs a phase and keeps its time.
    pub(crate) async fn run<T>(&mut self, name: &'static str, work: impl Future<Output = T>) -> T {
        print!("{name:<20} …");
        // The name is to be seen while the phase lasts; a terminal that is gone is no failure.
        let _ = std::io::stdout().flush();
        let start = Instant::now();
        let result = work.await;
        let time = start.elapsed();
        println!(" {}", milliseconds(time));
        self.times.push((name, time));
        result
    }

    /// One line a phase and one for their sum.
    pub(crate) fn table(&self) -> String {
        let mut table = String::new();
        for (name, time) in &self.times {
            let _ = writeln!(table, "{name:<20} {:>10}", milliseconds(*time));
        }
        let sum = self.times.iter().map(|(_, time)| *time).sum();
        let _ = write!(table, "{:<20} {:>10}", "all", milliseconds(sum));
        table
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_table_has_every_phase_and_their_sum() {
        let mut phases = Phases::default();
        assert_eq!(phases.run("one", async { 1 }).await, 1);
        phases.times = vec![
            ("one", Duration::from_millis(2)),
            ("two", Duration::from_micros(500)),
        ];
        assert_eq!(
            phases.table(),
            "one                      2.0 ms\ntwo                      0.5 ms\n\
             all                      2.5 ms"
        );
    }
}
