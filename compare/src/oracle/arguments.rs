//! QEMU's arguments without their spelling: options with sorted properties, whether JSON or
//! `key=value`; identifiers that a daemon chooses and numbers of descriptors are masked.

use std::collections::BTreeMap;

use serde_json::Value;

use super::shell;

/// The property that stands first without its name.
const FIRST: [(&str, &str); 23] = [
    ("accel", "accel"),
    ("add-fd", "fd"),
    ("audiodev", "driver"),
    ("blockdev", "driver"),
    ("boot", "order"),
    ("chardev", "backend"),
    ("cpu", "model"),
    ("device", "driver"),
    ("display", "type"),
    ("fsdev", "fsdriver"),
    ("global", "global"),
    ("incoming", "incoming"),
    ("m", "size"),
    ("machine", "type"),
    ("mon", "chardev"),
    ("name", "guest"),
    ("netdev", "type"),
    ("numa", "type"),
    ("object", "qom-type"),
    ("sandbox", "enable"),
    ("smbios", "type"),
    ("smp", "cpus"),
    ("tpmdev", "type"),
];

/// Options whose value is no list of properties.
const WHOLE: [&str; 11] = [
    "kernel", "initrd", "append", "dtb", "uuid", "L", "bios", "pidfile", "D", "d", "k",
];

/// Properties that name another part: each daemon chooses the names.
const IDENTIFIERS: [&str; 24] = [
    "id",
    "node-name",
    "drive",
    "netdev",
    "chardev",
    "memdev",
    "tpmdev",
    "iothread",
    "audiodev",
    "fsdev",
    "file",
    "backing",
    "key-secret",
    "tls-creds",
    "rng",
    "cryptodev",
    "password-secret",
    "master-bus",
    "secret",
    "storage",
    "bus",
    "keyid",
    "pr-manager",
    "cookie-secret",
];

/// Properties that are numbers of descriptors.
const DESCRIPTORS: [&str; 4] = ["fd", "fds", "vhostfd", "vhostfds"];

/// Each option with its properties, and how often; nothing when the line cannot be split.
pub(super) fn options(line: &str) -> Option<BTreeMap<String, usize>> {
    let words = shell::words(line)?;
    let mut words = words.iter().map(String::as_str).peekable();
    let mut options = BTreeMap::new();
    let mut count = |option: String| *options.entry(option).or_insert(0) += 1;
    while let Some(variable) = words.next_if(|it| is_variable(it)) {
        // The search path is the daemon's own, not the document's.
        if !variable.starts_with("PATH=") {
            count(format!("environment {variable}"));
        }
    }
    let emulator = words.next()?;
    count(format!("emulator {}", base_name(emulator)));
    while let Some(word) = words.next() {
        let value = words.next_if(|it| !is_option(it));
        count(match option_name(word) {
            Some(name) => option(name, value),
            None => format!("(bare) {word}"),
        });
    }
    Some(options)
}

fn is_variable(word: &str) -> bool {
    let named = |it: char| it.is_ascii_alphanumeric() || it == '_';
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(named))
}

fn is_option(word: &str) -> bool {
    option_name(word).is_some_and(|it| !it.starts_with(|it: char| it.is_ascii_digit()))
}

fn option_name(word: &str) -> Option<&str> {
    let name = word.strip_prefix('-')?;
    (!name.is_empty()).then(|| name.trim_start_matches('-'))
}

fn base_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn option(name: &str, value: Option<&str>) -> String {
    let Some(value) = value else {
        return format!("-{name}");
    };
    let mut properties = properties(name, value);
    for (key, value) in &mut properties {
        mask(name, key, value);
    }
    properties.sort();
    let properties = properties
        .into_iter()
        .map(|(key, value)| match key.as_str() {
            "" => value,
            key => format!("{key}={value}"),
        });
    format!("-{name} {}", properties.collect::<Vec<_>>().join(","))
}

fn properties(name: &str, value: &str) -> Vec<(String, String)> {
    let json = value.starts_with('{').then(|| serde_json::from_str(value));
    if let Some(Ok(json)) = json {
        let mut properties = Vec::new();
        flatten(&json, String::new(), &mut properties);
        return properties;
    }
    if WHOLE.contains(&name) {
        return vec![(String::new(), value.to_owned())];
    }
    let first = FIRST.iter().find(|(option, _)| *option == name);
    let first = first.map_or("", |(_, property)| property);
    let parts = split_at_commas(value).into_iter().enumerate();
    parts
        .map(|(index, part)| match part.split_once('=') {
            Some((key, value)) => (key.to_owned(), value.to_owned()),
            None if index == 0 => (first.to_owned(), part),
            None => (part, "on".to_owned()),
        })
        .collect()
}

/// Nested JSON as dotted names, the way `key=value` spells it.
fn flatten(value: &Value, path: String, out: &mut Vec<(String, String)>) {
    let inner = |key: &str| match path.as_str() {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    };
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| flatten(value, inner(key), out)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, value)| flatten(value, inner(&index.to_string()), out)),
        Value::Bool(true) => out.push((path, "on".to_owned())),
        Value::Bool(false) => out.push((path, "off".to_owned())),
        Value::Null => out.push((path, String::new())),
        Value::String(text) => out.push((path, text.clone())),
        Value::Number(number) => out.push((path, number.to_string())),
    }
}

/// A comma twice is a comma of the value.
fn split_at_commas(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = value.chars().peekable();
    while let Some(it) = characters.next() {
        if it == ',' && characters.next_if_eq(&',').is_none() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(it);
        }
    }
    parts
}

fn mask(option: &str, key: &str, value: &mut String) {
    let last = key.rsplit_once('.').map_or(key, |(_, it)| it);
    let of_digits = |it: char| it.is_ascii_digit() || it == ':';
    if IDENTIFIERS.contains(&last) {
        "*".clone_into(value);
    } else if DESCRIPTORS.contains(&last) && value.chars().all(of_digits) {
        *value = value.replace(|it: char| it.is_ascii_digit(), "");
        value.insert_str(0, "descriptor");
    } else if option == "rtc" && key == "base" && value.contains('T') {
        "the wall clock".clone_into(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let options = |line: &str| options(line).unwrap();
        options(one) == options(other)
    }

    #[test]
    fn json_and_properties_are_one() {
        assert!(same(
            r#"LC_ALL=C /a/q -device '{"driver":"x","id":"a","on":true,"n":3,"l":[{"p":1}]}' -S"#,
            "LC_ALL=C /b/q -S -device x,id=b,n=3,on=on,l.0.p=1"
        ));
    }

    #[test]
    fn what_the_guest_sees_counts() {
        for (one, other) in [
            ("q -device x,addr=1", "q -device x,addr=2"),
            ("q -device x -device x", "q -device x"),
            ("q -kernel a,b", "q -kernel a"),
            ("A=1 q", "A=2 q"),
            ("q -append '-1 x'", "q -append y"),
        ] {
            assert!(!same(one, other), "{one}");
        }
    }

    #[test]
    fn descriptors_clock_and_search_path_do_not_count() {
        assert!(same(
            "PATH=/a q -netdev tap,fds=3:4 -rtc base=2020-01-01T00:00:00",
            "q -netdev tap,fds=30:31 -rtc base=2026-01-01T00:00:00"
        ));
        assert!(!same("q -netdev tap,fds=3", "q -netdev tap,fds=3:4"));
    }

    #[test]
    fn a_doubled_comma_is_one() {
        assert_eq!(split_at_commas("a=b,,c,d"), ["a=b,c", "d"]);
    }
}
