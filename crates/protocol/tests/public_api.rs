//! Compares flags, enumerations and parameter names with the public API's own description,
//! where the C library's development files are installed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

const FILES: [&str; 3] = [
    "libvirt-api.xml",
    "libvirt-qemu-api.xml",
    "libvirt-admin-api.xml",
];
/// From a later version than the level of the flags: what the wire tables know beyond it.
const LATER: [&str; 3] = [
    "VIR_DOMAIN_EVENT_ID_VCPU_REMOVED",
    "VIR_DOMAIN_EVENT_ID_CHANNEL_LIFECYCLE",
    "VIR_ERR_INVALID_ENCR_KEY_SECRET",
];

struct Description {
    /// By type, the constants and their values.
    types: BTreeMap<String, BTreeMap<String, i64>>,
    strings: BTreeMap<String, String>,
    /// Whether it is of the level that flags are declared for, 11.3.
    is_of_our_level: bool,
}

fn description() -> Option<Description> {
    let folder = std::path::Path::new("/usr/share/libvirt/api");
    let mut text = String::new();
    for file in FILES {
        let Ok(part) = std::fs::read_to_string(folder.join(file)) else {
            println!("SKIPPED: no {file} in {}", folder.display());
            return None;
        };
        text.push_str(&part);
    }
    let mut raw = BTreeMap::new();
    let mut types: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for element in elements(&text, "<enum ") {
        let (Some(name), Some(value)) = (attribute(element, "name"), attribute(element, "value"))
        else {
            continue;
        };
        raw.insert(name.clone(), value);
        if let Some(ty) = attribute(element, "type") {
            types.entry(ty).or_default().insert(name, 0);
        }
    }
    for (name, value) in types.values_mut().flatten() {
        *value = resolve(&raw, name);
    }
    let strings = elements(&text, "<macro ")
        .filter_map(|element| Some((attribute(element, "name")?, attribute(element, "string")?)))
        .collect();
    let is_of_our_level = text.contains("raw='11003000'");
    Some(Description {
        types,
        strings,
        is_of_our_level,
    })
}

/// A value may be the name of another constant.
fn resolve(raw: &BTreeMap<String, String>, name: &str) -> i64 {
    let value = &raw[name];
    value.parse().unwrap_or_else(|_| resolve(raw, value))
}

fn elements<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start)
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap())
}

fn attribute(element: &str, name: &str) -> Option<String> {
    let (_, rest) = element.split_once(&format!("{name}='"))?;
    Some(rest.split('\'').next()?.to_owned())
}

#[test]
fn flags_and_enumerations_have_the_values_of_the_public_api() {
    let Some(api) = description() else { return };
    let mut compared = 0;
    for entry in protocol::catalog::flags().chain(protocol::catalog::enums()) {
        let types = entry
            .c_type
            .split(" and ")
            .filter_map(|ty| api.types.get(ty));
        let expected: BTreeMap<_, _> = types.flatten().collect();
        if expected.is_empty() {
            assert!(
                ["virLog", "virLock", "virDrv", "remote_"]
                    .iter()
                    .any(|p| entry.c_type.starts_with(p)),
                "{} is not in the public API",
                entry.c_type
            );
            continue;
        }
        for (name, value) in entry
            .values
            .iter()
            .filter(|(name, _)| !LATER.contains(name))
        {
            assert_eq!(expected.get(&(*name).to_owned()), Some(&value), "{name}");
            compared += 1;
        }
    }
    assert!(compared > 900, "only {compared} values");
}

#[test]
fn no_value_of_a_declared_type_is_missing() {
    let Some(api) = description().filter(|api| api.is_of_our_level) else {
        return;
    };
    for entry in protocol::catalog::flags().chain(protocol::catalog::enums()) {
        let declared: Vec<_> = entry.values.iter().map(|(name, _)| *name).collect();
        let is_flags = protocol::catalog::flags().any(|flags| flags.name == entry.name);
        let types = entry
            .c_type
            .split(" and ")
            .filter_map(|ty| api.types.get(ty));
        for (name, value) in types.flatten() {
            // The C headers end an enumeration with its count; no flag is no flag.
            let is_count = name.ends_with("_LAST") && name != "VIR_NETWORK_UPDATE_COMMAND_ADD_LAST";
            let is_count = is_count || name == "VIR_DOMAIN_MEMORY_STAT_NR";
            let is_nothing = is_flags && *value == 0;
            let expected = !is_count && !is_nothing;
            assert_eq!(declared.contains(&name.as_str()), expected, "{name}");
        }
    }
}

#[test]
fn parameter_names_are_those_of_the_public_api() {
    let Some(api) = description() else { return };
    let mut compared = 0;
    for (c_name, name) in protocol::catalog::fields() {
        if c_name.starts_with("VIR_") {
            assert_eq!(
                api.strings.get(*c_name).map(String::as_str),
                Some(*name),
                "{c_name}"
            );
            compared += 1;
        }
    }
    let known = api
        .strings
        .keys()
        .filter(|name| name.starts_with("VIR_"))
        .count();
    assert_eq!(compared, known, "a name is missing");
}
