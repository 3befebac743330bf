//! What a subscriber wants to hear of.

use super::{Event, Family, MonitorFilter};

/// The events that one registration covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    topic: Topic,
    object: Option<ObjectKey>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Topic {
    Kind(Family, i32),
    Monitor(MonitorFilter),
}

/// Names an object as the wire does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ObjectKey {
    /// Most objects.
    Uuid([u8; 16]),
    /// The host's devices.
    Name(String),
}

impl Interest {
    /// One kind of event, of one object or of all. `None` when the family has no such kind.
    #[must_use]
    pub fn new(family: Family, id: i32, object: Option<ObjectKey>) -> Option<Self> {
        let known = (0..family.kinds()).contains(&id);
        known.then_some(Self {
            topic: Topic::Kind(family, id),
            object,
        })
    }

    /// Events of QEMU's monitor.
    #[must_use]
    pub fn monitor(filter: MonitorFilter, object: Option<ObjectKey>) -> Self {
        Self {
            topic: Topic::Monitor(filter),
            object,
        }
    }

    /// The family of the events.
    #[must_use]
    pub fn family(&self) -> Family {
        match &self.topic {
            Topic::Kind(family, _) => *family,
            Topic::Monitor(_) => Family::Monitor,
        }
    }

    /// Whether an event is one of these.
    #[must_use]
    pub fn covers(&self, event: &Event) -> bool {
        let topic = match (&self.topic, event) {
            (Topic::Monitor(filter), Event::Monitor(event)) => filter.matches(&event.event),
            (Topic::Monitor(_), _) => false,
            (Topic::Kind(family, id), event) => *family == event.family() && *id == event.id(),
        };
        topic && self.object.as_ref().is_none_or(|key| event.is_about(key))
    }
}
