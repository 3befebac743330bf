//! Documents spoilt in one place each, to compare decisions on.

use std::collections::HashSet;

use roxmltree::{Document, Node};

/// Spoils each kind of place once, whatever document it is met in first.
#[derive(Debug, Default)]
pub(super) struct Mutants {
    done: HashSet<String>,
}

/// A spoilt document.
#[derive(Debug)]
pub(super) struct Mutant {
    pub(super) what: String,
    pub(super) text: String,
}

impl Mutants {
    /// The document itself and its mutants.
    pub(super) fn of(&mut self, text: &str) -> Vec<Mutant> {
        let mut all = Vec::new();
        let Ok(document) = Document::parse(text) else {
            return all;
        };
        for node in document.descendants().filter(Node::is_element) {
            let place = place(node);
            let mut offer = |what: String, range: std::ops::Range<usize>, new: &str| {
                if self.done.insert(format!("{place} {what}"))
                    && let (Some(before), Some(after)) =
                        (text.get(..range.start), text.get(range.end..))
                {
                    let text = format!("{before}{new}{after}");
                    all.push(Mutant {
                        what: format!("{place}: {what}"),
                        text,
                    });
                }
            };
            let range = node.range();
            let own = text.get(range.clone()).unwrap_or_default();
            if node.parent_element().is_some() {
                offer("without it".to_owned(), range.clone(), "");
                offer("twice".to_owned(), range.clone(), &format!("{own}{own}"));
            }
            let siblings = node.next_sibling_element();
            if let Some(next) = siblings.filter(|it| it.tag_name() != node.tag_name()) {
                let between = text.get(range.end..next.range().start).unwrap_or_default();
                let other = text.get(next.range()).unwrap_or_default();
                let whole = range.start..next.range().end;
                let what = format!("after {}", next.tag_name().name());
                offer(what, whole, &format!("{other}{between}{own}"));
            }
            for attribute in node.attributes() {
                let name = attribute.name();
                offer(format!("without @{name}"), attribute.range(), "");
                for value in [
                    "",
                    "bogus",
                    "a b/?*",
                    "-1",
                    "99999999999",
                    "0x10",
                    "7",
                    "yes",
                ] {
                    offer(format!("@{name}='{value}'"), attribute.range_value(), value);
                }
            }
            if let Some(child) = node.first_child().filter(Node::is_text)
                && node.first_element_child().is_none()
            {
                for value in ["", "bogus", "a b/?*", "-1", "99999999999", "0x10", "7"] {
                    offer(format!("text '{value}'"), child.range(), value);
                }
            }
        }
        all
    }
}

/// The kind of place: the path, with the attribute that chooses a variant, and all attributes' names.
fn place(node: Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|it| {
            let chooser = ["type", "model", "mode", "device"]
                .iter()
                .filter_map(|name| it.attribute(*name).map(|value| format!("{name}={value}")));
            let chooser: Vec<String> = chooser.take(2).collect();
            match chooser.is_empty() || it.parent_element().is_none() {
                true => it.tag_name().name().to_owned(),
                false => format!("{}[{}]", it.tag_name().name(), chooser.join(",")),
            }
        })
        .collect();
    steps.reverse();
    let others: Vec<&str> = node
        .children()
        .filter(Node::is_element)
        .map(|it| it.tag_name().name())
        .collect();
    let mut others: Vec<&str> = others.into_iter().collect();
    others.sort_unstable();
    others.dedup();
    if others.len() > 6 {
        others.clear();
    }
    format!("/{} ({})", steps.join("/"), others.join(" "))
}
