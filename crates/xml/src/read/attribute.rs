//! Attributes, and the values that fields take of them and of texts.

use roxmltree::{Attribute, Node};

use super::Reader;
use super::report::shorten;
use crate::error::{Fault, Problem, ValueError};
use crate::record::{Record, Value};
use crate::rule::Strict;
use crate::table::{Field, FieldKind, Lax, Selector, Shape};

impl Reader {
    /// Offers an attribute to the fields; false when none takes it.
    pub(super) fn attribute(
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
        let takers = table.kinds.in_start_tag();
        let takers = takers.and(table.kinds.named(attribute.name()));
        for (index, field) in takers.of(table.fields) {
            match field.kind {
                FieldKind::Attribute if is(self, field.name) => {
                    if self.is_absent(field) {
                        return false;
                    }
                    if self.leaves_empty(field, attribute.value()) {
                        return true;
                    }
                    self.seen.push(field);
                    let value = Value {
                        text: attribute.value(),
                        unit: None,
                    };
                    let set = record.set(index, value);
                    if let Err(error) = set.and_then(|()| self.checked(field, value.text))
                        && !self.passes_over(field)
                    {
                        let around = self.origin;
                        self.origin = field.detail.origin.unwrap_or(around);
                        let fault = self.value_fault(field, value.text, error);
                        self.bad_attribute(node, attribute, field.name, error, fault);
                        self.origin = around;
                    }
                    return true;
                }
                FieldKind::Text if !field.detail.unit.is_empty() && is(self, "unit") => {
                    return true;
                }
                FieldKind::Flatten
                    if self.strict && field.detail.without.contains(&attribute.name()) => {}
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

    pub(super) fn take_attribute(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        field: &'static Field,
        node: Node<'_, '_>,
        name: &'static str,
    ) {
        let given = node.attribute_node(name);
        match given.filter(|it| !self.leaves_empty(field, it.value())) {
            Some(it) => {
                let value = Value {
                    text: it.value(),
                    unit: None,
                };
                let set = record.set(index, value);
                if let Err(error) = set.and_then(|()| self.checked(field, value.text))
                    && !self.passes_over(field)
                {
                    let fault = self.value_fault(field, value.text, error);
                    self.bad_attribute(node, &it, name, error, fault);
                }
            }
            None if self.is_required(field) => {
                let element = node.tag_name().name().to_owned();
                let problem = Problem::MissingAttribute { name, element };
                self.absence(node, field, problem);
            }
            None => {}
        }
    }

    pub(super) fn set_text(
        &mut self,
        record: &mut dyn Record,
        index: usize,
        field: &'static Field,
        node: Node<'_, '_>,
        text: &str,
    ) {
        if self.leaves_empty(field, text) {
            return;
        }
        let unit = if field.detail.unit.is_empty() {
            None
        } else {
            node.attribute("unit")
        };
        if self.strict
            && let Some(it) = node
                .attribute_node("unit")
                .filter(|_| !field.detail.unit.is_empty())
            && !crate::size::UNIT.matches(it.value())
        {
            self.bad_attribute(node, &it, "unit", ValueError::UnknownUnit, Fault::Schema);
            return;
        }
        let set = record.set(index, Value { text, unit });
        if let Err(error) = set.and_then(|()| self.checked(field, text))
            && !self.passes_over(field)
        {
            let element = node.tag_name().name().to_owned();
            let fault = self.value_fault(field, text, error);
            let problem = Problem::TextValue {
                element,
                value: shorten(text),
                error,
            };
            self.finding(node, node.range().start, problem, fault);
        }
    }

    /// What a value amounts to that the field does not take: to the document's being invalid in strict mode,
    /// unless the schema takes it, so that it is the parser that finds it.
    fn value_fault(&self, field: &Field, text: &str, error: ValueError) -> Fault {
        let schema_takes = match field.detail.strict {
            Strict::Pattern(pattern) => pattern.matches(text),
            _ => false,
        };
        match error {
            _ if self.strict && !schema_takes => Fault::Schema,
            // What a malformed number amounts to is the number's own affair when it is out of range.
            ValueError::TooLarge => Fault::Overflow,
            ValueError::UnknownUnit => Fault::Argument,
            _ => field.detail.fault,
        }
    }

    /// Whether an empty value counts as absent.
    pub(super) fn leaves_empty(&self, field: &Field, text: &str) -> bool {
        text.is_empty() && !self.strict && field.detail.lax == Lax::Empty
    }

    /// Whether a malformed value counts as absent.
    pub(super) fn passes_over(&self, field: &Field) -> bool {
        !self.strict && field.detail.lax == Lax::Any
    }

    /// What is to be said of a value that the field's type takes.
    pub(super) fn checked(&self, field: &Field, text: &str) -> Result<(), ValueError> {
        if field.detail.positive && is_zero(text) {
            return Err(ValueError::Zero);
        }
        if !self.strict {
            return Ok(());
        }
        if let Shape::Enum(words) = field.detail.shape
            && words.iter().any(|it| it.absent && it.name == text)
        {
            return Err(ValueError::NotOneOf(words));
        }
        match field.detail.strict {
            Strict::Pattern(pattern) if !pattern.matches(text) => Err(ValueError::Malformed {
                expected: pattern.name,
            }),
            Strict::Words(words) if !words.contains(&text) => Err(ValueError::NotOfSchema(words)),
            _ => Ok(()),
        }
    }
}

/// Whether a number says zero, in any base.
pub(super) fn is_zero(text: &str) -> bool {
    let digits = text.trim_start_matches("0x");
    !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
}
