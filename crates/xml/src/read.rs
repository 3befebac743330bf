//! XML to records, by their tables.

mod position;

use std::ptr;

use roxmltree::{Attribute, ExpandedName, Node};

use crate::error::{Error, Errors, Fault, Problem, ValueError};
use crate::limits::Limits;
use crate::nearest::nearest;
use crate::record::{Record, Value, Xml};
use crate::rule::Strict;
use crate::table::{Field, FieldKind, Lax, Required, Selector, Shape, Table, Variant};
use crate::tree::Tree;
use position::Unlocated;

/// More errors than this are counted, not kept.
const ERRORS_KEPT: usize = 64;
/// Longer values are shortened in errors.
const VALUE_SHOWN: usize = 80;

/// How a document is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether what is unknown, misplaced or repeated is an error; otherwise it is dropped.
    pub strict: bool,
    /// How large the document may be.
    pub limits: Limits,
}

impl Options {
    /// As libvirt reads when nobody asked for validation.
    #[must_use]
    pub fn lenient() -> Self {
        Self::default()
    }

    /// As libvirt reads with `VIR_DOMAIN_DEFINE_VALIDATE` and its like.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            strict: true,
            ..Self::default()
        }
    }
}

/// Parses a document whose type names its root element.
///
/// # Errors
/// All that is wrong with the document.
pub fn parse<T: Xml>(text: &str, options: &Options) -> Result<T, Errors> {
    parse_root(text, T::describe().element, options)
}

/// Parses a document with the root element `root`; empty if the type chooses by its name.
///
/// # Errors
/// All that is wrong with the document.
pub fn parse_root<T: Xml>(text: &str, root: &'static str, options: &Options) -> Result<T, Errors> {
    let document = document(text, &options.limits)?;
    let node = document.root_element();
    let mut reader = Reader {
        strict: options.strict,
        namespaces: T::describe().namespaces,
        seen: Vec::new(),
        errors: Vec::new(),
        left_out: 0,
    };
    let mut it = T::default();
    if !reader.is_root::<T>(node, root) {
        let found = node.tag_name().name().to_owned();
        reader.error(
            node,
            node.range().start,
            Problem::WrongRoot {
                found,
                expected: root,
            },
            Fault::Xml,
        );
    } else {
        reader.record(&mut it, node);
    }
    if reader.errors.is_empty() {
        Ok(it)
    } else {
        Err(Errors {
            list: position::locate(reader.errors, text),
            left_out: reader.left_out,
        })
    }
}

/// The tree of a text within the limits.
pub(crate) fn document<'a>(
    text: &'a str,
    limits: &Limits,
) -> Result<roxmltree::Document<'a>, Errors> {
    limits.check(text).map_err(|(offset, problem)| {
        let before = text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|it| *it != '\n').count() + 1;
        at_position(to_u32(line), to_u32(column), problem)
    })?;
    let options = roxmltree::ParsingOptions {
        nodes_limit: to_u32(limits.nodes),
        ..roxmltree::ParsingOptions::default()
    };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        let position = error.pos();
        at_position(
            position.row,
            position.col,
            Problem::Syntax(error.to_string()),
        )
    })
}

fn at_position(line: u32, column: u32, problem: Problem) -> Errors {
    Errors::one(Error {
        line,
        column,
        path: "/".to_owned(),
        problem,
        fault: Fault::Xml,
    })
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

struct Reader {
    strict: bool,
    namespaces: &'static [(&'static str, &'static str)],
    /// The single fields met in the elements that are being read, innermost last.
    seen: Vec<&'static Field>,
    errors: Vec<Unlocated>,
    left_out: usize,
}

impl Reader {
    fn is_root<T: Xml>(&self, node: Node<'_, '_>, root: &str) -> bool {
        match T::describe().selector {
            Some(Selector::Element) if root.is_empty() => {
                self.is_variant(T::describe(), node.tag_name())
            }
            _ => self.is_tag(root, node.tag_name()),
        }
    }

    fn record(&mut self, record: &mut dyn Record, node: Node<'_, '_>) {
        let mark = self.seen.len();
        let outer = self.namespaces;
        if !record.table().namespaces.is_empty() {
            self.namespaces = record.table().namespaces;
        }
        self.select(record, node);
        for attribute in node.attributes() {
            if !self.attribute(record, node, &attribute) {
                self.unknown_attribute(record, node, &attribute);
            }
        }
        self.missing(record, node, mark, |field| {
            field.kind == FieldKind::Attribute
        });
        self.text(record, node);
        for child in node.children().filter(Node::is_element) {
            let taken = self.child(record, child, child.tag_name(), mark);
            if !taken && !self.rest(record, child) {
                self.unknown_element(record, child);
            }
        }
        self.missing(record, node, mark, |field| {
            field.kind != FieldKind::Attribute
        });
        if self.strict {
            self.rules(record, node);
        }
        self.seen.truncate(mark);
        self.namespaces = outer;
    }

    /// Lets enums become the variant that the element says.
    fn select(&mut self, record: &mut dyn Record, node: Node<'_, '_>) {
        let table = record.table();
        match table.selector {
            Some(Selector::Element) => {
                let name = table
                    .variants
                    .iter()
                    .map(|it| it.name)
                    .find(|it| self.is_tag(it, node.tag_name()));
                record.select(name.unwrap_or_default());
            }
            Some(Selector::Attribute {
                name,
                required,
                fault,
                missing,
            }) => match node.attribute_node(name) {
                Some(it) if record.select(it.value()) => {
                    let lacks = |variant: &Variant| variant.absent && variant.name == it.value();
                    if self.strict && table.variants.iter().any(lacks) {
                        let error = ValueError::NotVariant(table);
                        self.bad_attribute(node, &it, name, error, Fault::Schema);
                    }
                }
                Some(it) => {
                    let error = ValueError::NotVariant(table);
                    self.bad_attribute(node, &it, name, error, fault);
                }
                None if required => {
                    let element = node.tag_name().name().to_owned();
                    let problem = Problem::MissingAttribute { name, element };
                    self.error(node, node.range().start, problem, missing);
                }
                None => {}
            },
            None => {}
        }
        for (index, field) in table.fields.iter().enumerate() {
            if field.kind == FieldKind::Flatten
                && let Some(inner) = record.flattened(index)
            {
                self.select(inner, node);
            }
        }
    }

    /// Offers an attribute to the fields; false when none takes it.
    fn attribute(
        &mut self,
        record: &mut dyn Record,
        node: Node<'_, '_>,
        attribute: &Attribute<'_, '_>,
    ) -> bool {
        let table = record.table();
        let is = |it: &Self, name| it.is_named(name, attribute.namespace(), attribute.name());
        if let Some(Selector::Attribute { name, .. }) = table.selector
            && is(self, name)
        {
            return true;
        }
        for (index, field) in table.fields.iter().enumerate() {
            match field.kind {
                FieldKind::Attribute if is(self, field.name) => {
                    if self.is_absent(field) {
                        return false;
                    }
                    self.seen.push(field);
                    let value = Value {
                        text: attribute.value(),
                        unit: None,
                    };
                    let set = record.set(index, value);
                    if let Err(error) = set.and_then(|()| self.checked(field, value.text))
                        && !self.passes_over(field, value.text)
                    {
                        self.bad_attribute(node, attribute, field.name, error, field.fault);
                    }
                    return true;
                }
                FieldKind::Text if !field.unit.is_empty() && is(self, "unit") => return true,
                FieldKind::Flatten if self.strict && field.without.contains(&attribute.name()) => {}
                FieldKind::Flatten => {
                    if let Some(inner) = record.flattened(index)
                        && self.attribute(inner, node, attribute)
                    {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Gives the element's own text to the field that wants it.
    fn text(&mut self, record: &mut dyn Record, node: Node<'_, '_>) {
        let text = text_of(node);
        let blank = text.trim_ascii().is_empty();
        if blank && (text.is_empty() || node.children().any(|it| it.is_element())) {
            return;
        }
        if !self.take_text(record, node, &text) && !blank && self.strict {
            let element = node.tag_name().name().to_owned();
            self.error(
                node,
                node.range().start,
                Problem::UnexpectedText { element },
                Fault::Schema,
            );
        }
    }

    fn take_text(&mut self, record: &mut dyn Record, node: Node<'_, '_>, text: &str) -> bool {
        for (index, field) in record.table().fields.iter().enumerate() {
            match field.kind {
                FieldKind::Text => {
                    self.seen.push(field);
                    self.set_text(record, index, field, node, text);
                    return true;
                }
                FieldKind::Flatten => {
                    if let Some(inner) = record.flattened(index)
                        && self.take_text(inner, node, text)
                    {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Offers a child element to the fields; false when none takes it.
    fn child(
        &mut self,
        record: &mut dyn Record,
        node: Node<'_, '_>,
        tag: ExpandedName<'_, '_>,
        mark: usize,
    ) -> bool {
        for (index, field) in record.table().fields.iter().enumerate() {
            match field.kind {
                FieldKind::Flatten if self.strict && field.without.contains(&tag.name()) => {}
                FieldKind::Flatten => {
                    if let Some(inner) = record.flattened(index)
                        && self.child(inner, node, tag, mark)
                    {
                        return true;
                    }
                }
                FieldKind::Attribute | FieldKind::Text | FieldKind::Rest => {}
                _ if self.is_absent(field) => {}
                _ if field.wrapper.is_empty() && self.claims(field, tag) => {
                    self.take(record, index, field, node, mark);
                    return true;
                }
                _ if !field.wrapper.is_empty() && self.is_tag(field.wrapper, tag) => {
                    self.wrapped(record, index, field, node, mark);
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether the field takes elements of that name.
    fn claims(&self, field: &Field, tag: ExpandedName<'_, '_>) -> bool {
        match (field.kind, field.content) {
            (FieldKind::Choice, Some(content)) => self.is_variant(content(), tag),
            _ => self.is_tag(field.name, tag),
        }
    }

    fn wrapped(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        field: &'static Field,
        wrapper: Node<'_, '_>,
        mark: usize,
    ) {
        let mut found = false;
        let same = |it: Node<'_, '_>| it.is_element() && it.tag_name() == wrapper.tag_name();
        let full = self.errors.len() >= ERRORS_KEPT;
        if self.strict && !full && wrapper.prev_siblings().skip(1).any(same) {
            let name = wrapper.tag_name().name().to_owned();
            self.error(
                wrapper,
                wrapper.range().start,
                Problem::Repeated { name },
                Fault::Schema,
            );
        }
        for child in wrapper.children().filter(Node::is_element) {
            if self.claims(field, child.tag_name()) {
                found = true;
                self.take(record, index, field, child, mark);
            } else if self.strict && !self.leaves_out() {
                let name = child.tag_name().name().to_owned();
                let nearest = nearest(&name, std::iter::once(field.name));
                let problem = Problem::UnknownElement { name, nearest };
                self.error(child, child.range().start, problem, Fault::Schema);
            }
        }
        if !found && self.is_required(field) {
            let element = wrapper.tag_name().name().to_owned();
            let name = field.name;
            let problem = Problem::MissingElement { name, element };
            self.error(wrapper, wrapper.range().start, problem, field.missing);
        }
    }

    /// Reads a child element into its field. Of several where one may be, the first counts.
    fn take(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        field: &'static Field,
        node: Node<'_, '_>,
        mark: usize,
    ) {
        let known = self
            .seen
            .get(mark..)
            .unwrap_or_default()
            .iter()
            .any(|it| ptr::eq(*it, field));
        if known && !field.many {
            if self.strict || field.once.is_some() {
                let name = node.tag_name().name().to_owned();
                let problem = Problem::Repeated { name };
                let fault = field.once.unwrap_or(Fault::Content);
                self.error(node, node.range().start, problem, fault);
            }
            return;
        }
        if !known {
            self.seen.push(field);
        }
        match field.kind {
            FieldKind::Child | FieldKind::Choice => {
                record.add(index, &mut |inner| self.record(inner, node));
            }
            FieldKind::Verbatim => record.add_tree(index, Tree::copy(node)),
            FieldKind::TextChild => {
                self.only(node, |name| name == "unit" && !field.unit.is_empty());
                let text = text_of(node);
                if !text.is_empty() || self.strict {
                    self.set_text(record, index, field, node, &text);
                }
            }
            FieldKind::ChildAttribute(name) => {
                self.only(node, |it| it == name);
                self.textless(node);
                self.take_attribute(record, index, field, node, name);
            }
            _ => {
                self.only(node, |_| false);
                self.textless(node);
                let _ = record.set(
                    index,
                    Value {
                        text: "",
                        unit: None,
                    },
                );
            }
        }
    }

    fn take_attribute(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        field: &'static Field,
        node: Node<'_, '_>,
        name: &'static str,
    ) {
        match node.attribute_node(name) {
            Some(it) => {
                let value = Value {
                    text: it.value(),
                    unit: None,
                };
                let set = record.set(index, value);
                if let Err(error) = set.and_then(|()| self.checked(field, value.text))
                    && !self.passes_over(field, value.text)
                {
                    self.bad_attribute(node, &it, name, error, field.fault);
                }
            }
            None if self.is_required(field) => {
                let element = node.tag_name().name().to_owned();
                let problem = Problem::MissingAttribute { name, element };
                self.error(node, node.range().start, problem, field.missing);
            }
            None => {}
        }
    }

    fn set_text(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        field: &'static Field,
        node: Node<'_, '_>,
        text: &str,
    ) {
        let unit = if field.unit.is_empty() {
            None
        } else {
            node.attribute("unit")
        };
        if self.strict
            && let Some(it) = node
                .attribute_node("unit")
                .filter(|_| !field.unit.is_empty())
            && !crate::size::UNIT.matches(it.value())
        {
            self.bad_attribute(node, &it, "unit", ValueError::UnknownUnit, Fault::Schema);
            return;
        }
        let set = record.set(index, Value { text, unit });
        if let Err(error) = set.and_then(|()| self.checked(field, text))
            && !self.passes_over(field, text)
        {
            let element = node.tag_name().name().to_owned();
            let fault = value_fault(error, field.fault);
            let problem = Problem::TextValue {
                element,
                value: shorten(text),
                error,
            };
            self.error(node, node.range().start, problem, fault);
        }
    }

    /// Gives an unclaimed element to the field that keeps such.
    fn rest(&mut self, record: &mut dyn Record, node: Node<'_, '_>) -> bool {
        for (index, field) in record.table().fields.iter().enumerate() {
            match field.kind {
                FieldKind::Rest => {
                    record.add_tree(index, Tree::copy_plain(node));
                    return true;
                }
                FieldKind::Flatten => {
                    if let Some(inner) = record.flattened(index)
                        && self.rest(inner, node)
                    {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// In strict mode, refuses what an element without a type of its own has too much.
    fn only(&mut self, node: Node<'_, '_>, allowed: impl Fn(&str) -> bool) {
        if !self.strict {
            return;
        }
        for attribute in node.attributes().filter(|it| !allowed(it.name())) {
            let name = attribute.name().to_owned();
            let element = node.tag_name().name().to_owned();
            let problem = Problem::UnknownAttribute {
                name,
                element,
                nearest: None,
            };
            self.error(node, attribute.range().start, problem, Fault::Schema);
        }
        for child in node.children().filter(Node::is_element) {
            let name = child.tag_name().name().to_owned();
            let problem = Problem::UnknownElement {
                name,
                nearest: None,
            };
            self.error(child, child.range().start, problem, Fault::Schema);
        }
    }

    /// In strict mode, refuses text in an element that has none.
    fn textless(&mut self, node: Node<'_, '_>) {
        if self.strict && !text_of(node).trim_ascii().is_empty() {
            let element = node.tag_name().name().to_owned();
            let problem = Problem::UnexpectedText { element };
            self.error(node, node.range().start, problem, Fault::Schema);
        }
    }

    /// Reports the fields of one kind that should be there; attributes before anything inside the element.
    fn missing(
        &mut self,
        record: &dyn Record,
        node: Node<'_, '_>,
        mark: usize,
        kind: fn(&Field) -> bool,
    ) {
        for (index, field) in record.table().fields.iter().enumerate() {
            if field.kind == FieldKind::Flatten {
                if let Some(inner) = record.child(index, 0) {
                    self.missing(inner, node, mark, kind);
                }
                continue;
            }
            let seen = self
                .seen
                .get(mark..)
                .unwrap_or_default()
                .iter()
                .any(|it| ptr::eq(*it, field));
            // Of an attribute of a child and of what is in a wrapper, `required` says what the child or
            // wrapper must have, if it is there.
            let optional =
                matches!(field.kind, FieldKind::ChildAttribute(_)) || !field.wrapper.is_empty();
            if seen || optional || !kind(field) || !self.is_required(field) {
                continue;
            }
            let element = node.tag_name().name().to_owned();
            let problem = match field.kind {
                FieldKind::Attribute => Problem::MissingAttribute {
                    name: field.name,
                    element,
                },
                FieldKind::Text => Problem::TextValue {
                    element,
                    value: String::new(),
                    error: ValueError::Malformed { expected: "a text" },
                },
                _ => Problem::MissingElement {
                    name: field.name,
                    element,
                },
            };
            self.error(node, node.range().start, problem, field.missing);
        }
    }

    /// Whether a malformed value counts as absent.
    fn passes_over(&self, field: &Field, text: &str) -> bool {
        !self.strict
            && match field.lax {
                Lax::No => false,
                Lax::Empty => text.is_empty(),
                Lax::Any => true,
            }
    }

    /// What is to be said of a value that the field's type takes.
    fn checked(&self, field: &Field, text: &str) -> Result<(), ValueError> {
        if field.positive && is_zero(text) {
            return Err(ValueError::Zero);
        }
        if !self.strict {
            return Ok(());
        }
        if let Shape::Enum(words) = field.shape
            && words.iter().any(|it| it.absent && it.name == text)
        {
            return Err(ValueError::NotOneOf(words));
        }
        match field.strict {
            Strict::Pattern(pattern) if !pattern.matches(text) => Err(ValueError::Malformed {
                expected: pattern.name,
            }),
            Strict::Words(words) if !words.contains(&text) => Err(ValueError::NotOfSchema(words)),
            _ => Ok(()),
        }
    }

    /// Whether strict mode does not know the field.
    fn is_absent(&self, field: &Field) -> bool {
        self.strict && matches!(field.strict, Strict::Absent)
    }

    /// What must hold between the parts of an element, those of flattened types too.
    fn rules(&mut self, record: &dyn Record, node: Node<'_, '_>) {
        let table = record.table();
        let broken = table.rules.iter().filter(|it| !it.is_kept(node));
        for rule in broken {
            let element = node.tag_name().name().to_owned();
            let problem = Problem::Rule { element, rule };
            self.error(node, node.range().start, problem, Fault::Schema);
        }
        if table.ordered {
            self.order(record, node);
        }
        for (index, field) in table.fields.iter().enumerate() {
            if field.kind == FieldKind::Flatten
                && let Some(inner) = record.child(index, 0)
            {
                self.rules(inner, node);
            }
        }
    }

    /// Wants the children in the declared order.
    fn order(&mut self, record: &dyn Record, node: Node<'_, '_>) {
        let mut names = Vec::new();
        names_of(record, &|it| it.kind != FieldKind::Attribute, &mut names);
        let mut last = (0, "");
        for child in node.children().filter(Node::is_element) {
            let Some(at) = names
                .iter()
                .position(|it| self.is_tag(it, child.tag_name()))
            else {
                continue;
            };
            if at < last.0 {
                let (name, before) = (child.tag_name().name().to_owned(), last.1.to_owned());
                let problem = Problem::Order { name, before };
                self.error(child, child.range().start, problem, Fault::Schema);
            } else {
                last = (at, names.get(at).copied().unwrap_or_default());
            }
        }
    }

    fn is_required(&self, field: &Field) -> bool {
        match field.required {
            Required::No => false,
            Required::Strict => self.strict,
            Required::Always => true,
        }
    }

    fn unknown_attribute(
        &mut self,
        record: &dyn Record,
        node: Node<'_, '_>,
        attribute: &Attribute<'_, '_>,
    ) {
        if !self.strict || self.leaves_out() {
            return;
        }
        let name = attribute.name().to_owned();
        let problem = misplaced(record, &name, |field| field.kind == FieldKind::Attribute)
            .unwrap_or_else(|| {
                let mut names = Vec::new();
                names_of(record, &|it| it.kind == FieldKind::Attribute, &mut names);
                let nearest = nearest(&name, names.into_iter());
                Problem::UnknownAttribute {
                    name,
                    element: node.tag_name().name().to_owned(),
                    nearest,
                }
            });
        self.error(node, attribute.range().start, problem, Fault::Schema);
    }

    fn unknown_element(&mut self, record: &dyn Record, node: Node<'_, '_>) {
        if !self.strict && !record.table().closed || self.leaves_out() {
            return;
        }
        let name = node.tag_name().name().to_owned();
        let is_element = |field: &Field| field.kind != FieldKind::Attribute;
        let problem = misplaced(record, &name, is_element).unwrap_or_else(|| {
            let mut names = Vec::new();
            names_of(record, &is_element, &mut names);
            let nearest = nearest(&name, names.into_iter());
            Problem::UnknownElement { name, nearest }
        });
        self.error(node, node.range().start, problem, Fault::Unsupported);
    }

    fn bad_attribute(
        &mut self,
        node: Node<'_, '_>,
        attribute: &Attribute<'_, '_>,
        name: &'static str,
        error: ValueError,
        fault: Fault,
    ) {
        let element = node.tag_name().name().to_owned();
        let fault = value_fault(error, fault);
        let value = shorten(attribute.value());
        let problem = Problem::AttributeValue {
            name,
            element,
            value,
            error,
        };
        self.error(node, attribute.range().start, problem, fault);
    }

    fn error(&mut self, node: Node<'_, '_>, offset: usize, problem: Problem, fault: Fault) {
        if self.leaves_out() {
            return;
        }
        let fault = if self.strict { Fault::Schema } else { fault };
        self.errors.push(Unlocated {
            offset,
            path: path_of(node),
            problem,
            fault,
        });
    }

    /// Whether there are so many errors that the next is only counted, which this does: what a
    /// hostile document has by the ten thousand must not be described first.
    fn leaves_out(&mut self) -> bool {
        let full = self.errors.len() >= ERRORS_KEPT;
        self.left_out += usize::from(full);
        full
    }

    fn is_tag(&self, name: &str, tag: ExpandedName<'_, '_>) -> bool {
        self.is_named(name, tag.namespace(), tag.name())
    }

    fn is_variant(&self, table: &Table, tag: ExpandedName<'_, '_>) -> bool {
        table.variants.iter().any(|it| self.is_tag(it.name, tag))
    }

    /// Whether a declared name, maybe with a prefix, is this namespace and local name.
    fn is_named(&self, declared: &str, namespace: Option<&str>, local: &str) -> bool {
        match namespace {
            None => declared == local,
            Some(uri) => self.namespaces.iter().any(|(prefix, it)| {
                *it == uri
                    && declared
                        .strip_prefix(prefix)
                        .and_then(|it| it.strip_prefix(':'))
                        == Some(local)
            }),
        }
    }
}

/// What a malformed number amounts to is the number's own affair when it is out of range.
/// Whether a number says zero, in any base.
fn is_zero(text: &str) -> bool {
    let digits = text.trim_start_matches("0x");
    !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
}

fn value_fault(error: ValueError, fault: Fault) -> Fault {
    match error {
        ValueError::TooLarge => Fault::Overflow,
        ValueError::UnknownUnit => Fault::Argument,
        _ => fault,
    }
}

/// The text directly inside an element.
fn text_of<'a>(node: Node<'a, '_>) -> std::borrow::Cow<'a, str> {
    let mut texts = node
        .children()
        .filter(Node::is_text)
        .filter_map(|it| it.text());
    let first = texts.next().unwrap_or_default();
    match texts.next() {
        None => first.into(),
        Some(second) => {
            let mut all = first.to_owned();
            all.push_str(second);
            texts.for_each(|it| all.push_str(it));
            all.into()
        }
    }
}

/// `/domain/devices/disk[2]`: a number where several elements have the name.
fn path_of(node: Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(step_of)
        .collect();
    steps.reverse();
    format!("/{}", steps.join("/"))
}

fn step_of(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    let same = |it: &Node<'_, '_>| it.is_element() && it.tag_name() == node.tag_name();
    let before = node.prev_siblings().skip(1).filter(same).count();
    let after = node.next_siblings().skip(1).any(|it| same(&it));
    if before > 0 || after {
        format!("{name}[{}]", before + 1)
    } else {
        name.to_owned()
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(VALUE_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The names that a record takes, those of flattened records included.
fn names_of(record: &dyn Record, wanted: &dyn Fn(&Field) -> bool, names: &mut Vec<&'static str>) {
    let table = record.table();
    for (index, field) in table.fields.iter().enumerate() {
        match (field.kind, field.content) {
            (FieldKind::Flatten, _) => {
                if let Some(inner) = record.child(index, 0) {
                    names_of(inner, wanted, names);
                }
            }
            (FieldKind::Choice, Some(content)) if wanted(field) => {
                names.extend(content().variants.iter().map(|it| it.name));
            }
            _ if !wanted(field) || matches!(field.strict, Strict::Absent) => {}
            _ if field.wrapper.is_empty() => names.push(field.name),
            _ => names.push(field.wrapper),
        }
    }
}

/// Whether the name belongs to another variant of an enum in this record.
fn misplaced(record: &dyn Record, name: &str, wanted: fn(&Field) -> bool) -> Option<Problem> {
    let table = record.table();
    if let Some(Selector::Attribute { name: selector, .. }) = table.selector {
        let other = table.variants.iter().find(|variant| {
            let fields = variant.content.map_or(&[][..], |content| content().fields);
            fields.iter().any(|it| wanted(it) && it.name == name)
        });
        if let Some(other) = other {
            return Some(Problem::Misplaced {
                name: name.to_owned(),
                selector,
                selected: record.selected(),
                belongs_to: other.name,
            });
        }
    }
    let flattened = |(index, field): (usize, &Field)| match field.kind {
        FieldKind::Flatten => record.child(index, 0),
        _ => None,
    };
    let inner = table.fields.iter().enumerate().filter_map(flattened);
    inner.filter_map(|it| misplaced(it, name, wanted)).next()
}
