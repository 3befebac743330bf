//! What each step gave, as it goes and as a table at the end.

use std::time::{Duration, Instant};

use crate::error::Error;

/// The steps so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    time: Duration,
    passed: bool,
}

impl Report {
    /// Runs a step; a failure is told and kept for the end.
    pub(super) fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<(), Error>) {
        println!("\n=== {name}");
        let start = Instant::now();
        let result = run();
        let time = start.elapsed();
        match &result {
            Ok(()) => println!("=== {name}: ok in {:.1} s", time.as_secs_f64()),
            Err(failure) => println!(
                "=== {name}: FAILED in {:.1} s: {failure}",
                time.as_secs_f64()
            ),
        }
        self.steps.push(Step {
            name,
            time,
            passed: result.is_ok(),
        });
    }

    /// Runs a step without which no later one makes sense.
    pub(super) fn must(
        &mut self,
        name: &'static str,
        run: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.step(name, run);
        if self.steps.last().is_some_and(|step| !step.passed) {
            self.finish()
        } else {
            Ok(())
        }
    }

    /// Prints the table; an error when any step failed.
    pub(super) fn finish(&self) -> Result<(), Error> {
        print!("\n{}", self.table());
        let failed: Vec<_> = self.steps.iter().filter(|step| !step.passed).collect();
        if failed.is_empty() {
            return Ok(());
        }
        let names = failed
            .iter()
            .map(|step| step.name)
            .collect::<Vec<_>>()
            .join(", ");
        Err(Error::StepsFailed {
            count: failed.len(),
            total: self.steps.len(),
            names,
        })
    }

    fn table(&self) -> String {
        let row = |step: &Step| {
            let verdict = if step.passed { "ok" } else { "FAILED" };
            format!(
                "{:<24} {verdict:<7} {:>7.1} s\n",
                step.name,
                step.time.as_secs_f64()
            )
        };
        let total: Duration = self.steps.iter().map(|step| step.time).sum();
        let rows: String = self.steps.iter().map(row).collect();
        format!(
            "{rows}{:<24} {:<7} {:>7.1} s\n",
            "all",
            "",
            total.as_secs_f64()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_kept_and_named_at_the_end() {
        let mut report = Report::default();
        report.step("one", || Err(Error::Findings(3)));
        report.step("two", || Ok(()));
        let failure = report.finish().unwrap_err();
        assert_eq!(failure.to_string(), "1 of 2 steps failed: one");
        let table = report.table();
        assert!(table.contains("one                      FAILED"), "{table}");
        assert_eq!(table.lines().count(), 3);
    }

    #[test]
    fn what_others_stand_on_ends_the_run() {
        let mut report = Report::default();
        assert!(report.must("ground", || Ok(())).is_ok());
        assert!(report.must("ground", || Err(Error::Findings(1))).is_err());
    }
}
