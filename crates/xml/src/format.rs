//! Records to XML, by their tables.

use crate::record::{Record, Xml};
use crate::table::{Field, FieldKind, Selector};
use crate::tree::Tree;
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

/// One of the items of a field.
#[derive(Clone, Copy)]
enum Item<'a> {
    /// In the buffer; of an element that is only there, nothing is.
    Scalar,
    Record(&'a dyn Record),
    Tree(&'a Tree),
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
        let written = record.present().and(table.kinds.in_start_tag());
        let passes: &[bool] = if table.leads {
            &[true, false]
        } else {
            &[false]
        };
        for lead in passes {
            for (index, field) in written.of(table.fields) {
                if field.lead == *lead {
                    self.field_attributes(record, index, field);
                }
            }
        }
    }

    fn field_attributes(&mut self, record: &dyn Record, index: usize, field: &'static Field) {
        match field.kind {
            FieldKind::Attribute => {
                let value = |out: &mut String| record.value(index, 0, out);
                self.out.attribute_of(field.name, value);
            }
            FieldKind::Text if !field.detail.unit.is_empty() && self.scalar(record, index, 0) => {
                self.out.attribute("unit", field.detail.unit);
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
        let table = record.table();
        let written = record.present().and(table.kinds.inside());
        for (index, field) in written.of(table.fields) {
            match field.kind {
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
        let mut nth = 0;
        while let Some(item) = self.nth(record, index, field, nth) {
            if field.wrapped && nth == 0 {
                self.out.start(field.detail.wrapper);
            }
            self.item(field, item);
            nth += 1;
            if !field.many {
                break;
            }
        }
        if field.wrapped && nth > 0 {
            self.out.end(field.detail.wrapper);
        }
    }

    fn nth<'a>(
        &mut self,
        record: &'a dyn Record,
        index: usize,
        field: &Field,
        nth: usize,
    ) -> Option<Item<'a>> {
        match field.kind {
            FieldKind::Child | FieldKind::Choice => record.child(index, nth).map(Item::Record),
            FieldKind::Verbatim | FieldKind::Rest => record.tree(index, nth).map(Item::Tree),
            _ => self.scalar(record, index, nth).then_some(Item::Scalar),
        }
    }

    fn item(&mut self, field: &'static Field, item: Item<'_>) {
        match (field.kind, item) {
            (FieldKind::Choice, Item::Record(inner)) => self.element(inner, inner.selected()),
            (_, Item::Record(inner)) => self.element(inner, field.name),
            (FieldKind::Verbatim, Item::Tree(tree)) => self.out.tree(tree),
            (_, Item::Tree(tree)) => self.out.kept(&tree.root),
            (FieldKind::TextChild, Item::Scalar)
                if self.scratch.is_empty() && !field.always && !field.many => {}
            (_, Item::Scalar) => {
                self.out.start(field.name);
                match field.kind {
                    FieldKind::TextChild => {
                        if !field.detail.unit.is_empty() {
                            self.out.attribute("unit", field.detail.unit);
                        }
                        self.out.text(&self.scratch);
                    }
                    FieldKind::ChildAttribute(attribute) => {
                        self.out.attribute(attribute, &self.scratch);
                    }
                    _ => {}
                }
                self.out.end(field.name);
            }
        }
    }

    fn scalar(&mut self, record: &dyn Record, index: usize, nth: usize) -> bool {
        self.scratch.clear();
        record.value(index, nth, &mut self.scratch)
    }
}
