//! `<metadata>`: what applications keep with the domain, each under its own namespace.

use std::collections::HashSet;

use xml::{Content, Element, Errors, Limits, Tree, Xml};

/// What applications keep with the domain, kept as it was.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct Metadata {
    /// The element.
    #[xml(verbatim = "metadata", since = "0.9.10")]
    pub tree: Option<Tree>,
}

impl Metadata {
    /// The child element of the namespace `uri`, as a document of its own without that namespace.
    #[must_use]
    pub fn get(&self, uri: &str) -> Option<String> {
        let mut root = self
            .elements()
            .find(|it| it.namespace() == Some(uri))?
            .clone();
        root.release(uri);
        Some(Tree { root }.to_text(0))
    }

    /// Puts `text`, one element, under the namespace `uri` with the prefix `key`, in place of what was there.
    ///
    /// # Errors
    /// When the text is not one well-formed element.
    pub fn set(&mut self, uri: &str, key: &str, text: &str) -> Result<(), Errors> {
        let mut tree = Tree::parse(text, &Limits::default())?;
        tree.root.adopt(key, uri);
        self.remove(uri);
        let metadata = self.tree.get_or_insert_with(|| Tree {
            root: Element {
                name: "metadata".into(),
                ..Element::default()
            },
        });
        metadata.root.children.push(Content::Element(tree.root));
        Ok(())
    }

    /// Removes the child element of the namespace `uri`; false when there was none.
    pub fn remove(&mut self, uri: &str) -> bool {
        let Some(tree) = &mut self.tree else {
            return false;
        };
        let before = tree.root.children.len();
        tree.root.children.retain(|it| match it {
            Content::Element(element) => element.namespace() != Some(uri),
            _ => true,
        });
        let removed = tree.root.children.len() < before;
        self.forget_empty();
        removed
    }

    /// Drops what could not be asked for: elements without a namespace, and the further ones of a namespace.
    pub fn keep_addressable(&mut self) {
        self.forget_empty();
        let Some(tree) = &mut self.tree else {
            return;
        };
        let mut known = HashSet::new();
        tree.root.children.retain(|it| match it {
            Content::Element(element) => element
                .namespace()
                .is_some_and(|uri| known.insert(uri.to_owned())),
            _ => true,
        });
    }

    /// Drops the element itself where it holds none.
    fn forget_empty(&mut self) {
        if self.elements().next().is_none() {
            self.tree = None;
        }
    }

    fn elements(&self) -> impl Iterator<Item = &Element> {
        self.tree.iter().flat_map(|it| it.root.elements())
    }
}
