//! Receives the program's messages.

use std::sync::Arc;

use arc_swap::ArcSwap;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

use super::Rules;
use super::fields::Fields;
use super::rules::Level;

/// Where in the program a message comes from.
#[derive(Debug)]
pub(super) struct Origin<'a> {
    pub(super) source: &'a str,
    pub(super) file: Option<&'a str>,
    pub(super) line: Option<u32>,
}

/// The log. Spans are not kept: what a message is about is in its own fields.
#[derive(Debug)]
pub(super) struct Log {
    rules: Arc<ArcSwap<Rules>>,
}

impl Log {
    pub(super) fn new(rules: Arc<ArcSwap<Rules>>) -> Self {
        Log { rules }
    }
}

impl Subscriber for Log {
    /// Asked each time, because the rules may change.
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
            && Level::of(*metadata.level()) >= self.rules.load().level_of(metadata.target())
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let level = Level::of(*metadata.level());
        let origin = Origin {
            source: metadata.target(),
            file: metadata.file(),
            line: metadata.line(),
        };
        let fields = Fields::of(event);
        for (least, sink) in &self.rules.load().sinks {
            if level >= *least {
                sink.write(level, &origin, &fields);
            }
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arc_swap::ArcSwap;

    use super::Log;
    use crate::log::{Level, Outputs, Rules};

    #[test]
    fn messages_arrive_by_level_and_source() {
        let dir = tempfile::tempdir().unwrap();
        let (all, errors) = (dir.path().join("all"), dir.path().join("errors"));
        let outputs = format!("1:file:{} 4:file:{}", all.display(), errors.display());
        let outputs: Outputs = outputs.parse().unwrap();
        let filters = "4:quiet".parse().unwrap();
        let rules = Rules::new(Level::Info, filters, outputs, "test").unwrap();
        let log = Log::new(Arc::new(ArcSwap::from_pointee(rules)));
        tracing::subscriber::with_default(log, || {
            tracing::debug!("too much detail");
            tracing::info!(client = 5, name = "a\nb", "came");
            tracing::info!(target: "quiet::part", "unheard");
            tracing::error!(target: "quiet::part", "heard");
        });
        let read = |path| std::fs::read_to_string(path).unwrap();
        let lines = read(&all);
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        let expected = ": info : daemon::log::subscriber::tests: came client=5 name=a\\nb";
        assert!(lines[0].ends_with(expected), "{}", lines[0]);
        assert!(
            lines[1].ends_with(": error : quiet::part: heard"),
            "{}",
            lines[1]
        );
        assert_eq!(read(&errors).lines().count(), 1);
    }
}
