//! A document's declarations as a RELAX NG schema, for editors and validators.
//!
//! It has every element, attribute, value and need of the declarations. What holds between parts
//! (`rule`) and the order of children is not in it: strict parsing is narrower.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::reference::Page;
use crate::rule::{Pattern, Strict};
use crate::table::{Field, FieldKind, Required, Selector, Shape, Table};

/// The schema of a document; for what is on other pages it includes their schemas.
#[must_use]
pub fn relaxng(root: &'static Table, pages: &[Page]) -> String {
    let mut schema = Schema {
        root,
        pages,
        namespaces: root.namespaces,
        names: BTreeMap::new(),
        waiting: Vec::new(),
        out: String::new(),
        depth: 0,
    };
    schema
        .out
        .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    schema.open("grammar xmlns=\"http://relaxng.org/ns/structure/1.0\" datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\"");
    schema.open("start");
    let variants = match root.selector {
        Some(Selector::Element) => root.variants,
        _ => &[],
    };
    if variants.is_empty() {
        schema.element(root.element, |it| it.reference(root));
    } else {
        schema.open("choice");
        for variant in variants {
            schema.element(variant.name, |it| match variant.content {
                Some(content) => it.reference(content()),
                None => it.line("empty"),
            });
        }
        schema.close("choice");
    }
    schema.close("start");
    let mut next = 0;
    while let Some((name, table)) = schema.waiting.get(next).cloned() {
        next += 1;
        schema.open(&format!("define name=\"{name}\""));
        schema.content(table);
        schema.close("define");
    }
    schema.anything();
    schema.close("grammar");
    schema.out
}

struct Schema<'a> {
    root: &'static Table,
    pages: &'a [Page],
    namespaces: &'static [(&'static str, &'static str)],
    /// The names of the types, by their addresses.
    names: BTreeMap<usize, String>,
    waiting: Vec<(String, &'static Table)>,
    out: String,
    depth: usize,
}

impl Schema<'_> {
    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    fn open(&mut self, tag: &str) {
        self.indent();
        let _ = writeln!(self.out, "<{tag}>");
        self.depth += 1;
    }

    fn close(&mut self, tag: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn line(&mut self, tag: &str) {
        self.indent();
        let _ = writeln!(self.out, "<{tag}/>");
    }

    fn text(&mut self, tag: &str, name: &str, text: &str) {
        self.indent();
        let _ = writeln!(self.out, "<{tag}>{}</{name}>", escape(text));
    }

    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let namespace = name.split_once(':').and_then(|(prefix, local)| {
            let found = self.namespaces.iter().find(|(it, _)| *it == prefix);
            found.map(|(_, uri)| (local, *uri))
        });
        match namespace {
            Some((local, uri)) => self.open(&format!("element name=\"{local}\" ns=\"{uri}\"")),
            None => self.open(&format!("element name=\"{name}\" ns=\"\"")),
        }
        content(self);
        self.close("element");
    }

    /// Refers to a type's definition.
    fn reference(&mut self, table: &'static Table) {
        if let Some(page) = Page::of(self.pages, table, self.root) {
            return self.include(page);
        }
        let address = std::ptr::from_ref(table).addr();
        if !self.names.contains_key(&address) {
            let taken = |name: &str| self.names.values().any(|it| it == name);
            let mut name = table.prose.type_name.to_owned();
            while taken(&name) {
                name.push('_');
            }
            self.names.insert(address, name.clone());
            self.waiting.push((name, table));
        }
        let name = self.names.get(&address).cloned().unwrap_or_default();
        self.line(&format!("ref name=\"{name}\""));
    }

    /// What another page says of its document, whatever the element is called here.
    fn include(&mut self, page: Page) {
        self.open("grammar");
        self.open(&format!("include href=\"{}.rng\"", page.name));
        self.open("start");
        self.line(&format!(
            "ref name=\"{}\"",
            (page.describe)().prose.type_name
        ));
        self.close("start");
        self.close("include");
        self.close("grammar");
    }

    fn content(&mut self, table: &'static Table) {
        if has(table, &|it| it.kind == FieldKind::Rest) {
            self.line("ref name=\"anything\"");
            return;
        }
        let elements = has(table, &|it| {
            !matches!(
                it.kind,
                FieldKind::Attribute | FieldKind::Text | FieldKind::Flatten
            )
        });
        self.open("interleave");
        self.fields(table, &[], elements);
        self.line("empty");
        self.close("interleave");
    }

    fn fields(&mut self, table: &'static Table, without: &[&str], elements: bool) {
        let Some(Selector::Attribute { name, required, .. }) = table.selector else {
            for field in table.fields {
                if !without.contains(&field.name) && !matches!(field.detail.strict, Strict::Absent)
                {
                    self.field(field, elements);
                }
            }
            return;
        };
        self.open("choice");
        for variant in table.variants.iter().filter(|it| !it.absent) {
            self.open("group");
            let optional =
                required == Required::No && table.variants.iter().all(|it| !it.name.is_empty());
            self.maybe(optional, |it| {
                it.open(&format!("attribute name=\"{name}\""));
                it.text("value", "value", variant.name);
                it.close("attribute");
            });
            if let Some(content) = variant.content {
                if variant.inside {
                    let child = table.fields.get(1).map_or("", |it| it.name);
                    self.maybe(true, |it| it.element(child, |it| it.reference(content())));
                } else {
                    self.open("interleave");
                    self.fields(content(), without, elements);
                    self.line("empty");
                    self.close("interleave");
                }
            }
            self.close("group");
        }
        self.close("choice");
    }

    fn maybe(&mut self, optional: bool, content: impl FnOnce(&mut Self)) {
        if optional {
            self.open("optional");
        }
        content(self);
        if optional {
            self.close("optional");
        }
    }

    fn field(&mut self, field: &'static Field, elements: bool) {
        if !field.detail.wrapper.is_empty() {
            self.maybe(true, |it| {
                it.element(field.detail.wrapper, |it| it.repeated(field, elements));
            });
        } else {
            self.repeated(field, elements);
        }
    }

    fn repeated(&mut self, field: &'static Field, elements: bool) {
        let optional = match field.kind {
            // `required` says there what the child must have.
            FieldKind::ChildAttribute(_) if field.detail.wrapper.is_empty() => true,
            _ => field.required == Required::No,
        };
        let around = match (field.many, optional) {
            (true, true) => "zeroOrMore",
            (true, false) => "oneOrMore",
            (false, true) => "optional",
            (false, false) => "group",
        };
        if matches!(field.kind, FieldKind::Flatten) {
            if let Some(content) = field.content {
                self.fields(content(), field.detail.without, elements);
            }
            return;
        }
        self.open(around);
        self.single(field, elements);
        self.close(around);
    }

    fn single(&mut self, field: &'static Field, elements: bool) {
        match field.kind {
            FieldKind::Attribute => {
                self.open(&format!("attribute name=\"{}\"", field.name));
                self.value(field);
                self.close("attribute");
            }
            FieldKind::Text => {
                self.unit(field);
                if elements {
                    self.line("text");
                } else {
                    self.value(field);
                }
            }
            FieldKind::TextChild => self.element(field.name, |it| {
                it.unit(field);
                it.value(field);
            }),
            FieldKind::ChildAttribute(name) => self.element(field.name, |it| {
                it.maybe(field.required == Required::No, |it| {
                    it.open(&format!("attribute name=\"{name}\""));
                    it.value(field);
                    it.close("attribute");
                });
            }),
            FieldKind::Present => self.element(field.name, |it| it.line("empty")),
            FieldKind::Child => self.element(field.name, |it| match field.content {
                Some(content) => it.reference(content()),
                None => it.line("empty"),
            }),
            FieldKind::Choice => {
                self.open("choice");
                for variant in field.content.map_or(&[][..], |it| it().variants) {
                    self.element(variant.name, |it| match variant.content {
                        Some(content) => it.reference(content()),
                        None => it.line("empty"),
                    });
                }
                self.close("choice");
            }
            FieldKind::Verbatim => {
                self.element(field.name, |it| it.line("ref name=\"anything\""));
            }
            FieldKind::Flatten | FieldKind::Rest => {}
        }
    }

    fn unit(&mut self, field: &Field) {
        if !field.detail.unit.is_empty() {
            self.maybe(true, |it| {
                it.open("attribute name=\"unit\"");
                it.pattern(&crate::size::UNIT);
                it.close("attribute");
            });
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let Some((least, greatest)) = pattern.numbers else {
            return self.regex(pattern.regex);
        };
        self.open("choice");
        if !pattern.regex.is_empty() {
            self.regex(pattern.regex);
        }
        self.open("data type=\"integer\"");
        self.text("param name=\"minInclusive\"", "param", &least.to_string());
        self.text(
            "param name=\"maxInclusive\"",
            "param",
            &greatest.to_string(),
        );
        self.close("data");
        self.close("choice");
    }

    fn regex(&mut self, regex: &str) {
        self.open("data type=\"string\"");
        self.text("param name=\"pattern\"", "param", regex);
        self.close("data");
    }

    fn value(&mut self, field: &Field) {
        match (field.detail.strict, field.detail.shape) {
            (Strict::Pattern(it), _) => self.pattern(it),
            (Strict::Words(words), _) => self.words(words.iter().copied()),
            (_, Shape::Enum(words)) => {
                self.words(words.iter().filter(|it| !it.absent).map(|it| it.name));
            }
            (_, Shape::YesNo) => self.words(["yes", "no"].into_iter()),
            (_, Shape::OnOff) => self.words(["on", "off"].into_iter()),
            (_, Shape::Unsigned(_)) => self.regex(r"\s*(0[xX][0-9a-fA-F]+|\+?[0-9]+)"),
            (_, Shape::Size) => self.regex(r"\s*\+?[0-9]+"),
            (_, Shape::Signed(_)) => self.regex(r"\s*[+\-]?[0-9]+"),
            (_, Shape::Hex) => self.regex(r"\s*\+?(0[xX][0-9a-fA-F]+|[0-9]+)"),
            (_, Shape::Float) => self.line("data type=\"double\""),
            (_, Shape::Text | Shape::Named(_) | Shape::None) => self.line("text"),
        }
    }

    fn words<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        self.open("choice");
        for word in words {
            self.text("value", "value", word);
        }
        self.close("choice");
    }

    /// What may stand in an element that is kept as it is.
    fn anything(&mut self) {
        self.open("define name=\"anything\"");
        self.open("zeroOrMore");
        self.open("choice");
        self.open("attribute");
        self.line("anyName");
        self.close("attribute");
        self.line("text");
        self.open("element");
        self.line("anyName");
        self.line("ref name=\"anything\"");
        self.close("element");
        self.close("choice");
        self.close("zeroOrMore");
        self.close("define");
    }
}

/// Whether a type or one flattened into it has such a field.
fn has(table: &'static Table, wanted: &dyn Fn(&Field) -> bool) -> bool {
    let inner = |it: &Field| {
        it.kind == FieldKind::Flatten && it.content.is_some_and(|it| has(it(), wanted))
    };
    let variant =
        |it: &crate::table::Variant| it.inside || it.content.is_some_and(|it| has(it(), wanted));
    let attribute = matches!(table.selector, Some(Selector::Attribute { .. }));
    table.fields.iter().any(|it| wanted(it) || inner(it))
        || (attribute && table.variants.iter().any(variant))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
