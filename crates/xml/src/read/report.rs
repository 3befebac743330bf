//! Errors, each with its place and what was meant instead.

use roxmltree::{Attribute, Node};

use super::position::Unlocated;
use super::{ERRORS_KEPT, Reader};
use crate::error::{Fault, Problem, ValueError};
use crate::nearest::nearest;
use crate::record::Record;
use crate::rule::Strict;
use crate::table::{Field, FieldKind, Required, Selector};

/// Longer values are shortened in errors.
const VALUE_SHOWN: usize = 80;

impl Reader {
    pub(super) fn unknown_attribute(
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

    pub(super) fn unknown_element(&mut self, record: &dyn Record, node: Node<'_, '_>) {
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

    pub(super) fn bad_attribute(
        &mut self,
        node: Node<'_, '_>,
        attribute: &Attribute<'_, '_>,
        name: &'static str,
        error: ValueError,
        fault: Fault,
    ) {
        let element = node.tag_name().name().to_owned();
        let value = shorten(attribute.value());
        let problem = Problem::AttributeValue {
            name,
            element,
            value,
            error,
        };
        self.finding(node, attribute.range().start, problem, fault);
    }

    /// Reports that a required field is not there.
    pub(super) fn absence(&mut self, node: Node<'_, '_>, field: &Field, problem: Problem) {
        let fault = match field.required {
            Required::Parser => field.detail.missing,
            _ if self.strict => Fault::Schema,
            _ => field.detail.missing,
        };
        self.finding(node, node.range().start, problem, fault);
    }

    /// Reports what the schema would find in strict mode.
    pub(super) fn error(
        &mut self,
        node: Node<'_, '_>,
        offset: usize,
        problem: Problem,
        fault: Fault,
    ) {
        let fault = if self.strict { Fault::Schema } else { fault };
        self.finding(node, offset, problem, fault);
    }

    /// Reports what amounts to the same in both modes.
    pub(super) fn finding(
        &mut self,
        node: Node<'_, '_>,
        offset: usize,
        problem: Problem,
        fault: Fault,
    ) {
        if self.leaves_out() {
            return;
        }
        self.errors.push(Unlocated {
            offset,
            path: path_of(node),
            problem,
            fault,
            origin: self.origin,
        });
    }

    /// Whether there are so many errors that the next is only counted, which this does: what a
    /// hostile document has by the ten thousand must not be described first.
    pub(super) fn leaves_out(&mut self) -> bool {
        let full = self.errors.len() >= ERRORS_KEPT;
        self.left_out += usize::from(full);
        full
    }
}

pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(VALUE_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// `/domain/devices/disk[2]`: a number where several elements have the name.
pub(super) fn path_of(node: Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(step_of)
        .collect();
    steps.reverse();
    format!("/{}", steps.join("/"))
}

pub(super) fn step_of(node: Node<'_, '_>) -> String {
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

/// The names that a record takes, those of flattened records included.
pub(super) fn names_of(
    record: &dyn Record,
    wanted: &dyn Fn(&Field) -> bool,
    names: &mut Vec<&'static str>,
) {
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
            _ if !wanted(field) || matches!(field.detail.strict, Strict::Absent) => {}
            _ if field.detail.wrapper.is_empty() => names.push(field.name),
            _ => names.push(field.detail.wrapper),
        }
    }
}

/// Whether the name belongs to another variant of an enum in this record.
pub(super) fn misplaced(
    record: &dyn Record,
    name: &str,
    wanted: fn(&Field) -> bool,
) -> Option<Problem> {
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
