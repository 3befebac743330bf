//! `-rtc` and the timers that have options of their own.

use documents::domain::{Clock, ClockBasis, ClockOffset, TickPolicy, TimerName, TimerTrack};

use super::arguments::Arguments;
use crate::devices::KeyVal;

/// Adds the clock. `now` is the host's time in seconds since 1970, the base of a clock that keeps an offset.
///
/// `has_pit` says whether QEMU has KVM's timer of a PC.
pub(super) fn add(args: &mut Arguments, clock: &Clock, now: i64, has_pit: bool) {
    args.option("rtc", rtc(clock, now));
    for timer in &clock.timers {
        if timer.name == TimerName::Pit
            && has_pit
            && let Some(policy) = pit_policy(timer.tickpolicy)
        {
            args.option("global", format!("kvm-pit.lost_tick_policy={policy}"));
        }
    }
}

/// The time zone that the process must have, for a clock in a time zone of its own.
pub(super) fn time_zone(clock: &Clock) -> Option<&str> {
    match &clock.offset {
        ClockOffset::Timezone(zone) => Some(&zone.timezone),
        _ => None,
    }
}

fn rtc(clock: &Clock, now: i64) -> String {
    let mut out = KeyVal::default();
    match &clock.offset {
        ClockOffset::Utc(_) => out.pair("base", "utc"),
        ClockOffset::Localtime(_) | ClockOffset::Timezone(_) => out.pair("base", "localtime"),
        ClockOffset::Variable(clock) => {
            let local = if clock.basis == ClockBasis::Localtime {
                local_offset(now)
            } else {
                0
            };
            let seconds = now.saturating_add(clock.adjustment).saturating_add(local);
            out.pair("base", &date(seconds));
        }
        ClockOffset::Absolute(clock) => {
            out.pair(
                "base",
                &date(i64::try_from(clock.start).unwrap_or(i64::MAX)),
            );
        }
    }
    let rtc = clock
        .timers
        .iter()
        .find(|timer| timer.name == TimerName::Rtc);
    match rtc.and_then(|timer| timer.track) {
        Some(TimerTrack::Guest) => out.pair("clock", "vm"),
        Some(TimerTrack::Wall) => out.pair("clock", "host"),
        Some(TimerTrack::Realtime) => out.pair("clock", "rt"),
        Some(TimerTrack::Boot) | None => {}
    }
    if rtc.and_then(|timer| timer.tickpolicy) == Some(TickPolicy::Catchup) {
        out.pair("driftfix", "slew");
    }
    out.finish()
}

fn pit_policy(policy: Option<TickPolicy>) -> Option<&'static str> {
    match policy {
        Some(TickPolicy::Delay) | None => Some("delay"),
        Some(TickPolicy::Discard) => Some("discard"),
        Some(TickPolicy::Catchup | TickPolicy::Merge) => None,
    }
}

/// `YYYY-MM-DDTHH:MM:SS` as QEMU reads it; a time that no calendar has becomes the epoch.
fn date(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Seconds by which the host's time zone is ahead of UTC.
fn local_offset(now: i64) -> i64 {
    let time = jiff::Timestamp::from_second(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    i64::from(jiff::tz::TimeZone::system().to_offset(time).seconds())
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::{ClockAbsolute, ClockUtc, ClockVariable, Timer};

    fn check(offset: ClockOffset, expected: &str) {
        let clock = Clock {
            offset,
            timers: Vec::new(),
        };
        assert_eq!(rtc(&clock, 1_000_000_000), expected);
    }

    #[test]
    fn the_base_follows_the_offset() {
        check(ClockOffset::Utc(ClockUtc::default()), "base=utc");
        check(
            ClockOffset::Localtime(ClockUtc::default()),
            "base=localtime",
        );
        check(
            ClockOffset::Absolute(ClockAbsolute { start: 0 }),
            "base=1970-01-01T00:00:00",
        );
        let variable = ClockVariable {
            adjustment: 60,
            basis: ClockBasis::Utc,
        };
        check(ClockOffset::Variable(variable), "base=2001-09-09T01:47:40");
    }

    #[test]
    fn missed_ticks_of_the_rtc_are_caught_up() {
        let timer = Timer {
            name: TimerName::Rtc,
            tickpolicy: Some(TickPolicy::Catchup),
            track: Some(TimerTrack::Guest),
            ..Timer::default()
        };
        let clock = Clock {
            timers: vec![timer],
            ..Clock::default()
        };
        assert_eq!(rtc(&clock, 0), "base=utc,clock=vm,driftfix=slew");
    }
}
