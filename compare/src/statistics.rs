//! Samples and what is said of them.

use std::time::Duration;

/// Measurements of one thing, in the unit of their row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// Adds a time in milliseconds.
    pub(crate) fn push_ms(&mut self, time: Duration) {
        self.push(time.as_secs_f64() * 1e3);
    }

    pub(crate) fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The value below which `share` (0 to 1) of the samples lie.
    pub(crate) fn quantile(&self, share: f64) -> Option<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position among at most some thousand samples"
        )]
        let position = (last as f64 * share).round() as usize;
        sorted.get(position).copied()
    }

    pub(crate) fn range(&self) -> Option<(f64, f64)> {
        Some((self.quantile(0.0)?, self.quantile(1.0)?))
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn quantiles_are_samples() {
        let mut samples = Samples::default();
        assert_eq!(samples.median(), None);
        for value in [5.0, 1.0, 4.0, 2.0, 3.0] {
            samples.push(value);
        }
        assert_eq!(samples.median(), Some(3.0));
        assert_eq!(samples.quantile(0.99), Some(5.0));
        assert_eq!(samples.range(), Some((1.0, 5.0)));
    }
}
