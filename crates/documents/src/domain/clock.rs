//! `<clock>`: the guest's clock and its timers.

use xml::{Xml, XmlEnum};

/// The guest's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Clock {
    /// What it is relative to.
    #[xml(flatten)]
    pub offset: ClockOffset,
    /// The timers.
    #[xml(child = "timer", since = "0.8.0")]
    pub timers: Vec<Timer>,
}

/// What the clock is relative to.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "offset", schema_required, fault = "Unsupported")]
pub enum ClockOffset {
    /// Universal time.
    Utc(ClockUtc),
    /// The host's time zone.
    Localtime(ClockUtc),
    /// A number of seconds that the guest changes.
    #[xml(since = "0.7.7")]
    Variable(ClockVariable),
    /// A time zone.
    #[xml(since = "0.7.7")]
    Timezone(ClockTimezone),
    /// A fixed time.
    #[xml(since = "8.4.0")]
    Absolute(ClockAbsolute),
}

impl Default for ClockOffset {
    fn default() -> Self {
        Self::Utc(ClockUtc::default())
    }
}

/// A clock that follows the host's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ClockUtc {
    /// What becomes of the guest's changes at a restart: `reset`, or seconds to start from.
    #[xml(
        attribute,
        schema = "crate::pattern::CLOCK_ADJUSTMENT",
        since = "0.9.11",
        absent = "the hypervisor decides; QEMU's is `reset`"
    )]
    pub adjustment: Option<String>,
}

/// A clock that the guest sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ClockVariable {
    /// Seconds off the basis.
    #[xml(attribute, lax, since = "0.7.7", default = "0")]
    pub adjustment: i64,
    /// What the seconds are relative to.
    #[xml(
        attribute,
        since = "0.9.11",
        fault = "Unsupported",
        lax = "empty",
        default = "`utc`"
    )]
    pub basis: ClockBasis,
}

/// What a variable clock is relative to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ClockBasis {
    /// Universal time.
    #[default]
    Utc,
    /// The host's time zone.
    Localtime,
}

/// A clock in a time zone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ClockTimezone {
    /// The zone's name.
    #[xml(
        attribute,
        required,
        fault = "Internal",
        schema = "crate::pattern::TIME_ZONE",
        since = "0.7.7"
    )]
    pub timezone: String,
}

/// A clock that starts at a fixed time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ClockAbsolute {
    /// Seconds since 1970.
    #[xml(attribute, required, fault = "Internal", since = "8.4.0")]
    pub start: u64,
}

/// A timer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@name!='platform|rtc' => no @track")]
#[xml(rule = "@name!='tsc' => no @frequency, @mode")]
#[xml(rule = "@name='kvmclock|hypervclock' => no @tickpolicy, catchup")]
#[xml(rule = "@tickpolicy!='catchup' => no catchup")]
pub struct Timer {
    /// Which one.
    #[xml(attribute, required)]
    pub name: TimerName,
    /// Whether the guest has it.
    #[xml(attribute, yes_no, absent = "the hypervisor decides")]
    pub present: Option<bool>,
    /// What becomes of missed ticks.
    #[xml(attribute, absent = "the hypervisor decides")]
    pub tickpolicy: Option<TickPolicy>,
    /// What it follows.
    #[xml(attribute, absent = "the hypervisor decides")]
    pub track: Option<TimerTrack>,
    /// Its frequency in Hz, for `tsc`.
    #[xml(attribute, absent = "it is the host's")]
    pub frequency: Option<u64>,
    /// How it is made, for `tsc`.
    #[xml(attribute, absent = "the hypervisor decides")]
    pub mode: Option<TimerMode>,
    /// How far missed ticks are caught up.
    #[xml(child, omit_empty)]
    pub catchup: Option<Catchup>,
}

/// A timer's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TimerName {
    /// Whatever the hypervisor has.
    #[default]
    Platform,
    /// Programmable interval timer.
    Pit,
    /// Real time clock.
    Rtc,
    /// High precision event timer.
    Hpet,
    /// Time stamp counter.
    Tsc,
    /// KVM's clock.
    #[xml(since = "0.9.10")]
    Kvmclock,
    /// Hyper-V's reference time.
    #[xml(since = "1.2.2")]
    Hypervclock,
    /// ARM's virtual timer.
    #[xml(since = "6.1.0")]
    Armvtimer,
}

/// What becomes of missed ticks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TickPolicy {
    /// They come later at the normal rate.
    #[default]
    Delay,
    /// They come later at a higher rate.
    Catchup,
    /// They become one.
    Merge,
    /// They are lost.
    Discard,
}

/// What a timer follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TimerTrack {
    /// The time since boot.
    #[default]
    Boot,
    /// The guest's time.
    Guest,
    /// The host's time.
    Wall,
    /// Real time.
    Realtime,
}

/// How the time stamp counter is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TimerMode {
    /// By the hypervisor's choice.
    #[default]
    Auto,
    /// As the host's.
    Native,
    /// Emulated.
    Emulate,
    /// Paravirtual.
    Paravirt,
    /// Safe over migration.
    Smpsafe,
}

/// How far missed ticks are caught up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor decides")]
pub struct Catchup {
    /// Ticks that must be missed first.
    #[xml(attribute, schema = "crate::pattern::UINT")]
    pub threshold: Option<u64>,
    /// The highest rate.
    #[xml(attribute, schema = "crate::pattern::UINT")]
    pub slew: Option<u64>,
    /// The most that is caught up.
    #[xml(attribute, schema = "crate::pattern::UINT")]
    pub limit: Option<u64>,
}
