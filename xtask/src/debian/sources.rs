//! The package sources that the machine has (sources.list(5)), both ways of writing them.

use std::path::Path;

use crate::error::Error;
use crate::files;

/// One enabled source of binary packages.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Source {
    uris: String,
    suites: Vec<String>,
    components: String,
    /// A keyring's path or the key itself, over several lines.
    signed_by: String,
}

/// All sources below `etc/apt` of a tree.
pub(super) fn read(root: &Path) -> Result<Vec<Source>, Error> {
    let apt = root.join("etc/apt");
    let mut paths = vec![apt.join("sources.list")];
    let parts = apt.join("sources.list.d");
    if parts.is_dir() {
        paths.extend(files::walk(&parts, &|_| false)?);
    }
    let mut sources = Vec::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("sources") => sources.extend(stanzas(&files::text(path)?)),
            Some("list") => sources.extend(files::text(path)?.lines().filter_map(line)),
            _ => {}
        }
    }
    Ok(sources)
}

impl Source {
    pub(super) fn has_suite(&self, suite: &str) -> bool {
        self.suites.iter().any(|present| present == suite)
    }

    /// The text of a source for another suite of the same archive, trusted by the same key.
    pub(super) fn with_suite(&self, suite: &str) -> String {
        let Self {
            uris,
            components,
            signed_by,
            ..
        } = self;
        let mut text =
            format!("Types: deb\nURIs: {uris}\nSuites: {suite}\nComponents: {components}\n");
        if !signed_by.is_empty() {
            text.push_str("Signed-By:");
            for (number, line) in signed_by.lines().enumerate() {
                text.push_str(if number == 0 && line.is_empty() {
                    ""
                } else {
                    " "
                });
                text.push_str(line.trim());
                text.push('\n');
            }
        }
        text
    }
}

/// The sources of a file in stanzas of `Key: value` lines; a line that starts blank continues.
fn stanzas(text: &str) -> Vec<Source> {
    let text: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    text.split(|line| line.trim().is_empty())
        .filter_map(stanza)
        .collect()
}

fn stanza(lines: &[&str]) -> Option<Source> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            let (_, value) = fields.last_mut()?;
            value.push('\n');
            value.push_str(line.trim());
        } else {
            let (key, value) = line.split_once(':')?;
            fields.push((key.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let field = |key: &str| {
        let found = fields.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let enabled = !matches!(field("enabled").as_str(), "no" | "false");
    let binary = field("types").split_whitespace().any(|kind| kind == "deb");
    (enabled && binary).then(|| Source {
        uris: field("uris"),
        suites: field("suites")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        components: field("components"),
        signed_by: field("signed-by"),
    })
}

/// The source of a line `deb [option=value …] uri suite component…`.
fn line(line: &str) -> Option<Source> {
    let rest = line.trim().strip_prefix("deb ")?.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("", rest),
    };
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let mut words = rest.split_whitespace();
    let (uri, suite) = (words.next()?, words.next()?);
    let signed_by = options
        .split_whitespace()
        .find_map(|option| option.strip_prefix("signed-by="));
    Some(Source {
        uris: uri.to_owned(),
        suites: vec![suite.to_owned()],
        components: words.collect::<Vec<_>>().join(" "),
        signed_by: signed_by.unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(suites: &[&str], signed_by: &str) -> Source {
        Source {
            uris: "http://host/debian".to_owned(),
            suites: suites.iter().map(|suite| (*suite).to_owned()).collect(),
            components: "main".to_owned(),
            signed_by: signed_by.to_owned(),
        }
    }

    #[test]
    fn stanzas_are_read() {
        let text = "Types: deb\n# a remark\nURIs: http://host/debian\n\
                    Suites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg\n\n\
                    Types: deb-src\nURIs: http://host/debian\nSuites: bookworm\n\n\
                    Types: deb\nEnabled: no\nURIs: http://host/debian\nSuites: bookworm\n";
        assert_eq!(
            stanzas(text),
            [source(&["bookworm", "bookworm-updates"], "/k.gpg")]
        );
    }

    #[test]
    fn lines_are_read() {
        let expected = Some(source(&["bookworm"], "/k.gpg"));
        let text = "deb [arch=amd64 signed-by=/k.gpg] http://host/debian bookworm main # here";
        assert_eq!(line(text), expected);
        assert_eq!(
            line("deb http://host/debian bookworm main"),
            Some(source(&["bookworm"], ""))
        );
        assert_eq!(line("# deb http://host/debian bookworm main"), None);
        assert_eq!(line("deb-src http://host/debian bookworm main"), None);
        assert_eq!(line("deb http://host/debian"), None);
    }

    #[test]
    fn another_suite_keeps_archive_and_key() {
        let text = source(&["bookworm"], "/k.gpg").with_suite("bookworm-backports");
        assert_eq!(stanzas(&text), [source(&["bookworm-backports"], "/k.gpg")]);
        assert_eq!(
            text,
            "Types: deb\nURIs: http://host/debian\nSuites: bookworm-backports\n\
             Components: main\nSigned-By: /k.gpg\n"
        );
    }

    #[test]
    fn a_key_over_several_lines_survives() {
        let key = "\n-----BEGIN-----\n.\nabc\n-----END-----";
        let text = source(&["bookworm"], key).with_suite("bookworm-backports");
        assert_eq!(stanzas(&text), [source(&["bookworm-backports"], key)]);
    }

    #[test]
    fn a_tree_is_read_with_both_forms_and_nothing_else() {
        let room = tempfile::tempdir().unwrap();
        let apt = room.path().join("etc/apt");
        assert_eq!(read(room.path()).unwrap(), []);
        files::replace(
            &apt.join("sources.list"),
            b"deb http://host/debian one main\n",
        )
        .unwrap();
        let stanza = b"Types: deb\nURIs: http://host/debian\nSuites: two\nComponents: main\n";
        files::replace(&apt.join("sources.list.d/a.sources"), stanza).unwrap();
        files::replace(&apt.join("sources.list.d/b.sources.disabled"), stanza).unwrap();
        assert_eq!(
            read(room.path()).unwrap(),
            [source(&["one"], ""), source(&["two"], "")]
        );
    }
}
