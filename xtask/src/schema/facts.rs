//! What the schema says of each field of our types, in all places where the type is used.

use std::collections::{BTreeMap, BTreeSet};

use xml::{Field, FieldKind, Required, Selector, Shape, Strict, Table};

use super::grammar::{Content, Grammar, Known, Values};

/// What the schema says of one field, over all places.
#[derive(Debug, Default)]
struct Fact {
    places: usize,
    absent: usize,
    required: usize,
    words: BTreeSet<String>,
    types: BTreeSet<String>,
    ours: String,
}

/// The suggestions for all fields of a document, a line each.
pub(super) fn facts(grammar: &Grammar, root: &str, table: &'static Table) -> Vec<String> {
    let mut walk = Walk {
        grammar,
        facts: BTreeMap::new(),
        flattened: BTreeMap::new(),
        visited: BTreeSet::new(),
    };
    if let Some(elements) = grammar.roots().remove(root) {
        walk.visit(&elements, table);
    }
    walk.lines()
}

struct Walk<'a> {
    grammar: &'a Grammar,
    /// By type and name.
    facts: BTreeMap<(String, String), Fact>,
    /// By type, flattened type, and name.
    flattened: BTreeMap<(String, String, String), (usize, usize)>,
    visited: BTreeSet<(BTreeSet<usize>, usize)>,
}

impl Walk<'_> {
    fn lines(self) -> Vec<String> {
        let mut lines = Vec::new();
        for ((owner, inner, name), (places, absent)) in &self.flattened {
            let field = self.facts.get(&(inner.clone(), name.clone()));
            if places == absent && field.is_none_or(|it| it.absent < it.places) {
                lines.push(format!("WITHOUT\t{owner}\t{inner}\t{name}"));
            }
        }
        for ((owner, name), fact) in &self.facts {
            let mut say = |what: &str, more: String| {
                lines.push(format!("{what}\t{owner}\t{name}\t{}\t{more}", fact.ours));
            };
            if fact.absent == fact.places {
                say("ABSENT", String::new());
                continue;
            }
            if fact.required == fact.places {
                say("REQUIRED", String::new());
            }
            let join = |it: &BTreeSet<String>| it.iter().cloned().collect::<Vec<_>>().join("\u{1}");
            if fact.types.is_empty() && !fact.words.is_empty() {
                say("WORDS", join(&fact.words));
            } else if !fact.types.is_empty() {
                say(
                    "TYPES",
                    format!("{}\t{}", join(&fact.types), join(&fact.words)),
                );
            }
        }
        lines
    }

    fn visit(&mut self, elements: &BTreeSet<usize>, table: &'static Table) {
        let key = (elements.clone(), std::ptr::from_ref(table).addr());
        if self.visited.insert(key) {
            self.fields(elements, &[], table, None);
        }
    }

    fn fields(
        &mut self,
        elements: &BTreeSet<usize>,
        known: &[Known<'_>],
        table: &'static Table,
        via: Option<(&'static str, &'static str)>,
    ) {
        let theirs = self.grammar.content(elements, known);
        if theirs.any {
            return;
        }
        if let Some(Selector::Attribute { name, .. }) = table.selector {
            let child = table.fields.iter().find(|it| it.kind == FieldKind::Child);
            for variant in table.variants {
                let Some(content) = variant.content else {
                    continue;
                };
                let mut known = known.to_vec();
                known.push((name, variant.name));
                if !variant.inside {
                    self.fields(elements, &known, content(), via);
                } else if let Some(inner) = child.and_then(|it| {
                    self.grammar
                        .content(elements, &known)
                        .children
                        .remove(it.name)
                }) {
                    self.visit(&inner, content());
                }
            }
            return;
        }
        for field in table.fields {
            self.field(&theirs, elements, known, table, field, via);
        }
    }

    fn field(
        &mut self,
        theirs: &Content,
        elements: &BTreeSet<usize>,
        known: &[Known<'_>],
        table: &'static Table,
        field: &'static Field,
        via: Option<(&'static str, &'static str)>,
    ) {
        let child = |name: &str| theirs.children.get(local(name));
        let mut wrapped = Content::default();
        let mut target = theirs;
        if !field.detail.wrapper.is_empty() {
            if let Some(it) = child(field.detail.wrapper) {
                wrapped = self.grammar.content(it, &[]);
            }
            target = &wrapped;
        }
        match field.kind {
            FieldKind::Attribute => {
                let name = format!("@{}", field.name);
                let required = target.required.contains(&name);
                self.note(
                    table,
                    field,
                    name,
                    target.attributes.get(field.name),
                    required,
                    via,
                );
            }
            FieldKind::Text => {
                let required = target.required.contains("text()");
                self.note(
                    table,
                    field,
                    "text()".to_owned(),
                    target.text.as_ref(),
                    required,
                    via,
                );
            }
            FieldKind::ChildAttribute(name) => {
                let inner = target.children.get(local(field.name));
                let inner = inner.map(|it| self.grammar.content(it, &[]));
                let values = inner.as_ref().and_then(|it| it.attributes.get(name));
                let required = inner
                    .as_ref()
                    .is_some_and(|it| it.required.contains(&format!("@{name}")));
                self.note(table, field, field.name.to_owned(), values, required, via);
            }
            FieldKind::TextChild | FieldKind::Present | FieldKind::Child => {
                let inner = target.children.get(local(field.name));
                let values = inner.map(|it| self.grammar.content(it, &[]).text.unwrap_or_default());
                let required = target.required.contains(local(field.name));
                self.note(
                    table,
                    field,
                    field.name.to_owned(),
                    values.as_ref(),
                    required,
                    via,
                );
                if let (Some(inner), Some(content)) = (inner, field.content) {
                    let inner = inner.clone();
                    self.visit(&inner, content());
                }
            }
            FieldKind::Choice => {
                for variant in field.content.map_or(&[][..], |it| it().variants) {
                    let inner = target.children.get(local(variant.name)).cloned();
                    if let (Some(inner), Some(content)) = (inner, variant.content) {
                        self.visit(&inner, content());
                    }
                }
            }
            FieldKind::Flatten => {
                if let Some(content) = field.content {
                    let via = via.or(Some((table.prose.type_name, content().prose.type_name)));
                    self.fields(elements, known, content(), via);
                }
            }
            FieldKind::Verbatim | FieldKind::Rest => {}
        }
    }

    fn note(
        &mut self,
        table: &Table,
        field: &Field,
        name: String,
        values: Option<&Values>,
        required: bool,
        via: Option<(&'static str, &'static str)>,
    ) {
        if let Some((owner, inner)) = via {
            let plain = name.trim_start_matches('@').to_owned();
            let key = (owner.to_owned(), inner.to_owned(), plain);
            let count = self.flattened.entry(key).or_default();
            count.0 += 1;
            count.1 += usize::from(values.is_none());
        }
        let key = (table.prose.type_name.to_owned(), name);
        let fact = self.facts.entry(key).or_default();
        fact.places += 1;
        fact.ours = ours(field);
        match values {
            None => fact.absent += 1,
            Some(values) => {
                fact.words.extend(values.words.iter().cloned());
                fact.types.extend(values.types.iter().cloned());
            }
        }
        fact.required += usize::from(required && values.is_some());
    }
}

fn ours(field: &Field) -> String {
    let shape = match field.detail.shape {
        Shape::None => "none".to_owned(),
        Shape::Text => "Text".to_owned(),
        Shape::Enum(words) => {
            let words: Vec<&str> = words.iter().map(|it| it.name).collect();
            format!("Enum:{}", words.join("\u{1}"))
        }
        other => format!("{other:?}"),
    };
    let required = match field.required {
        Required::No => "",
        _ => ",required",
    };
    let strict = match field.detail.strict {
        Strict::Nothing => "",
        _ => ",strict",
    };
    format!("{shape}{required}{strict}")
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, it)| it)
}
