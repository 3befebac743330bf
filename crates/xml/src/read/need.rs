//! What an element must have, must not have, and in which order.

use std::ptr;

use roxmltree::Node;

use super::report::names_of;
use super::{Reader, text_of};
use crate::error::{Fault, Problem, ValueError};
use crate::record::Record;
use crate::rule::Strict;
use crate::set::{FieldSet, Kinds};
use crate::table::{Field, FieldKind, Required, Table};

/// Lists whose items must differ are short: behind so many nodes none is looked at any more.
const DISTINCT: usize = 256;

impl Reader {
    /// Reports the fields of one kind that should be there; attributes before anything inside the element.
    pub(super) fn missing(
        &mut self,
        record: &dyn Record,
        node: Node<'_, '_>,
        mark: usize,
        kind: fn(&Kinds) -> FieldSet,
    ) {
        let table = record.table();
        let asked = table.kinds.required.and(kind(table.kinds));
        for (index, field) in asked.or(table.kinds.flattened).of(table.fields) {
            if field.kind == FieldKind::Flatten {
                if let Some(inner) = record.child(index, 0) {
                    self.missing(inner, node, mark, kind);
                }
                continue;
            }
            if !self.is_required(field) {
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
            let optional = matches!(field.kind, FieldKind::ChildAttribute(_)) || field.wrapped;
            if seen || optional || holds_none(record) {
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
            let around = self.origin;
            self.origin = field.detail.origin.unwrap_or(around);
            self.absence(node, field, problem);
            self.origin = around;
        }
    }

    pub(super) fn is_required(&self, field: &Field) -> bool {
        self.asks_for(field.required)
    }

    pub(super) fn asks_for(&self, required: Required) -> bool {
        match required {
            Required::No => false,
            Required::Strict => self.strict,
            Required::Always | Required::Parser => true,
        }
    }

    /// Whether strict mode does not know the field.
    pub(super) fn is_absent(&self, field: &Field) -> bool {
        self.strict && matches!(field.detail.strict, Strict::Absent)
    }

    /// In strict mode, refuses what an element without a type of its own has too much.
    pub(super) fn only(&mut self, node: Node<'_, '_>, allowed: impl Fn(&str) -> bool) {
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
    pub(super) fn textless(&mut self, node: Node<'_, '_>) {
        if self.strict && !text_of(node).trim_ascii().is_empty() {
            let element = node.tag_name().name().to_owned();
            let problem = Problem::UnexpectedText { element };
            self.error(node, node.range().start, problem, Fault::Schema);
        }
    }

    /// Wants an item of a list to differ from those before it.
    pub(super) fn distinct(&mut self, field: &Field, node: Node<'_, '_>) {
        let value = |it: Node<'_, '_>| {
            it.attribute(field.detail.distinct)
                .unwrap_or_default()
                .to_owned()
        };
        let own = value(node);
        let same = |it: Node<'_, '_>| {
            it.tag_name() == node.tag_name() && it.is_element() && value(it) == own
        };
        let mut before = node.prev_siblings().skip(1);
        if before.by_ref().take(DISTINCT).any(same) || before.next().is_some() {
            let name = node.tag_name().name().to_owned();
            let problem = Problem::Repeated { name };
            self.error(node, node.range().start, problem, Fault::Schema);
        }
    }

    /// Reports the rules of a type that an element breaks.
    pub(super) fn broken(&mut self, table: &'static Table, node: Node<'_, '_>, fault: Fault) {
        let broken = table.rules.iter().filter(|it| !it.is_kept(node));
        for rule in broken {
            let element = node.tag_name().name().to_owned();
            let problem = Problem::Rule { element, rule };
            self.error(node, node.range().start, problem, fault);
        }
    }

    /// What must hold between the parts of an element, those of flattened types too.
    pub(super) fn rules(&mut self, record: &dyn Record, node: Node<'_, '_>) {
        let table = record.table();
        self.broken(table, node, Fault::Schema);
        if table.ordered {
            self.order(record, node);
        }
        for (index, _) in table.kinds.flattened.of(table.fields) {
            if let Some(inner) = record.child(index, 0) {
                self.rules(inner, node);
            }
        }
    }

    /// Wants the children in the declared order.
    pub(super) fn order(&mut self, record: &dyn Record, node: Node<'_, '_>) {
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
}

/// Whether the variant that an attribute chose has nothing in the element that holds what others have.
fn holds_none(record: &dyn Record) -> bool {
    let variants = record.table().variants;
    let chosen = variants.iter().find(|it| it.name == record.selected());
    chosen.is_some_and(|it| !it.inside)
}
