//! Command lines as sets of options, so that two can be compared whatever their order and spelling.

use serde_json::Value;

/// Keys whose values are names that only connect options.
const NAMES: &[&str] = &[
    "id",
    "node-name",
    "drive",
    "netdev",
    "chardev",
    "memdev",
    "tpmdev",
    "iothread",
    "audiodev",
    "file",
    "backing",
    "rng",
    "bus",
    "device",
    "storage",
];

/// One option: its name and its sorted keys and values.
pub(crate) type Switch = (String, Vec<(String, String)>);

/// The options of a command line, sorted.
pub(crate) fn options(line: &str, source: &str) -> Vec<Switch> {
    let source = source.to_lowercase();
    let words: Vec<_> = words(&line.replace("\\\n", " "))
        .into_iter()
        .skip_while(|word| !word.starts_with('/'))
        .collect();
    let mut options: Vec<Switch> = Vec::new();
    for word in words.into_iter().skip(1) {
        let is_option = word.len() > 1
            && word.starts_with('-')
            && !word[1..].starts_with(|c: char| c.is_ascii_digit());
        match options.last_mut() {
            _ if is_option => options.push((word[1..].to_owned(), Vec::new())),
            Some((_, values)) => values.extend(pairs(&word, &source)),
            None => {}
        }
    }
    for (_, values) in &mut options {
        values.sort();
    }
    options.sort();
    options
}

fn pairs(value: &str, source: &str) -> Vec<(String, String)> {
    let pairs = match serde_json::from_str::<Value>(value) {
        Ok(json @ Value::Object(_)) => {
            let mut pairs = Vec::new();
            flatten("", &json, &mut pairs);
            pairs
        }
        _ => split(value)
            .into_iter()
            .map(|part| match part.split_once('=') {
                Some((key, value)) => (key.to_owned(), value.to_owned()),
                None => (String::new(), part),
            })
            .collect(),
    };
    pairs
        .into_iter()
        .map(|(key, value)| mask_pair(key, &value, source))
        .collect()
}

fn mask_pair(key: String, value: &str, source: &str) -> (String, String) {
    let last = key.rsplit('.').next().unwrap_or_default();
    if NAMES.contains(&last) {
        return (key, "*".to_owned());
    }
    if matches!(last, "fd" | "fds" | "vhostfd" | "vhostfds" | "base")
        && value.starts_with(|c: char| c.is_ascii_digit())
    {
        return (key, "#".to_owned());
    }
    // Directories of state differ from host to host; the file's name does not.
    let state = ["/var/lib/", "/run/", "/var/run/"]
        .iter()
        .any(|dir| value.starts_with(dir));
    let value = if state {
        value.rsplit('/').next().unwrap_or_default()
    } else {
        value
    };
    (key, mask(value, source))
}

/// Hides an identity that the document does not name: it was made up.
pub(crate) fn mask(value: &str, source: &str) -> String {
    let plain = value.to_lowercase();
    let uuid = plain.len() == 36 && plain.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let mac = plain.len() == 17 && plain.chars().all(|c| c.is_ascii_hexdigit() || c == ':');
    if (uuid || mac) && !source.contains(&plain) {
        return "generated".to_owned();
    }
    if uuid || mac { plain } else { value.to_owned() }
}

fn flatten(prefix: &str, value: &Value, out: &mut Vec<(String, String)>) {
    let under = |key: &str| {
        if prefix.is_empty() {
            key.to_owned()
        } else {
            format!("{prefix}.{key}")
        }
    };
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| flatten(&under(key), value, out)),
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(at, value)| flatten(&under(&at.to_string()), value, out));
        }
        Value::Bool(on) => out.push((prefix.to_owned(), if *on { "on" } else { "off" }.to_owned())),
        Value::String(text) => out.push((prefix.to_owned(), text.clone())),
        other => out.push((prefix.to_owned(), other.to_string())),
    }
}

/// Splits at commas; a doubled one is a comma.
fn split(value: &str) -> Vec<String> {
    value
        .replace(",,", "\0")
        .split(',')
        .map(|part| part.replace('\0', ","))
        .collect()
}

/// The words of a shell line with single quotes and backslashes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut open, mut quoted) = (Vec::new(), String::new(), false, false);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => (quoted, open) = (!quoted, true),
            '\\' if !quoted => word.extend(chars.next()),
            c if c.is_whitespace() && !quoted => {
                if open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            c => word.push(c),
        }
    }
    if open || !word.is_empty() {
        words.push(word);
    }
    words
}
