//! The daemon's log: what is written where.
//!
//! Levels, filters and outputs are spelled as in libvirt's configuration (`log_level`,
//! `log_filters`, `log_outputs`); each message carries its fields as such, so that the journal can
//! be searched by them.

mod fields;
mod journal;
mod rules;
mod sink;
mod subscriber;

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;

pub(crate) use rules::{Filters, Level, Output, Outputs, RuleError, Target};
use sink::Sink;
use subscriber::Log;

use crate::failure::StartError;
use crate::settings::Settings;

/// The log, to be changed while the daemon runs.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    rules: Arc<ArcSwap<Rules>>,
    /// Where messages went at first.
    usual: Outputs,
    name: &'static str,
}

/// What is written where.
#[derive(Debug)]
pub(crate) struct Rules {
    level: Level,
    filters: Filters,
    outputs: Outputs,
    sinks: Vec<(Level, Sink)>,
}

/// How the log begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// The daemon's name.
    pub(crate) name: &'static str,
    /// Whether it was asked to say what happens, not only what fails.
    pub(crate) verbose: bool,
    /// Whether it has left the terminal.
    pub(crate) background: bool,
}

/// Starts the log.
pub(crate) fn start(settings: &Settings, style: Style) -> Result<Handle, StartError> {
    let usual = if style.verbose {
        Level::Info
    } else {
        Level::Warning
    };
    let level = settings.log_level.unwrap_or(usual);
    let outputs = settings.log_outputs.clone();
    let outputs = outputs.unwrap_or_else(|| {
        Outputs::new(vec![Output {
            level: Level::Debug,
            target: usual_target(style),
        }])
    });
    let rules = Rules::new(
        level,
        settings.log_filters.clone(),
        outputs.clone(),
        style.name,
    )?;
    let rules = Arc::new(ArcSwap::from_pointee(rules));
    // In tests there may be one already, which then stays.
    let _ = tracing::subscriber::set_global_default(Log::new(rules.clone()));
    Ok(Handle {
        rules,
        usual: outputs,
        name: style.name,
    })
}

/// The journal where it is expected to be read: when the service manager connected our error
/// output to it, or when nobody sees that.
fn usual_target(style: Style) -> Target {
    let supervised = std::env::var_os("JOURNAL_STREAM").is_some() || style.background;
    if supervised && journal::is_there() {
        Target::Journal
    } else {
        Target::Stderr
    }
}

impl Handle {
    /// The filters, as the configuration spells them.
    pub(crate) fn filters(&self) -> Filters {
        self.rules.load().filters.clone()
    }

    /// The outputs, as the configuration spells them.
    pub(crate) fn outputs(&self) -> Outputs {
        self.rules.load().outputs.clone()
    }

    /// Changes the filters.
    pub(crate) fn set_filters(&self, filters: Filters) -> Result<(), StartError> {
        let now = self.rules.load();
        self.set(now.level, filters, now.outputs.clone())
    }

    /// Changes the outputs.
    pub(crate) fn set_outputs(&self, outputs: Outputs) -> Result<(), StartError> {
        let now = self.rules.load();
        self.set(now.level, now.filters.clone(), outputs)
    }

    /// Goes back to the outputs that the daemon began with.
    pub(crate) fn reset_outputs(&self) -> Result<(), StartError> {
        self.set_outputs(self.usual.clone())
    }

    fn set(&self, level: Level, filters: Filters, outputs: Outputs) -> Result<(), StartError> {
        self.rules
            .store(Arc::new(Rules::new(level, filters, outputs, self.name)?));
        Ok(())
    }
}

impl Rules {
    fn new(
        level: Level,
        filters: Filters,
        outputs: Outputs,
        name: &'static str,
    ) -> Result<Self, StartError> {
        let open = |output: &Output| {
            let sink = Sink::open(&output.target, name);
            let path = || match &output.target {
                Target::File(path) => path.clone(),
                other => PathBuf::from(other.to_string()),
            };
            match sink {
                Ok(sink) => Ok((output.level, sink)),
                Err(source) => Err(StartError::Log {
                    path: path(),
                    source,
                }),
            }
        };
        let sinks = outputs.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Rules {
            level,
            filters,
            outputs,
            sinks,
        })
    }

    /// The least level that is written for a source.
    fn level_of(&self, source: &str) -> Level {
        self.filters.level_of(source).unwrap_or(self.level)
    }
}
