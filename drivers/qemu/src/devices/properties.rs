//! Properties of a QEMU object or device, in the order in which the driver writes them.

use documents::domain::DeviceInfo;
use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value;

use super::part::Part;
use super::seat::{Seat, Virtio};

/// Properties under construction. What the document leaves out is left to QEMU.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Properties(Vec<(&'static str, Value)>);

impl Properties {
    /// Adds a property.
    pub(crate) fn set(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((key, value.into()));
        self
    }

    /// Adds a property where there is a value.
    pub(crate) fn optional(self, key: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    /// Adds a property that is left out when it is off.
    pub(crate) fn flag(self, key: &'static str, value: bool) -> Self {
        self.optional(key, value.then_some(true))
    }

    /// Adds what becomes of the device's ROM.
    pub(crate) fn rom(self, info: &DeviceInfo) -> Self {
        let Some(rom) = &info.rom else { return self };
        if rom.enabled == Some(false) {
            // A ROM without a file is no ROM.
            return self.set("romfile", "");
        }
        self.optional("rombar", rom.bar.map(u32::from))
            .optional("romfile", rom.file.clone())
    }

    /// A back-end object of these properties.
    pub(crate) fn object(self, qom_type: &str, id: &str) -> Result<Part, serde_json::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        struct Object<'a> {
            qom_type: &'a str,
            id: &'a str,
            #[serde(flatten)]
            properties: Properties,
        }
        Part::object(&Object {
            qom_type,
            id,
            properties: self,
        })
    }

    /// A device of these properties, at its place.
    pub(crate) fn device(
        self,
        driver: &str,
        virtio: Virtio,
        seat: Seat,
    ) -> Result<Part, serde_json::Error> {
        #[derive(Serialize)]
        struct Device<'a> {
            driver: &'a str,
            #[serde(flatten)]
            virtio: Virtio,
            #[serde(flatten)]
            properties: Properties,
            #[serde(flatten)]
            seat: Seat,
        }
        Part::device(&Device {
            driver,
            virtio,
            properties: self,
            seat,
        })
    }
}

impl Serialize for Properties {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::Rom;

    #[test]
    fn properties_keep_their_order_and_leave_out_what_is_not_said() {
        let part = Properties::default()
            .set("zeta", 1)
            .optional("beta", None::<u32>)
            .flag("off", false)
            .set("alpha", "x")
            .object("thing", "t0")
            .unwrap();
        let text = r#"{"qom-type":"thing","id":"t0","zeta":1,"alpha":"x"}"#;
        assert_eq!(part.argument().1.as_deref(), Some(text));
    }

    #[test]
    fn a_rom_that_is_off_has_no_file() {
        let rom = |enabled, bar| DeviceInfo {
            rom: Some(Rom {
                enabled,
                bar,
                file: Some("/rom".into()),
            }),
            ..DeviceInfo::default()
        };
        let off = Properties::default().rom(&rom(Some(false), Some(true)));
        assert_eq!(off, Properties::default().set("romfile", ""));
        let on = Properties::default().rom(&rom(None, Some(true)));
        let expected = Properties::default()
            .set("rombar", 1)
            .set("romfile", "/rom");
        assert_eq!(on, expected);
    }
}
