//! The table against itself and against what libvirt installs.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::x86::features::{Place, banks};
use crate::x86::{Register, table};

#[test]
fn every_word_of_an_entry_is_known_and_needed() {
    let table = table();
    let mut names: Vec<&str> = Vec::new();
    for entry in entries() {
        for reference in [entry.version_of, entry.like, entry.later_like] {
            assert!(
                reference.is_empty() || names.contains(&reference),
                "{}: {reference}",
                entry.name
            );
        }
        let lists = [
            entry.with,
            entry.without,
            entry.later,
            entry.not_later,
            entry.removed,
        ];
        for word in lists.iter().flat_map(|list| list.split_ascii_whitespace()) {
            assert!(table.feature(word).is_some(), "{}: {word}", entry.name);
        }
        assert!(!names.contains(&entry.name), "{} twice", entry.name);
        names.push(entry.name);
    }
}

#[test]
fn a_version_has_what_its_model_has() {
    let table = table();
    let [model, version] = ["Haswell-noTSX", "Haswell-v2"].map(|name| table.model(name).unwrap());
    assert_eq!(model.features, version.features);
    assert!(model.describes_guests() && !version.describes_guests() && version.describes_hosts());
    assert!(!table.model("cpu64-rhel6").unwrap().describes_hosts());
}

/// The facts are those that libvirt installs, where it is installed.
#[test]
fn the_table_has_what_the_installed_libvirt_has() {
    let folder = Path::new("/usr/share/libvirt/cpu_map");
    let Ok(index) = std::fs::read_to_string(folder.join("index.xml")) else {
        println!("skipped: no libvirt is installed to compare with");
        return;
    };
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    compare_features(&read("x86_features.xml"));
    let index = roxmltree::Document::parse(&index).unwrap();
    let files: Vec<&str> = index
        .descendants()
        .filter(|node| node.has_tag_name("include"))
        .filter_map(|node| node.attribute("filename"))
        .filter(|file| {
            file.starts_with("x86_") && !file.contains("_features") && !file.contains("_vendors")
        })
        .collect();
    let ours: Vec<_> = table().models().iter().map(|model| model.name).collect();
    let theirs: Vec<String> = files
        .iter()
        .map(|file| compare_model(&read(file)))
        .collect();
    // A newer libvirt has more models; the order of those that both have is the same.
    let common: Vec<_> = theirs
        .iter()
        .map(String::as_str)
        .filter(|name| ours.contains(name))
        .collect();
    assert_eq!(common, ours);
}

fn compare_features(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap();
    let number = |text: &str| u64::from_str_radix(text.trim_start_matches("0x"), 16).unwrap();
    for bank in banks() {
        for (bit, name) in bank.bits() {
            let found = document
                .descendants()
                .find(|node| node.attribute("name") == Some(name));
            let found = found.unwrap_or_else(|| panic!("libvirt has no feature {name}"));
            let place = found
                .children()
                .find(|node| node.has_tag_name("cpuid") || node.has_tag_name("msr"));
            let place = place.unwrap();
            let value =
                |attribute: &str| place.attribute(attribute).map(number).unwrap_or_default();
            let (here, mask) = match bank.place {
                Place::Msr(register) => (
                    value("index") == u64::from(register),
                    value("eax") | value("edx") << 32,
                ),
                Place::Cpuid(leaf, sub, register) => (
                    value("eax_in") == u64::from(leaf) && value("ecx_in") == u64::from(sub),
                    value(match register {
                        Register::Eax => "eax",
                        Register::Ebx => "ebx",
                        Register::Ecx => "ecx",
                        Register::Edx => "edx",
                    }),
                ),
            };
            assert!(here && mask == 1 << bit, "{name}: {place:?}");
            assert_eq!(
                Table::is_migratable(name),
                found.attribute("migratable") != Some("no"),
                "{name}"
            );
        }
    }
}

/// Compares one model, and gives its name.
fn compare_model(text: &str) -> String {
    let document = roxmltree::Document::parse(text).unwrap();
    let node = document
        .descendants()
        .find(|node| node.has_tag_name("model"))
        .unwrap();
    let name = node.attribute("name").unwrap();
    let Some(ours) = table().model(name) else {
        return name.to_owned();
    };
    let children = |tag: &'static str| node.children().filter(move |child| child.has_tag_name(tag));
    let decode = children("decode").next().unwrap();
    assert_eq!(
        ours.describes_hosts(),
        decode.attribute("host") == Some("on"),
        "{name}"
    );
    assert_eq!(
        ours.describes_guests(),
        decode.attribute("guest") == Some("on"),
        "{name}"
    );
    assert_eq!(ours.compared, children("check").next().is_some(), "{name}");
    if let Some(ancestor) = children("model").next() {
        let of = table().model(ancestor.attribute("name").unwrap()).unwrap();
        assert_eq!(ours.features, of.features, "{name}");
        return name.to_owned();
    }
    let vendor = children("vendor")
        .next()
        .and_then(|vendor| vendor.attribute("name"));
    assert_eq!(ours.vendor.map(Vendor::name), vendor, "{name}");
    let listed = |kind: &str| -> BTreeSet<String> {
        children("feature")
            .filter(|feature| match kind {
                "" => !feature.has_attribute("added") && !feature.has_attribute("removed"),
                kind => feature.has_attribute(kind),
            })
            .filter_map(|feature| feature.attribute("name").map(str::to_owned))
            .collect()
    };
    let named = |set: FeatureSet| {
        set.names(table())
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(named(ours.features), listed(""), "{name}");
    assert_eq!(named(ours.later), listed("added"), "{name}");
    let removed: BTreeSet<_> = ours.removed.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(removed, listed("removed"), "{name}");
    let signatures: Vec<_> = children("signature")
        .map(|signature| {
            let number = |attribute: &str| signature.attribute(attribute).unwrap().parse().unwrap();
            let steppings = signature.attribute("stepping").unwrap_or("0-15");
            let (first, last) = steppings.split_once('-').unwrap();
            (
                number("family"),
                number("model"),
                (first.parse().unwrap(), last.parse().unwrap()),
            )
        })
        .collect();
    assert_eq!(
        ours.signatures
            .iter()
            .map(|s| s.parts())
            .collect::<Vec<_>>(),
        signatures,
        "{name}"
    );
    name.to_owned()
}
