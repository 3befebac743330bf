//! How an image names the image behind it: a path, `file:…`, or `json:{…}`.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The image behind another, as that one's header has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backing {
    /// The name, as written in the header.
    pub name: String,
    /// Its format, if the header says it.
    pub format: Option<String>,
}

/// A backing name made out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located {
    pub(super) path: PathBuf,
    pub(super) format: Option<String>,
}

impl Backing {
    /// Finds the file that is meant by the header of the image at `of`; nothing when it is no local file.
    pub(super) fn locate(&self, of: &Path) -> Option<Located> {
        if let Some(text) = self.name.strip_prefix("json:") {
            return from_json(text, of, self.format.clone());
        }
        let name = self.name.strip_prefix("file:").unwrap_or(&self.name);
        // `proto:rest` is another protocol; QEMU takes a colon in the first path component for one.
        if name
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'))
        {
            return None;
        }
        Some(Located {
            path: beside(of, name),
            format: self.format.clone(),
        })
    }
}

/// Reads the nested (`"file": {"filename": …}`) and the dotted (`"file.filename": …`) spelling.
fn from_json(text: &str, of: &Path, format: Option<String>) -> Option<Located> {
    let value: Value = serde_json::from_str(text).ok()?;
    let driver = value.get("driver").and_then(Value::as_str);
    if matches!(driver, Some("file" | "host_device")) {
        let name = value.get("filename")?.as_str()?;
        return Some(Located {
            path: beside(of, name),
            format,
        });
    }
    let (kind, name) = match value.get("file") {
        Some(file) => (file.get("driver"), file.get("filename")),
        None => (value.get("file.driver"), value.get("file.filename")),
    };
    if !matches!(
        kind.and_then(Value::as_str),
        None | Some("file" | "host_device")
    ) {
        return None;
    }
    let path = beside(of, name?.as_str()?);
    Some(Located {
        path,
        format: driver.map(str::to_owned).or(format),
    })
}

/// A relative name counts from the directory of the image that names it.
fn beside(of: &Path, name: &str) -> PathBuf {
    match of.parent() {
        Some(directory) => directory.join(name),
        None => PathBuf::from(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, format: Option<&str>, expected: Option<(&str, Option<&str>)>) {
        let backing = Backing {
            name: name.into(),
            format: format.map(Into::into),
        };
        let located = backing.locate(Path::new("/images/top.qcow2"));
        let expected = expected.map(|(path, format)| Located {
            path: path.into(),
            format: format.map(Into::into),
        });
        assert_eq!(located, expected, "{name}");
    }

    #[test]
    fn paths_count_from_the_image() {
        check(
            "base.img",
            Some("raw"),
            Some(("/images/base.img", Some("raw"))),
        );
        check("/srv/base.img", None, Some(("/srv/base.img", None)));
        check("file:/srv/base.img", None, Some(("/srv/base.img", None)));
        check("./a:b", None, Some(("/images/./a:b", None)));
    }

    #[test]
    fn json_names_are_understood_in_both_spellings() {
        check(
            r#"json:{"driver":"qcow2","file":{"driver":"file","filename":"b.img"}}"#,
            None,
            Some(("/images/b.img", Some("qcow2"))),
        );
        check(
            r#"json:{"driver":"raw","file.filename":"/b.img"}"#,
            None,
            Some(("/b.img", Some("raw"))),
        );
        check(
            r#"json:{"driver":"file","filename":"/b.img"}"#,
            Some("raw"),
            Some(("/b.img", Some("raw"))),
        );
    }

    #[test]
    fn what_is_no_local_file_is_not_located() {
        check("nbd://host/export", None, None);
        check("rbd:pool/image", None, None);
        check(
            r#"json:{"driver":"qcow2","file":{"driver":"nbd"}}"#,
            None,
            None,
        );
        check("json:{", None, None);
    }
}
