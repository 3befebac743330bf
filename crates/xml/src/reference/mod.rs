//! Walks tables for the generated reference and schema.

mod since;

use std::fmt::Write as _;

use crate::prose::Prose;
use crate::rule::{Rule, Strict};
use crate::table::{Field, FieldKind, Required, Selector, Shape, Table};

/// The words for a scalar's shape.
#[must_use]
pub fn shape_words(shape: Shape) -> String {
    match shape {
        Shape::None => String::new(),
        Shape::Text => "text".to_owned(),
        Shape::Unsigned(bits) => format!("whole number, {bits} bits"),
        Shape::Signed(bits) => format!("signed whole number, {bits} bits"),
        Shape::Float => "number".to_owned(),
        Shape::Hex => "number, decimal or 0x…".to_owned(),
        Shape::YesNo => "yes | no".to_owned(),
        Shape::OnOff => "on | off".to_owned(),
        Shape::Enum(values) => {
            let names: Vec<_> = values.iter().map(|it| it.name).collect();
            names.join(" | ")
        }
        Shape::Size => "size with unit".to_owned(),
        Shape::Named(name) => name.to_owned(),
    }
}

/// Every table reachable from `root`, each once, in the order of first use.
#[must_use]
pub fn tables(root: &'static Table) -> Vec<&'static Table> {
    let mut found: Vec<&'static Table> = vec![root];
    let mut next = 0;
    while let Some(table) = found.get(next).copied() {
        let fields = table.fields.iter().filter_map(|it| it.content);
        let variants = table.variants.iter().filter_map(|it| it.content);
        for content in fields.chain(variants) {
            let table = content();
            if !found.iter().any(|it| std::ptr::eq(*it, table)) {
                found.push(table);
            }
        }
        next += 1;
    }
    found
}

/// A kind of document with files of its own: `NAME.md` and `NAME.rng`. Where it stands inside
/// another kind, that one's files refer to them.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The name of its files.
    pub name: &'static str,
    /// Its declaration.
    pub describe: fn() -> &'static Table,
}

impl Page {
    /// The page on which the type is described, unless that is the page of `root` itself.
    pub(crate) fn of(pages: &[Self], table: &'static Table, root: &'static Table) -> Option<Self> {
        let is = |it: &&Self| std::ptr::eq((it.describe)(), table) && !std::ptr::eq(table, root);
        pages.iter().find(is).copied()
    }
}

/// The reference of a document as Markdown: each element where it is met first, with its attributes
/// and children.
#[must_use]
pub fn markdown(root: &'static Table, pages: &[Page]) -> String {
    let mut walk = Walk {
        versions: since::of_types(root, pages),
        root,
        pages,
        out: String::new(),
        visited: Vec::new(),
        waiting: Vec::new(),
    };
    walk.wait(format!("/{}", root.element), root);
    let mut next = 0;
    while let Some(place) = walk.waiting.get(next).cloned() {
        next += 1;
        walk.section(&place);
    }
    walk.out
}

struct Walk<'a> {
    root: &'static Table,
    pages: &'a [Page],
    /// The types, each with the version of the oldest element that holds it.
    versions: Vec<(&'static Table, &'static str)>,
    out: String,
    /// The types described, each with the place of its description.
    visited: Vec<(&'static Table, String)>,
    waiting: Vec<Place>,
}

/// An element that is to be described.
#[derive(Debug, Clone)]
struct Place {
    path: String,
    /// The version that brought it, and with it all of its parts that are not younger.
    since: &'static str,
    table: &'static Table,
}

impl Place {
    /// The same place for parts that came with a version of their own.
    fn at(&self, since: &'static str) -> Self {
        Self {
            since: self.since(since),
            ..self.clone()
        }
    }

    /// The version that brought a part of it that says `since`.
    fn since(&self, since: &'static str) -> &'static str {
        since::younger(self.since, since)
    }
}

impl Walk<'_> {
    /// Has an element described later.
    fn wait(&mut self, path: String, table: &'static Table) {
        let version = self
            .versions
            .iter()
            .find(|(it, _)| std::ptr::eq(*it, table));
        let since = version.map_or("", |(_, since)| since);
        self.waiting.push(Place { path, since, table });
    }

    fn section(&mut self, place: &Place) {
        let Place { path, table, .. } = place;
        let table: &'static Table = table;
        let _ = writeln!(self.out, "\n## `{path}`\n");
        if let Some(Page { name, .. }) = Page::of(self.pages, table, self.root) {
            let _ = writeln!(self.out, "As in [{name}.md]({name}.md).");
            return;
        }
        let known = self.visited.iter().find(|(it, _)| std::ptr::eq(*it, table));
        if let Some((_, first)) = known {
            let _ = writeln!(self.out, "As `{first}`.");
            return;
        }
        self.visited.push((table, path.to_owned()));
        let _ = writeln!(self.out, "{}\n", table.prose.doc);
        let rules = rules_of(table);
        for rule in &rules {
            let _ = writeln!(self.out, "- Validation: {rule}.");
        }
        if !rules.is_empty() {
            self.out.push('\n');
        }
        let mut rows = Vec::new();
        self.rows(place, table, "", &[], &mut rows);
        if rows.is_empty() {
            return;
        }
        self.out
            .push_str("| part | value | since | meaning |\n| --- | --- | --- | --- |\n");
        for row in rows {
            let _ = writeln!(self.out, "{row}");
        }
    }

    /// The rows of a type; `when` says of which variant they are.
    fn rows(
        &mut self,
        place: &Place,
        table: &'static Table,
        when: &str,
        without: &[&str],
        rows: &mut Vec<String>,
    ) {
        let place = &place.at(table.prose.since);
        if let Some(Selector::Attribute { name, required, .. }) = table.selector {
            let words = table.variants.iter();
            let words = words.map(|it| (it.name, place.since(it.prose.since)));
            let absence = match required {
                Required::No => absence(&[&table.prose]),
                Required::Strict | Required::Always | Required::Parser => "; needed".to_owned(),
            };
            let meaning = format!("{when}{}", one_line(table.prose.doc));
            rows.push(row(
                &format!("`@{name}`"),
                &format!("{}{absence}", dated(words, place.since)),
                place.since,
                &meaning,
            ));
            for variant in table.variants {
                let Some(content) = variant.content else {
                    continue;
                };
                let place = &place.at(variant.prose.since);
                let when = format!("{name}='{}': ", variant.name);
                if variant.inside {
                    let inner = table.fields.get(1).map_or("", |it| it.name);
                    let meaning = format!("{when}{}", one_line(content().prose.doc));
                    rows.push(row(
                        &format!("`<{inner}>`"),
                        "element",
                        place.since,
                        &meaning,
                    ));
                    let inner = format!("{inner} ({name}='{}')", variant.name);
                    self.wait(format!("{}/{inner}", place.path), content());
                } else {
                    self.rows(place, content(), &when, without, rows);
                }
            }
            return;
        }
        for field in table.fields {
            if without.contains(&field.name) {
                continue;
            }
            self.row_of(place, table, field, when, rows);
        }
    }

    fn row_of(
        &mut self,
        place: &Place,
        table: &'static Table,
        field: &'static Field,
        when: &str,
        rows: &mut Vec<String>,
    ) {
        let wrapped = Place {
            path: format!("{}/{}", place.path, field.detail.wrapper),
            ..place.clone()
        };
        let place = if field.detail.wrapper.is_empty() {
            place
        } else {
            &wrapped
        };
        let inside = if field.detail.wrapper.is_empty() {
            String::new()
        } else {
            format!(" in `<{}>`", field.detail.wrapper)
        };
        let since = place.since(since::of_field(field));
        let mut value = values(field, since);
        if field.required != Required::No {
            value.push_str("; needed");
        }
        if field.many {
            value.push_str("; any number");
        }
        if field.is_optional_value() {
            value.push_str(&absence(&[&field.prose, &table.prose]));
        } else {
            value.push_str(&absence(&[&field.prose]));
        }
        let meaning = format!("{when}{}", one_line(field.prose.doc));
        let mut push = |part: &str| {
            rows.push(row(&format!("{part}{inside}"), &value, since, &meaning));
        };
        match field.kind {
            FieldKind::Attribute => push(&format!("`@{}`", field.name)),
            FieldKind::Text => push("text"),
            FieldKind::ChildAttribute(name) => push(&format!("`<{} {name}=…>`", field.name)),
            FieldKind::Flatten => {
                if let Some(content) = field.content {
                    self.rows(
                        &place.at(since),
                        content(),
                        when,
                        field.detail.without,
                        rows,
                    );
                }
            }
            FieldKind::Choice => {
                for variant in field.content.map_or(&[][..], |it| it().variants) {
                    let place = place.at(since).at(variant.prose.since);
                    let meaning = format!("{when}{}", one_line(variant.prose.doc));
                    rows.push(row(
                        &format!("`<{}>`{inside}", variant.name),
                        &value,
                        place.since,
                        &meaning,
                    ));
                    if let Some(content) = variant.content {
                        self.wait(format!("{}/{}", place.path, variant.name), content());
                    }
                }
            }
            FieldKind::Rest => push("other elements"),
            _ => push(&format!("`<{}>`", field.name)),
        }
        if field.kind == FieldKind::Child
            && let Some(content) = field.content
        {
            self.wait(format!("{}/{}", place.path, field.name), content());
        }
    }
}

impl Field {
    /// Whether it is a value, of an attribute or a text, that may be absent: the reference says what its absence means.
    #[must_use]
    pub fn is_optional_value(&self) -> bool {
        let value = matches!(
            self.kind,
            FieldKind::Attribute
                | FieldKind::ChildAttribute(_)
                | FieldKind::Text
                | FieldKind::TextChild
        );
        value && !self.many && self.required == Required::No
    }
}

/// What the absence of a part means, in words: the first of those who speak of it says so.
fn absence(prose: &[&Prose]) -> String {
    for it in prose {
        if !it.default.is_empty() {
            return format!("; default {}", it.default);
        }
        if !it.absent.is_empty() {
            return format!("; without it, {}", it.absent);
        }
    }
    String::new()
}

/// What a field's value may be, in words; the field is of version `since`.
fn values(field: &Field, since: &str) -> String {
    let mut value = match (field.kind, field.detail.strict) {
        (FieldKind::Present, _) => "empty element".to_owned(),
        (FieldKind::Child | FieldKind::Choice, _) => "element".to_owned(),
        (FieldKind::Verbatim | FieldKind::Rest, _) => "kept as it is".to_owned(),
        (_, Strict::Words(words)) => {
            let all = match field.detail.shape {
                Shape::Enum(all) => all,
                _ => &[],
            };
            let known = |word: &str| all.iter().find(|it| it.name == word);
            let version = |word: &str| known(word).map_or("", |it| it.prose.since);
            dated(words.iter().map(|it| (*it, version(it))), since)
        }
        (_, Strict::Pattern(pattern)) => pattern.name.to_owned(),
        _ => match field.detail.shape {
            Shape::Enum(words) => dated(words.iter().map(|it| (it.name, it.prose.since)), since),
            Shape::YesNo => code(&["yes", "no"]),
            Shape::OnOff => code(&["on", "off"]),
            Shape::Size => format!("size; without `unit` in {}", field.detail.unit),
            shape => shape_words(shape),
        },
    };
    if matches!(field.detail.strict, Strict::Absent) {
        value.push_str("; not in libvirt's schema");
    }
    value
}

fn row(part: &str, value: &str, since: &str, meaning: &str) -> String {
    format!("| {part} | {value} | {since} | {meaning} |")
}

fn code(words: &[&str]) -> String {
    dated(words.iter().map(|it| (*it, "")), "")
}

/// Words, each with its version if it is younger than `since`.
fn dated<'a>(words: impl Iterator<Item = (&'a str, &'a str)>, since: &str) -> String {
    let words = words.filter(|(word, _)| !word.is_empty());
    let words = words.map(|(word, version)| match since::is_younger(version, since) {
        true => format!("`{word}` ({version})"),
        false => format!("`{word}`"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A doc comment on one line, safe inside a table.
fn one_line(doc: &str) -> String {
    let doc = doc.replace('|', "\\|").replace('<', "&lt;");
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rules of a type and of those that are flattened into it.
fn rules_of(table: &'static Table) -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = table.rules.iter().collect();
    for (_, field) in table.kinds.flattened.of(table.fields) {
        rules.extend(field.content.into_iter().flat_map(|it| rules_of(it())));
    }
    rules
}
