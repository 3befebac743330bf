//! Moments as documents spell them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use xml::{Scalar, Shape, ValueError};

/// How a moment is written: no fraction, no zone.
const FORMAT: &str = "%Y-%m-%dT%H:%M:%S";

/// A moment in UTC to the second: `2010-04-09T15:51:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(DateTime);

/// The text is not a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a moment is written as YYYY-MM-DDTHH:MM:SS, in UTC")]
pub struct UtcTimeError;

impl UtcTime {
    /// Seconds since 1970 began; negative before.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        TimeZone::UTC
            .to_timestamp(self.0)
            .map_or(i64::MAX, jiff::Timestamp::as_second)
    }
}

impl FromStr for UtcTime {
    type Err = UtcTimeError;

    fn from_str(text: &str) -> Result<Self, UtcTimeError> {
        DateTime::strptime(FORMAT, text)
            .map(Self)
            .map_err(|_| UtcTimeError)
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.strftime(FORMAT).fmt(f)
    }
}

impl Scalar for UtcTime {
    const SHAPE: Shape = Shape::Named("moment");
    fn read(text: &str) -> Result<Self, ValueError> {
        text.parse().map_err(|_| ValueError::Malformed {
            expected: "a moment in UTC as YYYY-MM-DDTHH:MM:SS",
        })
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_comes_back_as_it_was_and_counts_from_1970() {
        let time: UtcTime = "2010-04-09T15:51:00".parse().unwrap();
        assert_eq!(time.to_string(), "2010-04-09T15:51:00");
        assert_eq!(time.unix_seconds(), 1_270_828_260);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2010-04-09",
            "2010-13-09T15:51:00",
            "2010-04-09T15:51:00Z",
            "soon",
        ] {
            assert_eq!(text.parse::<UtcTime>(), Err(UtcTimeError), "{text}");
        }
    }
}
