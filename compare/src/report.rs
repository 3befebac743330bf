//! The figures as lines and as `docs/benchmarks.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::machine::Machine;
use crate::statistics::Samples;

/// One figure of one row.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    pub(crate) ours: Samples,
    /// The C daemon's; without samples where it is not installed.
    pub(crate) theirs: Samples,
    /// What both are held against, with its name: raw QEMU, the disk.
    pub(crate) base: Option<(&'static str, Samples)>,
    pub(crate) budget: Budget,
}

/// What the design asks of a figure.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::enum_variant_names,
    reason = "the names read as the budgets do"
)]
pub(crate) enum Budget {
    /// At most this, in the row's unit.
    AtMost(f64),
    /// At most this share of the base's median.
    AtMostTimesBase(f64),
    /// At least this share of the base's median.
    AtLeastTimesBase(f64),
    /// At most this share of the C daemon's median.
    AtMostTimesTheirs(f64),
    /// At least this multiple of the C daemon's median.
    AtLeastTimesTheirs(f64),
}

impl Figure {
    /// Whether the budget is kept; `None` where what it is held against is missing.
    pub(crate) fn kept(&self) -> Option<bool> {
        let ours = self.ours.median()?;
        let base = || self.base.as_ref().and_then(|(_, samples)| samples.median());
        Some(match self.budget {
            Budget::AtMost(limit) => ours <= limit,
            Budget::AtMostTimesBase(share) => ours <= share * base()?,
            Budget::AtLeastTimesBase(share) => ours >= share * base()?,
            Budget::AtMostTimesTheirs(share) => ours <= share * self.theirs.median()?,
            Budget::AtLeastTimesTheirs(share) => ours >= share * self.theirs.median()?,
        })
    }

    fn budget_words(&self) -> String {
        let base = self.base.as_ref().map_or("the base", |(name, _)| name);
        match self.budget {
            Budget::AtMost(limit) => format!("≤ {limit} {}", self.unit),
            Budget::AtMostTimesBase(share) => format!("≤ {share} × {base}"),
            Budget::AtLeastTimesBase(share) => format!("≥ {share} × {base}"),
            Budget::AtMostTimesTheirs(share) => format!("≤ {share} × C"),
            Budget::AtLeastTimesTheirs(share) => format!("≥ {share} × C"),
        }
    }
}

/// A figure in one line for the terminal.
pub(crate) fn line(figure: &Figure) -> String {
    let mut text = format!(
        "{}: {} {}; C {}",
        figure.what,
        number(figure.ours.median()),
        figure.unit,
        number(figure.theirs.median()),
    );
    if let Some((name, samples)) = &figure.base {
        let _ = write!(text, "; {name} {}", number(samples.median()));
    }
    let _ = write!(
        text,
        "; budget {}: {}",
        figure.budget_words(),
        verdict(figure)
    );
    text
}

/// Writes `docs/benchmarks.md`.
pub(crate) fn write(machine: &Machine, figures: &[Figure]) -> Result<PathBuf, Failure> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = workspace.join("docs/benchmarks.md");
    let text = document(machine, figures);
    std::fs::File::create(&path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .map_err(Failure::io(format!("write {}", path.display())))?;
    Ok(path)
}

fn document(machine: &Machine, figures: &[Figure]) -> String {
    let Machine {
        date,
        processors,
        memory,
        kernel,
        qemu,
        libvirt,
        ferrovirt,
    } = machine;
    let mut text = format!(
        "# Benchmarks\n\nWritten by `cargo xtask compare`; nothing here is edited by hand. Medians of runs that \
         alternate between the subjects\non one machine in one run; the range of the runs stands in brackets.\n\n\
         | | |\n| --- | --- |\n| date | {date} |\n| processors | {processors} |\n| memory | {memory} |\n| kernel | \
         {kernel} |\n| QEMU | {qemu} (TCG) |\n| C libvirt | {libvirt} |\n| Ferrovirt | {ferrovirt} |\n\n\
         | what | unit | Ferrovirt | C libvirt | C ÷ Ferrovirt | held against | budget | kept |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for figure in figures {
        let base = figure.base.as_ref().map_or_else(
            || "–".to_owned(),
            |(name, samples)| format!("{name}: {}", cell(samples)),
        );
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {base} | {} | {} |",
            figure.what,
            figure.unit,
            cell(&figure.ours),
            cell(&figure.theirs),
            ratio(figure),
            figure.budget_words(),
            verdict(figure),
        );
    }
    text.push_str(NOTES);
    text
}

/// What is known of the budgets that are missed, written by hand.
const NOTES: &str = include_str!("notes.md");

fn verdict(figure: &Figure) -> &'static str {
    match figure.kept() {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "not measured",
    }
}

fn ratio(figure: &Figure) -> String {
    match (figure.theirs.median(), figure.ours.median()) {
        (Some(theirs), Some(ours)) if ours > 0.0 => format!("{:.2}", theirs / ours),
        _ => "–".to_owned(),
    }
}

fn cell(samples: &Samples) -> String {
    match (samples.median(), samples.range()) {
        (Some(median), Some((least, most))) => format!(
            "{} ({}–{})",
            number(Some(median)),
            number(Some(least)),
            number(Some(most))
        ),
        _ => "–".to_owned(),
    }
}

fn number(value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if value.abs() >= 100.0 => format!("{value:.0}"),
        Some(value) if value.abs() >= 10.0 => format!("{value:.1}"),
        Some(value) => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Figure};
    use crate::statistics::Samples;

    fn figure(ours: f64, theirs: f64, base: f64, budget: Budget) -> Figure {
        let of = |value| {
            let mut samples = Samples::default();
            samples.push(value);
            samples
        };
        Figure {
            what: "x".to_owned(),
            unit: "ms",
            ours: of(ours),
            theirs: of(theirs),
            base: Some(("raw", of(base))),
            budget,
        }
    }

    #[test]
    fn a_budget_can_be_kept_and_missed() {
        for (budget, kept) in [
            (Budget::AtMost(10.0), true),
            (Budget::AtMost(9.0), false),
            (Budget::AtMostTimesBase(2.0), true),
            (Budget::AtMostTimesBase(1.9), false),
            (Budget::AtLeastTimesBase(2.0), true),
            (Budget::AtLeastTimesBase(2.1), false),
            (Budget::AtMostTimesTheirs(0.5), true),
            (Budget::AtMostTimesTheirs(0.4), false),
            (Budget::AtLeastTimesTheirs(0.5), true),
            (Budget::AtLeastTimesTheirs(0.6), false),
        ] {
            assert_eq!(
                figure(10.0, 20.0, 5.0, budget).kept(),
                Some(kept),
                "{budget:?}"
            );
        }
    }

    #[test]
    fn without_the_peer_a_ratio_is_not_judged() {
        let mut figure = figure(1.0, 1.0, 1.0, Budget::AtMostTimesTheirs(1.0));
        figure.theirs = Samples::default();
        assert_eq!(figure.kept(), None);
    }
}
