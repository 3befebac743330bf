//! What a type must offer so that the runtime can read and write it through its table.

use std::fmt;

use crate::ValueError;
use crate::set::FieldSet;
use crate::table::Table;
use crate::tree::Tree;

/// A scalar as the document has it.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a> {
    /// The text, entities resolved.
    pub text: &'a str,
    /// The element's `unit` attribute, where the field is a size.
    pub unit: Option<&'a str>,
}

/// A nested element on its way into a record.
pub struct AddChild<'a> {
    /// Puts its content into the record that it is handed.
    pub read: &'a mut dyn FnMut(&mut dyn Record),
    /// How many the list will have that it is the first of: the room for them is made once.
    pub expected: usize,
}

impl fmt::Debug for AddChild<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut it = f.debug_struct("AddChild");
        it.field("expected", &self.expected).finish_non_exhaustive()
    }
}

/// Access to a type's fields by their number in its [`Table`]. Derived; written by hand never.
///
/// A number outside the table, or of a field of another kind, does nothing.
pub trait Record {
    /// The table of the type.
    fn table(&self) -> &'static Table;

    /// Every field that has something to be written, and maybe some that have not.
    fn present(&self) -> FieldSet {
        FieldSet::ALL
    }

    /// Sets a scalar field; a list gets one item more.
    ///
    /// # Errors
    /// When the text is not a value of the field's type.
    fn set(&mut self, field: usize, value: Value<'_>) -> Result<(), ValueError> {
        let _ = (field, value);
        Ok(())
    }

    /// Writes the `nth` value of a scalar field to `out`; false when there is none.
    fn value(&self, field: usize, nth: usize, out: &mut String) -> bool {
        let _ = (field, nth, out);
        false
    }

    /// Makes a nested record for `field`, lets `child` fill it, and keeps it.
    fn add(&mut self, field: usize, child: AddChild<'_>) {
        let _ = (field, child);
    }

    /// The `nth` nested record of `field`; a flattened field has one.
    fn child(&self, field: usize, nth: usize) -> Option<&dyn Record> {
        let _ = (field, nth);
        None
    }

    /// The record of a flattened field.
    fn flattened(&mut self, field: usize) -> Option<&mut dyn Record> {
        let _ = field;
        None
    }

    /// Keeps a subtree.
    fn add_tree(&mut self, field: usize, tree: Tree) {
        let _ = (field, tree);
    }

    /// The `nth` subtree of a field.
    fn tree(&self, field: usize, nth: usize) -> Option<&Tree> {
        let _ = (field, nth);
        None
    }

    /// Becomes the variant of that name; false when there is none.
    fn select(&mut self, name: &str) -> bool {
        let _ = name;
        false
    }

    /// The name of the current variant.
    fn selected(&self) -> &'static str {
        ""
    }
}

/// A type with an XML form.
pub trait Xml: Record + Default {
    /// Its table.
    fn describe() -> &'static Table;
}

impl<T: Record + ?Sized> Record for Box<T> {
    fn table(&self) -> &'static Table {
        (**self).table()
    }
    fn present(&self) -> FieldSet {
        (**self).present()
    }
    fn set(&mut self, field: usize, value: Value<'_>) -> Result<(), ValueError> {
        (**self).set(field, value)
    }
    fn value(&self, field: usize, nth: usize, out: &mut String) -> bool {
        (**self).value(field, nth, out)
    }
    fn add(&mut self, field: usize, child: AddChild<'_>) {
        (**self).add(field, child);
    }
    fn child(&self, field: usize, nth: usize) -> Option<&dyn Record> {
        (**self).child(field, nth)
    }
    fn flattened(&mut self, field: usize) -> Option<&mut dyn Record> {
        (**self).flattened(field)
    }
    fn add_tree(&mut self, field: usize, tree: Tree) {
        (**self).add_tree(field, tree);
    }
    fn tree(&self, field: usize, nth: usize) -> Option<&Tree> {
        (**self).tree(field, nth)
    }
    fn select(&mut self, name: &str) -> bool {
        (**self).select(name)
    }
    fn selected(&self) -> &'static str {
        (**self).selected()
    }
}

impl<T: Xml> Xml for Box<T> {
    fn describe() -> &'static Table {
        T::describe()
    }
}
