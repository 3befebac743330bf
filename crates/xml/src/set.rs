//! Sets of a type's fields: what a walk over a table looks at, instead of at every field.

use crate::table::{Field, FieldKind, Required};

/// Fields of one table, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSet(u64);

/// The fields of a table by how they appear, each in the declared order.
#[derive(Debug)]
pub struct Kinds {
    /// Attributes of the element.
    pub attributes: FieldSet,
    /// The element's own text.
    pub texts: FieldSet,
    /// Child elements that have a name.
    pub children: FieldSet,
    /// What is kept of elements that nobody claims.
    pub rest: FieldSet,
    /// Other types' attributes and children.
    pub flattened: FieldSet,
    /// Those whose absence may be an error.
    pub required: FieldSet,
    /// Those that may take a name, by its class: most names are none of most fields.
    named: [FieldSet; CLASSES],
}

/// Classes of names.
const CLASSES: usize = 8;

impl FieldSet {
    /// No field.
    pub const NONE: Self = Self(0);
    /// Every field that a table can have.
    pub const ALL: Self = Self(u64::MAX);
    /// How many fields a table can have.
    pub const MOST: usize = 64;

    /// The same set, with one more field if `is_in`; a number that no table has is in none.
    #[must_use]
    pub const fn with(self, number: usize, is_in: bool) -> Self {
        if number >= Self::MOST {
            return self;
        }
        Self(self.0 | ((is_in as u64) << number))
    }

    /// The fields of either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The fields that may take a name of a class.
    const fn of_class(fields: &[Field], wanted: usize) -> Self {
        let mut set = Self::NONE;
        let mut left = fields;
        while let [.., field] = left {
            let number = left.len() - 1;
            let name = if field.wrapped {
                field.detail.wrapper
            } else {
                field.name
            };
            let is_in = name.is_empty() || class(local(name.as_bytes())) == wanted;
            set = set.with(number, is_in);
            left = left.split_at(number).0;
        }
        set
    }

    /// Those of `fields` that are in the set, with their numbers.
    pub fn of(self, fields: &'static [Field]) -> impl Iterator<Item = (usize, &'static Field)> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let number = left.trailing_zeros() as usize;
            let field = fields.get(number)?;
            left &= left - 1;
            Some((number, field))
        })
    }
}

impl Kinds {
    /// Of no field.
    pub const NONE: Self = Self {
        attributes: FieldSet::NONE,
        texts: FieldSet::NONE,
        children: FieldSet::NONE,
        rest: FieldSet::NONE,
        flattened: FieldSet::NONE,
        required: FieldSet::NONE,
        named: [FieldSet::NONE; CLASSES],
    };

    /// Of these fields, in a table that is made while the program is compiled.
    #[must_use]
    pub const fn of(fields: &[Field]) -> Self {
        assert!(fields.len() <= FieldSet::MOST, "a type has too many fields");
        let mut kinds = Self {
            named: [
                FieldSet::of_class(fields, 0),
                FieldSet::of_class(fields, 1),
                FieldSet::of_class(fields, 2),
                FieldSet::of_class(fields, 3),
                FieldSet::of_class(fields, 4),
                FieldSet::of_class(fields, 5),
                FieldSet::of_class(fields, 6),
                FieldSet::of_class(fields, 7),
            ],
            ..Self::NONE
        };
        let mut left = fields;
        while let [.., field] = left {
            let number = left.len() - 1;
            let kind = match field.kind {
                FieldKind::Attribute => &mut kinds.attributes,
                FieldKind::Text => &mut kinds.texts,
                FieldKind::Rest => &mut kinds.rest,
                FieldKind::Flatten => &mut kinds.flattened,
                FieldKind::TextChild
                | FieldKind::ChildAttribute(_)
                | FieldKind::Present
                | FieldKind::Child
                | FieldKind::Choice
                | FieldKind::Verbatim => &mut kinds.children,
            };
            *kind = kind.with(number, true);
            let required = !matches!(field.required, Required::No);
            kinds.required = kinds.required.with(number, required);
            left = left.split_at(number).0;
        }
        kinds
    }

    /// The fields that may take an attribute or element of that name, without its prefix, and others.
    #[must_use]
    pub fn named(&self, name: &str) -> FieldSet {
        let set = self.named.get(class(name.as_bytes()));
        set.copied().unwrap_or(FieldSet::ALL)
    }

    /// What has a part in the start tag: a text may have its unit there.
    #[must_use]
    pub const fn in_start_tag(&self) -> FieldSet {
        self.attributes.or(self.texts).or(self.flattened)
    }

    /// What stands between the tags.
    #[must_use]
    pub const fn inside(&self) -> FieldSet {
        self.texts
            .or(self.children)
            .or(self.rest)
            .or(self.flattened)
    }
}

/// The class of a name: by its length and its first letter, so that it costs next to nothing.
const fn class(name: &[u8]) -> usize {
    match name {
        [first, ..] => (name.len() ^ *first as usize) % CLASSES,
        [] => 0,
    }
}

/// A name without its prefix.
const fn local(name: &[u8]) -> &[u8] {
    let mut left = name;
    while let [first, rest @ ..] = left {
        if *first == b':' {
            return rest;
        }
        left = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Detail;

    const fn field(kind: FieldKind, required: Required) -> Field {
        Field {
            kind,
            required,
            ..Field::EMPTY
        }
    }

    static FIELDS: [Field; 4] = [
        field(FieldKind::Attribute, Required::Always),
        field(FieldKind::Flatten, Required::No),
        field(FieldKind::Attribute, Required::No),
        field(FieldKind::ChildAttribute("name"), Required::Strict),
    ];

    static NAMED: [Field; 3] = [
        Field {
            name: "qemu:commandline",
            ..field(FieldKind::Child, Required::No)
        },
        field(FieldKind::Flatten, Required::No),
        Field {
            name: "cell",
            wrapped: true,
            detail: &Detail {
                wrapper: "distances",
                ..Detail::EMPTY
            },
            ..field(FieldKind::Child, Required::No)
        },
    ];

    #[test]
    fn a_name_finds_its_field_and_those_without_a_name() {
        let kinds = Kinds::of(&NAMED);
        let found = |name| {
            let fields = kinds.named(name).of(&NAMED);
            fields.map(|(number, _)| number).collect::<Vec<_>>()
        };
        assert_eq!(found("commandline"), [0, 1]);
        assert_eq!(found("distances"), [1, 2]);
        assert_eq!(found("x"), [1]);
    }

    fn numbers(set: FieldSet) -> Vec<usize> {
        set.of(&FIELDS).map(|(number, _)| number).collect()
    }

    #[test]
    fn fields_are_sorted_by_how_they_appear() {
        let kinds = Kinds::of(&FIELDS);
        assert_eq!(numbers(kinds.attributes), [0, 2]);
        assert_eq!(numbers(kinds.in_start_tag()), [0, 1, 2]);
        assert_eq!(numbers(kinds.inside()), [1, 3]);
        assert_eq!(numbers(kinds.required), [0, 3]);
        assert_eq!(numbers(kinds.rest), [0; 0]);
    }

    #[test]
    fn a_set_ends_with_the_table() {
        assert_eq!(numbers(FieldSet::ALL), [0, 1, 2, 3]);
        let last = FieldSet::NONE.with(63, true).with(64, true);
        assert_eq!(numbers(last), [0; 0]);
        assert_eq!(last, FieldSet::NONE.with(63, true));
        let both = FieldSet::NONE.with(1, true).with(2, false).with(3, true);
        assert_eq!(numbers(both.and(FieldSet::ALL)), [1, 3]);
    }
}
