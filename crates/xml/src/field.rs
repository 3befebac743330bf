//! What the derived accessors call: one small function per form of a field's Rust type.

use crate::ValueError;
use crate::codec::Codec;
use crate::record::{AddChild, Record, Value, Xml};
use crate::tree::Tree;

/// Sets a plain scalar.
///
/// # Errors
/// When the text is not a value of the type.
pub fn set<C: Codec<T>, T>(slot: &mut T, value: Value<'_>) -> Result<(), ValueError> {
    *slot = C::read(value)?;
    Ok(())
}

/// Sets an optional scalar.
///
/// # Errors
/// When the text is not a value of the type.
pub fn set_option<C: Codec<T>, T>(
    slot: &mut Option<T>,
    value: Value<'_>,
) -> Result<(), ValueError> {
    *slot = Some(C::read(value)?);
    Ok(())
}

/// Appends to a list of scalars.
///
/// # Errors
/// When the text is not a value of the type.
pub fn set_many<C: Codec<T>, T>(slot: &mut Vec<T>, value: Value<'_>) -> Result<(), ValueError> {
    slot.push(C::read(value)?);
    Ok(())
}

/// Writes a plain scalar.
pub fn value<C: Codec<T>, T>(slot: &T, nth: usize, out: &mut String) -> bool {
    if nth == 0 {
        C::write(slot, out);
    }
    nth == 0
}

/// Writes an optional scalar.
pub fn value_option<C: Codec<T>, T>(slot: &Option<T>, nth: usize, out: &mut String) -> bool {
    match slot {
        Some(it) => value::<C, T>(it, nth, out),
        None => false,
    }
}

/// Writes one scalar of a list.
pub fn value_many<C: Codec<T>, T>(slot: &[T], nth: usize, out: &mut String) -> bool {
    match slot.get(nth) {
        Some(it) => value::<C, T>(it, 0, out),
        None => false,
    }
}

/// Reads a nested record that is always there: in its place, since some are large.
pub fn add<T: Xml>(slot: &mut T, child: AddChild<'_>) {
    *slot = T::default();
    (child.read)(slot);
}

/// Reads an optional nested record.
pub fn add_option<T: Xml>(slot: &mut Option<T>, child: AddChild<'_>) {
    (child.read)(slot.insert(T::default()));
}

/// Reads an optional nested record that counts as absent when it is empty.
pub fn add_option_nonempty<T: Xml + PartialEq>(slot: &mut Option<T>, child: AddChild<'_>) {
    let mut it = T::default();
    (child.read)(&mut it);
    if it != T::default() {
        *slot = Some(it);
    }
}

/// Reads more of an optional nested record, which counts as absent when it is empty.
pub fn add_option_merged<T: Xml + PartialEq>(slot: &mut Option<T>, child: AddChild<'_>) {
    let mut it = slot.take().unwrap_or_default();
    (child.read)(&mut it);
    if it != T::default() {
        *slot = Some(it);
    }
}

/// Appends a nested record to a list.
pub fn add_many<T: Xml>(slot: &mut Vec<T>, child: AddChild<'_>) {
    if slot.is_empty() {
        slot.reserve_exact(child.expected);
    }
    slot.push(T::default());
    if let Some(it) = slot.last_mut() {
        (child.read)(it);
    }
}

/// The nested record that is always there.
pub fn child<T: Xml>(slot: &T, nth: usize) -> Option<&dyn Record> {
    (nth == 0).then_some(slot)
}

/// The nested record that is always there, unless it is empty.
pub fn child_nonempty<T: Xml + PartialEq>(slot: &T, nth: usize) -> Option<&dyn Record> {
    if nth > 0 || *slot == T::default() {
        return None;
    }
    Some(slot)
}

/// The optional nested record.
pub fn child_option<T: Xml>(slot: &Option<T>, nth: usize) -> Option<&dyn Record> {
    if nth > 0 {
        return None;
    }
    slot.as_ref().map(|it| it as &dyn Record)
}

/// The optional nested record, unless it is empty.
pub fn child_option_nonempty<T: Xml + PartialEq>(
    slot: &Option<T>,
    nth: usize,
) -> Option<&dyn Record> {
    if nth > 0 {
        return None;
    }
    slot.as_ref()
        .filter(|it| **it != T::default())
        .map(|it| it as &dyn Record)
}

/// A nested record of a list.
pub fn child_many<T: Xml>(slot: &[T], nth: usize) -> Option<&dyn Record> {
    slot.get(nth).map(|it| it as &dyn Record)
}

/// The optional subtree.
pub fn tree_option(slot: &Option<Tree>, nth: usize) -> Option<&Tree> {
    if nth > 0 { None } else { slot.as_ref() }
}
