//! `<clock>`: what its timers can be told.

use documents::domain::{Clock, ClockOffset, Domain, Timer, TimerName};

use crate::domain::completion::os::word;
use crate::domain::error::ClockError;

pub(super) fn check(domain: &Domain) -> Result<(), ClockError> {
    let Some(clock) = &domain.clock else {
        return Ok(());
    };
    check_offset(clock)?;
    clock.timers.iter().try_for_each(check_timer)
}

fn check_offset(clock: &Clock) -> Result<(), ClockError> {
    match &clock.offset {
        ClockOffset::Utc(kept) | ClockOffset::Localtime(kept) => match kept.adjustment.as_deref() {
            None | Some("reset") => Ok(()),
            Some(text) if text.parse::<i64>().is_ok() => Ok(()),
            Some(text) => Err(ClockError::Adjustment {
                adjustment: text.to_owned(),
            }),
        },
        ClockOffset::Timezone(zone) if zone.timezone.is_empty() => Err(ClockError::NoTimezone),
        _ => Ok(()),
    }
}

fn check_timer(timer: &Timer) -> Result<(), ClockError> {
    let name = timer.name;
    let refused = |what| {
        Err(ClockError::TimerOption {
            timer: word(name),
            what,
        })
    };
    if timer.tickpolicy.is_some() && matches!(name, TimerName::Kvmclock | TimerName::Hypervclock) {
        return refused("tickpolicy");
    }
    if timer.track.is_some() && !matches!(name, TimerName::Platform | TimerName::Rtc) {
        return refused("track");
    }
    if name != TimerName::Tsc {
        if timer.frequency.is_some() {
            return refused("frequency");
        }
        if timer.mode.is_some() {
            return refused("mode");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn timer(timer: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<clock>{timer}</clock>"), expected);
    }

    #[test]
    fn each_timer_takes_its_own_options() {
        let refused = Some((Code::ConfigUnsupported, Origin::Domain));
        timer(
            "<timer name='rtc' track='guest' tickpolicy='catchup'/>",
            None,
        );
        timer("<timer name='tsc' frequency='1' mode='native'/>", None);
        timer("<timer name='pit' track='guest'/>", refused);
        timer("<timer name='kvmclock' tickpolicy='delay'/>", refused);
        timer("<timer name='kvmclock' frequency='1'/>", refused);
        timer("<timer name='hpet' mode='native'/>", refused);
    }

    #[test]
    fn an_adjustment_is_a_number_or_a_reset() {
        check("<clock offset='utc' adjustment='reset'/>", None);
        check("<clock offset='utc' adjustment='-3'/>", None);
        check(
            "<clock offset='utc' adjustment='x'/>",
            Some((Code::XmlError, Origin::Domain)),
        );
        check(
            "<clock offset='timezone' timezone=''/>",
            Some((Code::InternalError, Origin::Domain)),
        );
    }
}
