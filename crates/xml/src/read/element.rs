//! Child elements and texts, offered to the fields.

use std::ptr;

use roxmltree::{ExpandedName, Node};

use super::{ERRORS_KEPT, Reader, text_of};
use crate::error::{Fault, Problem};
use crate::nearest::nearest;
use crate::record::{AddChild, Record, Value};
use crate::table::{Field, FieldKind};
use crate::tree::Tree;

impl Reader {
    /// Gives the element's own text to the field that wants it.
    pub(super) fn text(&mut self, record: &mut dyn Record, node: Node<'_, '_>) {
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

    pub(super) fn take_text(
        &mut self,
        record: &mut dyn Record,
        node: Node<'_, '_>,
        text: &str,
    ) -> bool {
        let table = record.table();
        let takers = table.kinds.texts.or(table.kinds.flattened);
        for (index, field) in takers.of(table.fields) {
            if field.kind == FieldKind::Text {
                self.seen.push(field);
                self.set_text(record, index, field, node, text);
                return true;
            }
            if let Some(inner) = record.flattened(index)
                && self.take_text(inner, node, text)
            {
                return true;
            }
        }
        false
    }

    /// Offers a child element to the fields; false when none takes it.
    pub(super) fn child(
        &mut self,
        record: &mut dyn Record,
        node: Node<'_, '_>,
        tag: ExpandedName<'_, '_>,
        mark: usize,
    ) -> bool {
        let table = record.table();
        let takers = table.kinds.children.or(table.kinds.flattened);
        let takers = takers.and(table.kinds.named(tag.name()));
        for (index, field) in takers.of(table.fields) {
            match field.kind {
                FieldKind::Flatten if self.strict && field.detail.without.contains(&tag.name()) => {
                }
                FieldKind::Flatten => {
                    if let Some(inner) = record.flattened(index)
                        && self.child(inner, node, tag, mark)
                    {
                        return true;
                    }
                }
                _ if self.is_absent(field) => {}
                _ if !field.wrapped && self.claims(field, tag) => {
                    self.take(record, index, field, node, mark);
                    return true;
                }
                _ if field.wrapped && self.is_tag(field.detail.wrapper, tag) => {
                    self.wrapped(record, index, field, node, mark);
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether the field takes elements of that name.
    pub(super) fn claims(&self, field: &Field, tag: ExpandedName<'_, '_>) -> bool {
        match (field.kind, field.content) {
            (FieldKind::Choice, Some(content)) => self.is_variant(content(), tag),
            _ => self.is_tag(field.name, tag),
        }
    }

    pub(super) fn wrapped(
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
            self.error(
                wrapper,
                wrapper.range().start,
                problem,
                field.detail.missing,
            );
        }
    }

    /// Reads a child element into its field. Of several where one may be, the first counts.
    pub(super) fn take(
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
        if known && !field.many && (self.strict || !field.merge) {
            if self.strict || field.detail.once.is_some() {
                let name = node.tag_name().name().to_owned();
                let problem = Problem::Repeated { name };
                let fault = field.detail.once.unwrap_or(Fault::Content);
                let around = self.origin;
                let own = field.content.and_then(|it| it().origin);
                self.origin = own.unwrap_or(around);
                self.error(node, node.range().start, problem, fault);
                self.origin = around;
            }
            return;
        }
        if field.kind == FieldKind::TextChild && self.leaves_empty(field, &text_of(node)) {
            return;
        }
        if !known {
            self.seen.push(field);
        }
        if self.strict && known && !field.detail.distinct.is_empty() {
            self.distinct(field, node);
        }
        match field.kind {
            FieldKind::Child | FieldKind::Choice => {
                let before = (self.errors.len(), self.left_out);
                let expected = match field.many && !known {
                    true => like_it(node),
                    false => 1,
                };
                let read = &mut |inner: &mut dyn Record| self.record(inner, node);
                record.add(index, AddChild { read, expected });
                if self.passes_over(field) {
                    self.errors.truncate(before.0);
                    self.left_out = before.1;
                }
            }
            FieldKind::Verbatim => record.add_tree(index, Tree::copy(node)),
            FieldKind::TextChild => {
                self.only(node, |name| name == "unit" && !field.detail.unit.is_empty());
                let text = text_of(node);
                // An item of a list is one even without a text.
                if !text.is_empty() || self.strict || field.many {
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

    /// Gives an unclaimed element to the field that keeps such.
    pub(super) fn rest(&mut self, record: &mut dyn Record, node: Node<'_, '_>) -> bool {
        let table = record.table();
        let takers = table.kinds.rest.or(table.kinds.flattened);
        for (index, field) in takers.of(table.fields) {
            if field.kind == FieldKind::Rest {
                record.add_tree(index, Tree::copy_plain(node));
                return true;
            }
            if let Some(inner) = record.flattened(index)
                && self.rest(inner, node)
            {
                return true;
            }
        }
        false
    }
}

/// How many elements of its name there are from an element on.
fn like_it(node: Node<'_, '_>) -> usize {
    let name = node.tag_name();
    let all = node.next_siblings();
    all.filter(|it| it.is_element() && it.tag_name() == name)
        .count()
}
