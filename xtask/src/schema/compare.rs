//! Walks a schema of libvirt and our own declarations together, element by element.

use std::collections::{BTreeMap, BTreeSet};

use xml::{FieldKind, Selector, Shape, Table};

use super::grammar::{Content, Grammar, Values};

/// What our declarations say of one element.
#[derive(Debug, Default)]
struct Ours {
    attributes: BTreeMap<String, Values>,
    children: BTreeMap<String, Ours>,
    /// The types of the element, not looked into yet.
    tables: Vec<&'static Table>,
    text: Option<Values>,
    any: bool,
}

/// One difference: the place, and what differs there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    pub(super) path: String,
    pub(super) what: String,
}

/// All differences between the schema's document and ours, by place.
pub(super) fn compare(
    grammar: &Grammar,
    root: &str,
    table: &'static Table,
) -> BTreeSet<Difference> {
    let mut walk = Walk {
        grammar,
        found: BTreeSet::new(),
        visited: BTreeSet::new(),
    };
    let Some(elements) = grammar.roots().remove(root) else {
        walk.report(&format!("/{root}"), "is no document of the schema");
        return walk.found;
    };
    let ours = Ours {
        tables: vec![table],
        ..Ours::default()
    };
    walk.element(&format!("/{root}"), &elements, ours);
    walk.found
}

struct Walk<'a> {
    grammar: &'a Grammar,
    found: BTreeSet<Difference>,
    visited: BTreeSet<(BTreeSet<usize>, Vec<usize>)>,
}

impl Walk<'_> {
    fn report(&mut self, path: &str, what: impl Into<String>) {
        self.found.insert(Difference {
            path: path.to_owned(),
            what: what.into(),
        });
    }

    fn element(&mut self, path: &str, elements: &BTreeSet<usize>, mut ours: Ours) {
        // Variants that hold each other name the same types over and over.
        let address = |it: &&'static Table| std::ptr::from_ref(*it).addr();
        ours.tables.sort_by_key(address);
        ours.tables.dedup_by_key(|it| address(it));
        let key = (elements.clone(), ours.tables.iter().map(address).collect());
        if !ours.tables.is_empty() && !self.visited.insert(key) {
            return;
        }
        let theirs = self.grammar.content(elements, &[]);
        for table in std::mem::take(&mut ours.tables) {
            ours.take(table, "");
        }
        if ours.any || theirs.any {
            return;
        }
        self.attributes(path, &theirs, &ours);
        self.text(path, &theirs, &ours);
        for (name, inner) in &theirs.children {
            let name = match name.split_once(':') {
                Some((_, local)) => local,
                None => name,
            };
            match ours.children.remove(name) {
                Some(it) => self.element(&format!("{path}/{name}"), inner, it),
                None => self.report(&format!("{path}/{name}"), "element of the schema only"),
            }
        }
        for name in ours.children.keys() {
            self.report(&format!("{path}/{name}"), "element of ours only");
        }
    }

    fn attributes(&mut self, path: &str, theirs: &Content, ours: &Ours) {
        for (name, values) in &theirs.attributes {
            let place = format!("{path}/@{name}");
            match ours.attributes.get(name) {
                Some(it) => self.values(&place, values, it),
                None => self.report(&place, "attribute of the schema only"),
            }
        }
        for name in ours.attributes.keys() {
            if !theirs.attributes.contains_key(name) {
                self.report(&format!("{path}/@{name}"), "attribute of ours only");
            }
        }
    }

    fn text(&mut self, path: &str, theirs: &Content, ours: &Ours) {
        match (&theirs.text, &ours.text) {
            (Some(theirs), Some(ours)) => self.values(&format!("{path}/text()"), theirs, ours),
            (Some(_), None) => self.report(path, "text of the schema only"),
            (None, Some(_)) => self.report(path, "text of ours only"),
            (None, None) => {}
        }
    }

    fn values(&mut self, place: &str, theirs: &Values, ours: &Values) {
        let quoted = |words: Vec<&String>| {
            let words: Vec<String> = words.iter().map(|it| format!("'{it}'")).collect();
            words.join(", ")
        };
        let missing: Vec<&String> = theirs.words.difference(&ours.words).collect();
        if !missing.is_empty() && !ours.open {
            self.report(
                place,
                format!("words of the schema only: {}", quoted(missing)),
            );
        }
        let more: Vec<&String> = ours.words.difference(&theirs.words).collect();
        if !more.is_empty() && !theirs.open {
            self.report(place, format!("words of ours only: {}", quoted(more)));
        }
        if ours.open && !theirs.open && !theirs.words.is_empty() {
            let words = quoted(theirs.words.iter().collect());
            self.report(
                place,
                format!("any text of ours, only {words} of the schema"),
            );
        }
        if theirs.open && !ours.open && theirs.words.is_empty() {
            let words = quoted(ours.words.iter().collect());
            self.report(place, format!("only {words} of ours, others of the schema"));
        }
    }
}

impl Ours {
    /// Adds what a type declares; `skip` is the attribute that chose it as a variant.
    fn take(&mut self, table: &'static Table, skip: &str) {
        if let Some(Selector::Attribute { name, .. }) = table.selector
            && name != skip
        {
            let values = self.attributes.entry(local(name)).or_default();
            values
                .words
                .extend(table.variants.iter().map(|it| it.name.to_owned()));
        }
        let mut inside = Vec::new();
        for variant in table.variants {
            if let Some(content) = variant.content {
                if variant.inside {
                    inside.push(content());
                } else {
                    self.take(content(), skip);
                }
            }
        }
        for field in table.fields {
            if table.selector.is_some() {
                if field.kind == FieldKind::Child {
                    self.children
                        .entry(local(field.name))
                        .or_default()
                        .tables
                        .append(&mut inside);
                }
                continue;
            }
            let mut target = &mut *self;
            if !field.detail.wrapper.is_empty() {
                target = target
                    .children
                    .entry(local(field.detail.wrapper))
                    .or_default();
            }
            target.field(field);
        }
    }

    fn field(&mut self, field: &'static xml::Field) {
        match field.kind {
            FieldKind::Attribute => {
                self.attributes
                    .entry(local(field.name))
                    .or_default()
                    .add(field.detail.shape);
            }
            FieldKind::Text => {
                self.text.get_or_insert_default().add(field.detail.shape);
                self.unit(field);
            }
            FieldKind::TextChild => {
                let child = self.children.entry(local(field.name)).or_default();
                child.text.get_or_insert_default().add(field.detail.shape);
                child.unit(field);
            }
            FieldKind::ChildAttribute(name) => {
                let child = self.children.entry(local(field.name)).or_default();
                child
                    .attributes
                    .entry(local(name))
                    .or_default()
                    .add(field.detail.shape);
            }
            FieldKind::Present => {
                self.children.entry(local(field.name)).or_default();
            }
            FieldKind::Child => {
                let child = self.children.entry(local(field.name)).or_default();
                child.tables.extend(field.content.map(|it| it()));
            }
            FieldKind::Choice => {
                for variant in field.content.map_or(&[][..], |it| it().variants) {
                    let child = self.children.entry(local(variant.name)).or_default();
                    child.tables.extend(variant.content.map(|it| it()));
                }
            }
            FieldKind::Flatten => {
                if let Some(content) = field.content {
                    self.take(content(), "");
                }
            }
            FieldKind::Verbatim => {
                self.children.entry(local(field.name)).or_default().any = true;
            }
            FieldKind::Rest => self.any = true,
        }
    }

    fn unit(&mut self, field: &xml::Field) {
        if !field.detail.unit.is_empty() {
            self.attributes.entry("unit".to_owned()).or_default().open = true;
        }
    }
}

impl Values {
    fn add(&mut self, shape: Shape) {
        match shape {
            Shape::Enum(words) => self.words.extend(words.iter().map(|it| it.name.to_owned())),
            Shape::YesNo => self.words.extend(["yes".to_owned(), "no".to_owned()]),
            Shape::OnOff => self.words.extend(["on".to_owned(), "off".to_owned()]),
            _ => self.open = true,
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> String {
    name.split_once(':').map_or(name, |(_, it)| it).to_owned()
}
