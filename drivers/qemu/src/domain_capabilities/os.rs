//! How a guest can boot: the firmware that is installed for its machine.

use documents::domain_capabilities::{LoaderCapability, OsCapability, Values};

use super::Question;
use crate::firmware::{Feature, Firmware, Interface, KNOWN, Mapping};

pub(super) fn capability(question: &Question<'_>) -> OsCapability {
    let machine = question.machine.unwrap_or_default();
    let installed = question.host.firmware.iter();
    let fitting: Vec<&Firmware> = installed
        .filter(|firmware| firmware.is_for(question.arch.name(), machine))
        .collect();
    let any = |interface| {
        let mut firmware = fitting.iter();
        firmware.any(|firmware| firmware.interface_types.contains(&interface))
    };
    let choices = [
        ("bios", any(Interface::Bios)),
        ("efi", any(Interface::Uefi)),
    ];
    let secure = fitting.iter().any(|it| it.has(Feature::RequiresSmm));
    let secure: &[&str] = if secure { &["yes", "no"] } else { &["no"] };
    OsCapability {
        supported: true,
        enums: vec![values("firmware", there(&choices))],
        loader: Some(LoaderCapability {
            supported: true,
            values: files(&fitting, &question.host.firmware_files),
            enums: vec![
                values("type", ["rom", "pflash"]),
                values("readonly", ["yes", "no"]),
                values("secure", secure.iter().copied()),
            ],
        }),
    }
}

/// The files that a document can name. Where no descriptor is for the machine, those that distributions install.
fn files(fitting: &[&Firmware], existing: &[String]) -> Vec<String> {
    let described = fitting.iter().filter_map(|firmware| file(firmware));
    let mut files: Vec<&str> = match fitting {
        [] => KNOWN.iter().map(|(code, _)| *code).collect(),
        _ => described.collect(),
    };
    let mut seen = Vec::new();
    files.retain(|file| {
        let new = !seen.contains(file) && existing.iter().any(|it| it == file);
        seen.push(*file);
        new
    });
    files.into_iter().map(str::to_owned).collect()
}

/// The file of a firmware that a document can name.
pub(super) fn file(firmware: &Firmware) -> Option<&str> {
    match &firmware.mapping {
        Mapping::Flash { executable, .. } => Some(&executable.filename),
        Mapping::Memory { filename } => Some(filename),
        Mapping::Kernel { .. } | Mapping::Other => None,
    }
}

fn there(choices: &[(&'static str, bool)]) -> Vec<&'static str> {
    let there = choices.iter().filter(|(_, there)| *there);
    there.map(|(name, _)| *name).collect()
}

fn values(name: &str, values: impl IntoIterator<Item = &'static str>) -> Values {
    Values {
        name: name.to_owned(),
        values: values.into_iter().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flash(file: &str) -> Firmware {
        let text = format!(
            r#"{{"interface-types": ["uefi"], "targets": [],
            "mapping": {{"device": "flash", "executable": {{"filename": "{file}", "format": "raw"}}}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn files_are_those_of_the_descriptors_that_exist() {
        let firmware = [flash("/a"), flash("/b"), flash("/a")];
        let fitting: Vec<_> = firmware.iter().collect();
        assert_eq!(files(&fitting, &["/a".to_owned()]), ["/a"]);
        let known = KNOWN[0].0;
        let existing = ["/a".to_owned(), known.to_owned()];
        assert_eq!(files(&[], &existing), [known]);
    }
}
