//! Puts a word in place of the UUIDs and MAC addresses that a daemon makes up by itself: those that
//! the document does not give.

use std::collections::BTreeSet;

/// Characters of a UUID.
const UUID_LENGTH: usize = 36;

/// The UUIDs and MAC addresses that a document gives.
pub(super) struct Given {
    /// In small letters, without dashes.
    uuids: BTreeSet<String>,
    /// In small letters, each part of two digits.
    macs: BTreeSet<String>,
}

impl Given {
    /// Collects them.
    pub(super) fn by(source: &str) -> Self {
        let mut given = Self {
            uuids: BTreeSet::new(),
            macs: BTreeSet::new(),
        };
        for run in source.split(|it: char| !is_of_uuid(it)) {
            let digits = plain(run);
            if digits.len() >= 32 {
                given.uuids.insert(digits);
            }
        }
        let runs = source.split(|it: char| !is_of_mac(it));
        given.macs = runs.filter_map(mac).collect();
        given
    }

    /// Masks all others.
    pub(super) fn mask(&self, text: &str) -> String {
        let text = replace_runs(text, is_of_uuid, |run| self.mask_uuids(run));
        replace_runs(&text, is_of_mac, |run| {
            let mac = mac(run)?;
            let known = self.macs.contains(&mac);
            Some(if known { mac } else { "GENERATED-MAC".into() })
        })
    }

    fn mask_uuids(&self, run: &str) -> Option<String> {
        let start = (0..run.len()).find(|start| {
            let before = start.checked_sub(1).and_then(|it| run.get(it..*start));
            let window = run.get(*start..start + UUID_LENGTH);
            before.is_none_or(|it| it == "-") && window.is_some_and(is_uuid)
        })?;
        let (before, rest) = run.split_at_checked(start)?;
        let (uuid, after) = rest.split_at_checked(UUID_LENGTH)?;
        let known = self.uuids.contains(&plain(uuid));
        let uuid = if known {
            uuid.to_ascii_lowercase()
        } else {
            "GENERATED-UUID".to_owned()
        };
        Some(format!("{before}{uuid}{after}"))
    }
}

fn is_of_uuid(it: char) -> bool {
    it.is_ascii_hexdigit() || it == '-'
}

fn is_of_mac(it: char) -> bool {
    it.is_ascii_hexdigit() || it == ':'
}

fn is_uuid(text: &str) -> bool {
    let dash = |index: usize| matches!(index, 8 | 13 | 18 | 23);
    let mut characters = text.chars().enumerate();
    characters.all(|(index, it)| if dash(index) { it == '-' } else { it != '-' })
}

fn plain(uuid: &str) -> String {
    uuid.replace('-', "").to_ascii_lowercase()
}

/// The address in its usual form.
fn mac(run: &str) -> Option<String> {
    let parts: Vec<&str> = run.split(':').collect();
    let sound = parts.iter().all(|it| matches!(it.len(), 1 | 2));
    let parts = parts.iter().map(|it| format!("{it:0>2}"));
    (sound && parts.len() == 6).then(|| parts.collect::<Vec<_>>().join(":").to_lowercase())
}

/// Replaces each longest run of such characters by what `with` makes of it.
fn replace_runs(
    text: &str,
    of: impl Fn(char) -> bool,
    with: impl Fn(&str) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|it| !of(it)).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push_str(with(run).as_deref().unwrap_or(run));
        let next = after.find(&of).unwrap_or(after.len());
        let (between, after) = after.split_at_checked(next).unwrap_or((after, ""));
        out.push_str(between);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_document_gives_stays() {
        let given = Given::by(
            "<uuid>6D6F1D0E-4a52-4a5e-9c9c-0c1f1f4d7a10</uuid><mac address='52:54:0:AA:bb:1'/>",
        );
        let text = "a 6d6f1d0e-4a52-4a5e-9c9c-0c1f1f4d7a10, \
            vm-11111111-4a52-4a5e-9c9c-0c1f1f4d7a10.sock, mac=52:54:00:aa:BB:01,x 52:54:00:00:00:02";
        let expected = "a 6d6f1d0e-4a52-4a5e-9c9c-0c1f1f4d7a10, \
            vm-GENERATED-UUID.sock, mac=52:54:00:aa:bb:01,x GENERATED-MAC";
        assert_eq!(given.mask(text), expected);
    }

    #[test]
    fn other_numbers_stay() {
        let given = Given::by("");
        for text in [
            "",
            "0000:00:1f.2",
            "1:2:3:4:5:6:7",
            "fe80::1",
            "dead-beef",
            "-",
            "µ:é",
        ] {
            assert_eq!(given.mask(text), text);
        }
    }
}
