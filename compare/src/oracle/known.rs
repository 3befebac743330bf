//! `docs/differences.md`: the differences that have a reason. Its table is read by this program, so
//! that no line stands there that explains nothing.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::compare::Verdict;
use super::documents::Document;
use crate::failure::Failure;

/// The head of the table.
const HEAD: &str = "| document | step | what differs | why |";

/// The table.
pub(super) struct Known {
    rows: Vec<Row>,
}

/// A row: patterns in which `*` stands for any text, and the reason.
struct Row {
    document: String,
    step: String,
    what: String,
    reason: String,
    used: Cell<bool>,
}

impl Known {
    /// Reads the file.
    pub(super) fn read() -> Result<Self, Failure> {
        let path = path();
        let text = std::fs::read_to_string(&path);
        let text = text.map_err(Failure::io(format!("read {}", path.display())))?;
        Self::parse(&text).map_err(|line| Failure::Table { path, line })
    }

    /// The rows behind the head, or the line that is no row.
    fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().skip_while(|it| *it != HEAD);
        let rows = lines.skip(2).take_while(|it| it.starts_with('|'));
        let rows = rows.map(|line| row(line).ok_or_else(|| line.to_owned()));
        Ok(Self {
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    /// Gives the differences the reasons that stand in the table.
    pub(super) fn explain(&self, document: &Document, verdict: &mut Verdict) {
        let name = format!("{}/{}", document.kind.name(), document.name);
        for difference in &mut verdict.differences {
            let row = self.rows.iter().find(|row| {
                matches(&row.document, &name)
                    && matches(&row.step, &difference.step)
                    && matches(&row.what, &difference.what)
            });
            if let Some(row) = row {
                row.used.set(true);
                difference.reason = Some(row.reason.clone());
            }
        }
    }

    /// The rows that explained nothing.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().filter(|it| !it.used.get());
        rows.map(|it| it.what.as_str())
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/differences.md")
}

fn row(line: &str) -> Option<Row> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = inner.split('|').map(str::trim);
    let mut cell = || cells.next().filter(|it| !it.is_empty());
    let (document, step, what, reason) = (cell()?, cell()?, cell()?, cell()?);
    let pattern = |cell: &str| cell.trim_matches('`').to_owned();
    cells.next().is_none().then(|| Row {
        document: pattern(document),
        step: pattern(step),
        what: pattern(what),
        reason: reason.to_owned(),
        used: Cell::new(false),
    })
}

/// Whether the text follows the pattern.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::super::compare::Difference;
    use super::super::documents::DocumentKind;
    use super::*;

    #[test]
    fn the_table_of_the_project_can_be_read() {
        let known = Known::read().unwrap();
        assert!(!known.rows.is_empty());
    }

    #[test]
    fn a_pattern_may_leave_out_text() {
        for (pattern, text) in [
            ("*", "anything"),
            ("a*", "a"),
            ("*z", "a to z"),
            ("a*m*z", "a m z"),
            ("exact", "exact"),
        ] {
            assert!(matches(pattern, text), "{pattern}: {text}");
        }
        for (pattern, text) in [
            ("a*a", "a"),
            ("", "a"),
            ("a*m*z", "a z"),
            ("exact", "exactly"),
        ] {
            assert!(!matches(pattern, text), "{pattern}: {text}");
        }
    }

    #[test]
    fn a_row_explains_what_it_matches_and_is_missed_otherwise() {
        let table = format!(
            "text\n\n{HEAD}\n| --- | --- | --- | --- |\n\
             | `domain/a*` | `native` | `the C daemon ends*` | It crashes. |\n\
             | * | `define` | `never` | It is so. |\n\nmore"
        );
        let known = Known::parse(&table).unwrap();
        let document = Document {
            name: "abc".to_owned(),
            kind: DocumentKind::Domain,
            text: String::new(),
        };
        let difference = |step: &str| Difference {
            step: step.to_owned(),
            what: "the C daemon ends; ours accepts it".to_owned(),
            reason: None,
        };
        let mut verdict = Verdict {
            differences: vec![difference("native"), difference("define")],
            tallies: Vec::new(),
        };
        known.explain(&document, &mut verdict);
        let reasons: Vec<_> = verdict.differences.iter().map(|it| &it.reason).collect();
        assert_eq!(reasons, [&Some("It crashes.".to_owned()), &None]);
        assert_eq!(known.unused().collect::<Vec<_>>(), ["never"]);
    }

    #[test]
    fn a_row_without_a_reason_is_an_error() {
        let table = format!("{HEAD}\n| --- | --- | --- | --- |\n| a | b | c | |");
        assert!(Known::parse(&table).is_err());
    }
}
