//! The documents of a folder, and what each is by its root element.

use std::path::Path;

use super::options::Options;
use crate::failure::Failure;

/// A document of the folder.
#[derive(Debug)]
pub(super) struct Document {
    /// Its path below the folder, without `.xml`.
    pub(super) name: String,
    pub(super) kind: DocumentKind,
    pub(super) text: String,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DocumentKind {
    Domain,
    Snapshot,
}

impl DocumentKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Snapshot => "snapshot",
        }
    }
}

/// The documents that the options want, and how many are of kinds that no daemon of ours serves.
pub(super) fn below(options: &Options) -> Result<(Vec<Document>, usize), Failure> {
    let mut documents = Vec::new();
    let mut passed_over = 0;
    for path in files(&options.folder)? {
        let name = path.strip_prefix(&options.folder).unwrap_or(&path);
        let name = name.with_extension("").display().to_string();
        if options.only.as_ref().is_some_and(|it| !name.contains(it)) {
            continue;
        }
        let bytes =
            std::fs::read(&path).map_err(Failure::io(format!("read {}", path.display())))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match kind(&text) {
            Some(kind) => documents.push(Document { name, kind, text }),
            None => passed_over += 1,
        }
    }
    documents.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    documents.truncate(options.limit.unwrap_or(usize::MAX));
    Ok((documents, passed_over))
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let failure = || Failure::io(format!("read the folder {}", folder.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failure())? {
        let path = entry.map_err(failure())?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|it| it == "xml") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The kind by the first tag, which a document that is not well-formed has too.
fn kind(text: &str) -> Option<DocumentKind> {
    let mut rest = text;
    loop {
        let (_, tag) = rest.split_once('<')?;
        rest = tag;
        let end = if tag.starts_with("!--") {
            "-->"
        } else if tag.starts_with(['?', '!']) {
            ">"
        } else {
            break;
        };
        (_, rest) = tag.split_once(end)?;
    }
    let name = rest.split(|it: char| it.is_whitespace() || matches!(it, '>' | '/'));
    match name.into_iter().next()? {
        "domain" => Some(DocumentKind::Domain),
        "domainsnapshot" => Some(DocumentKind::Snapshot),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_tag_says_what_a_document_is() {
        for (text, expected) in [
            ("<domain/>", Some(DocumentKind::Domain)),
            ("<domain\ntype='qemu'", Some(DocumentKind::Domain)),
            (
                "<?xml version='1.0'?><!-- <network> --><!DOCTYPE x>\n<domainsnapshot>",
                Some(DocumentKind::Snapshot),
            ),
            ("<domaincheckpoint/>", None),
            ("<!-- <domain>", None),
            ("no document", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
