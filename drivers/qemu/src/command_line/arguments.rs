//! The arguments under construction.

use serde::Serialize;

use crate::devices::Part;

/// Arguments of a QEMU process, in order.
#[derive(Debug, Default)]
pub(crate) struct Arguments(Vec<String>);

impl Arguments {
    /// Adds an option without a value.
    pub(crate) fn flag(&mut self, name: &str) {
        self.0.push(format!("-{name}"));
    }

    /// Adds an option with its value.
    pub(crate) fn option(&mut self, name: &str, value: impl Into<String>) {
        self.flag(name);
        self.0.push(value.into());
    }

    /// Adds `-object` in JSON.
    pub(crate) fn object(&mut self, properties: &impl Serialize) -> Result<(), serde_json::Error> {
        self.part(&Part::object(properties)?);
        Ok(())
    }

    /// Adds what creates `part`.
    pub(crate) fn part(&mut self, part: &Part) {
        let (name, value) = part.argument();
        self.flag(name);
        self.0.extend(value);
    }

    /// Adds what creates each of `parts`.
    pub(crate) fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.part(part);
        }
    }

    /// Adds an argument as it is.
    pub(crate) fn raw(&mut self, argument: &str) {
        self.0.push(argument.to_owned());
    }

    /// The arguments.
    pub(crate) fn finish(self) -> Vec<String> {
        self.0
    }
}
