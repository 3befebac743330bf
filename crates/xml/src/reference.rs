//! Walks tables for the generated reference and schema.

use crate::table::{Shape, Table};

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
