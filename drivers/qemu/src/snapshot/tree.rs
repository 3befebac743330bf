//! The snapshots of one domain: each has at most one parent, and one of them is current.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use documents::snapshot::Snapshot as Document;

use super::definition::is_external;
use super::error::{ParentError, SnapshotError};

/// The snapshots of a domain. Changes give a new tree.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    moments: BTreeMap<String, Arc<Moment>>,
    current: Option<String>,
}

/// One snapshot. Its document has a name.
#[derive(Debug, Clone)]
pub struct Moment {
    /// What it is.
    pub document: Document,
}

impl Moment {
    /// The name, unique in the domain.
    pub fn name(&self) -> &str {
        self.document.name.as_deref().unwrap_or_default()
    }

    /// The name of the snapshot that was current when it was made.
    pub fn parent(&self) -> Option<&str> {
        self.document.parent.as_deref()
    }

    /// Whether a part of it is in files of its own.
    pub fn is_external(&self) -> bool {
        is_external(&self.document)
    }
}

impl Tree {
    /// All snapshots, by name.
    pub fn moments(&self) -> impl Iterator<Item = &Moment> {
        self.moments.values().map(|moment| &**moment)
    }

    /// The snapshot called `name`.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&Moment, SnapshotError> {
        let found = self.moments.get(name);
        found
            .map(|moment| &**moment)
            .ok_or_else(|| SnapshotError::Unknown(name.to_owned()))
    }

    /// The current snapshot.
    pub fn current(&self) -> Option<&Moment> {
        let name = self.current.as_ref()?;
        self.moments.get(name).map(|moment| &**moment)
    }

    /// Those whose parent is `parent`; without one, those that have none.
    pub fn children(&self, parent: Option<&str>) -> impl Iterator<Item = &Moment> {
        let parent = parent.map(str::to_owned);
        self.moments()
            .filter(move |moment| self.known_parent(moment) == parent.as_deref())
    }

    /// Those below `parent` (all, without one), parents before their children.
    pub fn descendants(&self, parent: Option<&str>) -> Vec<&Moment> {
        let mut found: Vec<&Moment> = self.children(parent).collect();
        let mut next = 0;
        // A tree has no circles, so that this ends.
        while let Some(moment) = found.get(next).copied() {
            found.extend(self.children(Some(moment.name())));
            next += 1;
        }
        found
    }

    /// The parent, if it is known.
    fn known_parent<'a>(&self, moment: &'a Moment) -> Option<&'a str> {
        moment
            .parent()
            .filter(|name| self.moments.contains_key(*name))
    }

    /// The text of a snapshot's file.
    pub(super) fn file(&self, moment: &Moment) -> String {
        let is_current = self.current.as_deref() == Some(moment.name());
        xml::format(&Document {
            active: Some(u32::from(is_current)),
            ..moment.document.clone()
        })
    }

    /// With a snapshot that was read from its file.
    pub(super) fn with_loaded(self, mut document: Document) -> Self {
        let is_current = document.active.take() == Some(1);
        let circular = document.name.as_deref().is_some_and(|name| {
            document
                .parent
                .as_deref()
                .is_some_and(|parent| self.is_below(parent, name))
        });
        if circular {
            document.parent = None;
        }
        self.with(document, is_current)
    }

    /// With a snapshot, in place of one of its name.
    pub(super) fn with(mut self, mut document: Document, current: bool) -> Self {
        document.active = None;
        let moment = Moment { document };
        let name = moment.name().to_owned();
        if current {
            self.current = Some(name.clone());
        } else if self.current.as_ref() == Some(&name) {
            self.current = None;
        }
        self.moments.insert(name, Arc::new(moment));
        self
    }

    /// Without some snapshots. Their children that stay become those of the next one up that stays, and so does
    /// the current one.
    pub(super) fn without(&self, gone: &BTreeSet<String>) -> Self {
        let next_up = |moment: &Moment| {
            let mut up = moment.parent();
            while let Some(name) = up.filter(|name| gone.contains(*name)) {
                up = self.get(name).ok().and_then(Moment::parent);
            }
            up.map(str::to_owned)
        };
        let mut tree = Self::default();
        for moment in self.moments().filter(|it| !gone.contains(it.name())) {
            let document = Document {
                parent: next_up(moment),
                ..moment.document.clone()
            };
            tree = tree.with(document, false);
        }
        tree.current = match self.current() {
            Some(moment) if gone.contains(moment.name()) => next_up(moment),
            current => current.map(|moment| moment.name().to_owned()),
        };
        tree
    }

    /// Whether `name` is `ancestor` or below it.
    fn is_below(&self, name: &str, ancestor: &str) -> bool {
        let mut up = Some(name);
        while let Some(name) = up {
            if name == ancestor {
                return true;
            }
            up = self.get(name).ok().and_then(Moment::parent);
        }
        false
    }

    /// Whether a snapshot may have the parent that its document names.
    pub(super) fn check_parent(&self, document: &Document) -> Result<(), ParentError> {
        let (Some(name), Some(parent)) = (&document.name, &document.parent) else {
            return Ok(());
        };
        let names = || (parent.clone(), name.clone());
        if name == parent {
            return Err(ParentError::Itself(name.clone()));
        }
        if self.get(parent).is_err() {
            let (parent, name) = names();
            return Err(ParentError::Unknown { parent, name });
        }
        if self.is_below(parent, name) {
            let (parent, name) = names();
            return Err(ParentError::Cycle { parent, name });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, parent: Option<&str>) -> Document {
        Document {
            name: Some(name.to_owned()),
            parent: parent.map(str::to_owned),
            ..Document::default()
        }
    }

    /// a — b — c, and d beside b.
    fn tree() -> Tree {
        [
            ("a", None),
            ("b", Some("a")),
            ("c", Some("b")),
            ("d", Some("a")),
        ]
        .into_iter()
        .fold(Tree::default(), |tree, (name, parent)| {
            tree.with(document(name, parent), name == "c")
        })
    }

    fn names<'a>(moments: impl IntoIterator<Item = &'a Moment>) -> Vec<&'a str> {
        moments.into_iter().map(Moment::name).collect()
    }

    #[test]
    fn parents_come_before_their_children() {
        let tree = tree();
        assert_eq!(names(tree.children(None)), ["a"]);
        assert_eq!(names(tree.children(Some("a"))), ["b", "d"]);
        assert_eq!(names(tree.descendants(None)), ["a", "b", "d", "c"]);
        assert_eq!(names(tree.descendants(Some("b"))), ["c"]);
    }

    #[test]
    fn what_stays_moves_up_when_a_snapshot_goes() {
        let tree = tree().without(&["b".to_owned()].into());
        assert_eq!(names(tree.children(Some("a"))), ["c", "d"]);
        assert_eq!(tree.current().map(Moment::name), Some("c"));
        let tree = tree.without(&["c".to_owned()].into());
        assert_eq!(tree.current().map(Moment::name), Some("a"));
        let tree = tree.without(&["a".to_owned()].into());
        assert!(tree.current().is_none());
    }

    #[test]
    fn a_parent_is_known_and_not_below() {
        let tree = tree();
        for parent in ["a", "nosuch", "c"] {
            assert!(
                tree.check_parent(&document("a", Some(parent))).is_err(),
                "{parent}"
            );
        }
        assert!(tree.check_parent(&document("e", Some("c"))).is_ok());
    }

    #[test]
    fn files_that_name_each_other_as_parents_make_no_circle() {
        let read = [document("a", Some("b")), document("b", Some("a"))];
        let tree = read.into_iter().fold(Tree::default(), Tree::with_loaded);
        assert_eq!(names(tree.descendants(None)).len(), 2);
    }
}
