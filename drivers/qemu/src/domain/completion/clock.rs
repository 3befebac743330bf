//! `<clock>`.

use documents::domain::{Clock, ClockBasis, ClockOffset, ClockUtc, ClockVariable, Domain};

/// Fills in the clock. One that keeps to the host's time but starts off it is a variable one.
pub(super) fn complete(domain: &mut Domain) {
    let clock: &mut Clock = domain.clock.get_or_insert_default();
    let variable = match &clock.offset {
        ClockOffset::Utc(kept) => seconds(kept).map(|it| (it, ClockBasis::Utc)),
        ClockOffset::Localtime(kept) => seconds(kept).map(|it| (it, ClockBasis::Localtime)),
        _ => None,
    };
    if let Some((adjustment, basis)) = variable {
        clock.offset = ClockOffset::Variable(ClockVariable { adjustment, basis });
    }
    for catchup in clock.timers.iter_mut().filter_map(|it| it.catchup.as_mut()) {
        for limit in [
            &mut catchup.threshold,
            &mut catchup.slew,
            &mut catchup.limit,
        ] {
            limit.take_if(|it| *it == 0);
        }
    }
}

fn seconds(kept: &ClockUtc) -> Option<i64> {
    kept.adjustment.as_deref()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_starts_off_the_hosts_time_is_variable() {
        let kept = |text: &str| ClockUtc {
            adjustment: Some(text.to_owned()),
        };
        let mut domain = Domain {
            clock: Some(Clock {
                offset: ClockOffset::Localtime(kept("7")),
                timers: Vec::new(),
            }),
            ..Domain::default()
        };
        complete(&mut domain);
        let expected = ClockVariable {
            adjustment: 7,
            basis: ClockBasis::Localtime,
        };
        let offset = |domain: &Domain| domain.clock.as_ref().unwrap().offset.clone();
        assert_eq!(offset(&domain), ClockOffset::Variable(expected));
        domain.clock.as_mut().unwrap().offset = ClockOffset::Utc(kept("reset"));
        complete(&mut domain);
        assert_eq!(offset(&domain), ClockOffset::Utc(kept("reset")));
    }
}
