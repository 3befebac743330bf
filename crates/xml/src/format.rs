//! Records to XML, by their tables.

use crate::record::{Record, Xml};
use crate::table::{Field, FieldKind, Selector};
use crate::writer::Writer;

/// Formats a document whose type names its root element.
pub fn format<T: Xml>(document: &T) -> String {
    let name = match T::describe().selector {
        Some(Selector::Element) => document.selected(),
        _ => T::describe().element,
    };
    format_root(document, name)
}

/// Formats a record as the element `root`.
pub fn format_root(document: &dyn Record, root: &str) -> String {
    let mut formatter = Formatter {
        out: Writer::new(),
        scratch: String::new(),
    };
    formatter.element(document, root);
    formatter.out.finish()
}

struct Formatter {
    out: Writer,
    /// One buffer for all scalars.
    scratch: String,
}

impl Formatter {
    fn element(&mut self, record: &dyn Record, name: &str) {
        let namespaces = record.table().namespaces;
        self.out.start(name);
        self.attributes(record);
        let position = self.out.position();
        if record.table().block {
            self.out.close_start_tag();
        }
        self.content(record);
        self.out.end(name);
        if !namespaces.is_empty() {
            self.out.declare(position, namespaces);
        }
    }

    fn attributes(&mut self, record: &dyn Record) {
        let table = record.table();
        if let Some(Selector::Attribute { name, .. }) = table.selector {
            let selected = record.selected();
            if !selected.is_empty() {
                self.out.attribute(name, selected);
            }
        }
        let has_lead = table.fields.iter().any(|it| it.lead);
        for lead in [true, false] {
            if lead && !has_lead {
                continue;
            }
            for (index, field) in table.fields.iter().enumerate() {
                if field.lead == lead {
                    self.field_attributes(record, index, field);
                }
            }
        }
    }

    fn field_attributes(&mut self, record: &dyn Record, index: usize, field: &'static Field) {
        match field.kind {
            FieldKind::Attribute if self.scalar(record, index, 0) => {
                self.out.attribute(field.name, &self.scratch);
            }
            FieldKind::Text if !field.unit.is_empty() && self.scalar(record, index, 0) => {
                self.out.attribute("unit", field.unit);
            }
            FieldKind::Flatten => {
                if let Some(inner) = record.child(index, 0) {
                    self.attributes(inner);
                }
            }
            _ => {}
        }
    }

    fn content(&mut self, record: &dyn Record) {
        for (index, field) in record.table().fields.iter().enumerate() {
            match field.kind {
                FieldKind::Attribute => {}
                FieldKind::Flatten => {
                    if let Some(inner) = record.child(index, 0) {
                        self.content(inner);
                    }
                }
                FieldKind::Text => {
                    if self.scalar(record, index, 0) && !self.scratch.is_empty() {
                        self.out.text(&self.scratch);
                    }
                }
                _ => self.items(record, index, field),
            }
        }
    }

    /// Writes all items of a field, inside their wrapper if they have one.
    fn items(&mut self, record: &dyn Record, index: usize, field: &'static Field) {
        let mut wrapped = false;
        let mut nth = 0;
        while self.has(record, index, field, nth) {
            if !field.wrapper.is_empty() && !wrapped {
                self.out.start(field.wrapper);
                wrapped = true;
            }
            self.item(record, index, field, nth);
            nth += 1;
        }
        if wrapped {
            self.out.end(field.wrapper);
        }
    }

    /// Whether there is an `nth` item; a scalar is in the buffer then.
    fn has(&mut self, record: &dyn Record, index: usize, field: &Field, nth: usize) -> bool {
        match field.kind {
            FieldKind::Child | FieldKind::Choice => record.child(index, nth).is_some(),
            FieldKind::Verbatim | FieldKind::Rest => record.tree(index, nth).is_some(),
            _ => self.scalar(record, index, nth),
        }
    }

    fn item(&mut self, record: &dyn Record, index: usize, field: &'static Field, nth: usize) {
        match field.kind {
            FieldKind::TextChild if self.scratch.is_empty() && !field.always && !field.many => {}
            FieldKind::TextChild => {
                self.out.start(field.name);
                if !field.unit.is_empty() {
                    self.out.attribute("unit", field.unit);
                }
                self.out.text(&self.scratch);
                self.out.end(field.name);
            }
            FieldKind::ChildAttribute(attribute) => {
                self.out.start(field.name);
                self.out.attribute(attribute, &self.scratch);
                self.out.end(field.name);
            }
            FieldKind::Present => {
                self.out.start(field.name);
                self.out.end(field.name);
            }
            FieldKind::Child => {
                if let Some(inner) = record.child(index, nth) {
                    self.element(inner, field.name);
                }
            }
            FieldKind::Choice => {
                if let Some(inner) = record.child(index, nth) {
                    self.element(inner, inner.selected());
                }
            }
            FieldKind::Verbatim => {
                if let Some(tree) = record.tree(index, nth) {
                    self.out.tree(tree);
                }
            }
            FieldKind::Rest => {
                if let Some(tree) = record.tree(index, nth) {
                    self.out.kept(&tree.root);
                }
            }
            FieldKind::Attribute | FieldKind::Text | FieldKind::Flatten => {}
        }
    }

    fn scalar(&mut self, record: &dyn Record, index: usize, nth: usize) -> bool {
        self.scratch.clear();
        record.value(index, nth, &mut self.scratch)
    }
}
