//! What a message says: its text and its fields.

use std::fmt::{self, Write};

use tracing::Event;
use tracing::field::{Field, Visit};

/// The text and the fields of one message.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) text: String,
    pub(super) others: Vec<(&'static str, String)>,
}

impl Fields {
    pub(super) fn of(event: &Event<'_>) -> Self {
        let mut fields = Fields::default();
        event.record(&mut fields);
        fields
    }

    /// In one line: the text, then the fields. A line break would let outside input forge lines.
    pub(super) fn line(&self) -> String {
        let mut line = self.text.clone();
        for (name, value) in &self.others {
            let _ = write!(line, " {name}={value}");
        }
        line.replace('\n', "\\n").replace('\r', "\\r")
    }

    fn add(&mut self, field: &Field, value: String) {
        if field.name() == "message" {
            self.text = value;
        } else {
            self.others.push((field.name(), value));
        }
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, format!("{value:?}"));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.add(field, crate::failure::chain(value));
    }
}
