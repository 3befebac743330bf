//! A document without its spelling: elements with sorted attributes and trimmed texts.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

/// A document's elements in order, and each single thing that it says, with how often.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Canonical {
    pub(super) elements: Vec<String>,
    pub(super) facts: BTreeMap<String, usize>,
}

/// The canonical form; nothing when the text is no XML.
pub(super) fn canonical(text: &str) -> Option<Canonical> {
    let document = Document::parse(text).ok()?;
    let mut canonical = Canonical {
        elements: Vec::new(),
        facts: BTreeMap::new(),
    };
    canonical.add(document.root_element(), "", 0);
    Some(canonical)
}

impl Canonical {
    fn add(&mut self, node: Node<'_, '_>, path: &str, depth: usize) {
        let mut attributes: Vec<String> = node
            .attributes()
            .map(|it| format!("{}='{}'", it.name(), it.value()))
            .collect();
        attributes.sort();
        let text = text_of(node);
        let name = node.tag_name().name();
        let element = format!("{depth} {name} {} {text}", attributes.join(" "));
        self.elements.push(element);

        let path = format!("{path}/{}", label(node));
        for attribute in &attributes {
            self.fact(format!("{path}/@{attribute}"));
        }
        if !text.is_empty() {
            self.fact(format!("{path}={text}"));
        }
        let children = node.children().filter(Node::is_element);
        if attributes.is_empty() && text.is_empty() && children.clone().next().is_none() {
            self.fact(path.clone());
        }
        for child in children {
            self.add(child, &path, depth + 1);
        }
    }

    fn fact(&mut self, fact: String) {
        *self.facts.entry(fact).or_default() += 1;
    }
}

/// The element's own text before its first child.
fn text_of<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default().trim()
}

/// The element's name, with what tells it from its like.
fn label(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    match name {
        "disk" => {
            let target = node.children().find(|it| it.has_tag_name("target"));
            let target = target.and_then(|it| it.attribute("dev"));
            target.map_or_else(|| name.to_owned(), |it| format!("disk[{it}]"))
        }
        "controller" => {
            let part = |name| node.attribute(name).unwrap_or_default();
            format!("controller[{}{}]", part("type"), part("index"))
        }
        _ => name.to_owned(),
    }
}

/// What the first has more of than the second.
pub(super) fn more(
    first: &BTreeMap<String, usize>,
    second: &BTreeMap<String, usize>,
) -> Vec<String> {
    let surplus = |(fact, count): (&String, &usize)| {
        let other = second.get(fact).copied().unwrap_or_default();
        (*count > other).then(|| fact.clone())
    };
    first.iter().filter_map(surplus).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_count() {
        let one = canonical("<a><b x='1' y=\"2\"/><c>\n t </c></a>").unwrap();
        let other = canonical("<a>\n  <b y='2' x='1'></b>\n  <c>t</c></a>").unwrap();
        assert_eq!(one, other);
    }

    #[test]
    fn order_and_number_count() {
        let one = canonical("<a><b/><c/></a>").unwrap();
        let other = canonical("<a><c/><b/></a>").unwrap();
        assert_ne!(one.elements, other.elements);
        assert_eq!(one.facts, other.facts);
        let twice = canonical("<a><b/><b/><c/></a>").unwrap();
        assert_eq!(more(&twice.facts, &one.facts), ["/a/b"]);
        assert!(more(&one.facts, &twice.facts).is_empty());
    }

    #[test]
    fn a_fact_says_of_which_device_it_is() {
        let text = "<d><disk><target dev='vda'/></disk><controller type='usb' index='1'/></d>";
        let facts = canonical(text).unwrap().facts;
        let facts: Vec<&String> = facts.keys().collect();
        assert_eq!(
            facts,
            [
                "/d/controller[usb1]/@index='1'",
                "/d/controller[usb1]/@type='usb'",
                "/d/disk[vda]/target/@dev='vda'"
            ]
        );
    }
}
