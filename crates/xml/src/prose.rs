//! What the reference says of a part of a document, beside what is read and written.

/// The words of the reference on a part. They are there with the feature `reference` only: a daemon prints none, and
/// each pointer in a static table is memory that the loader writes for each process.
#[derive(Debug, Clone, Copy)]
pub struct Prose {
    /// Of a type, its name in Rust.
    #[cfg(any(test, feature = "reference"))]
    pub type_name: &'static str,
    /// The doc comment.
    #[cfg(any(test, feature = "reference"))]
    pub doc: &'static str,
    /// libvirt's version that brought it, if said.
    #[cfg(any(test, feature = "reference"))]
    pub since: &'static str,
    /// The value that absence stands for, if it stands for one.
    #[cfg(any(test, feature = "reference"))]
    pub default: &'static str,
    /// What absence means where it stands for no value; of a type, that of each of its optional attributes and texts
    /// that say nothing else.
    #[cfg(any(test, feature = "reference"))]
    pub absent: &'static str,
}

impl Prose {
    /// No words.
    pub const NONE: Self = Self::new("", "", "", "");

    /// A doc comment, a version, the default and what absence means without one.
    #[must_use]
    #[cfg_attr(
        not(any(test, feature = "reference")),
        expect(
            unused_variables,
            reason = "a program without the reference drops the words"
        )
    )]
    pub const fn new(
        doc: &'static str,
        since: &'static str,
        default: &'static str,
        absent: &'static str,
    ) -> Self {
        Self {
            #[cfg(any(test, feature = "reference"))]
            type_name: "",
            #[cfg(any(test, feature = "reference"))]
            doc,
            #[cfg(any(test, feature = "reference"))]
            since,
            #[cfg(any(test, feature = "reference"))]
            default,
            #[cfg(any(test, feature = "reference"))]
            absent,
        }
    }

    /// The same words on the type of that name.
    #[cfg(any(test, feature = "reference"))]
    #[must_use]
    pub const fn of_type(self, type_name: &'static str) -> Self {
        Self { type_name, ..self }
    }

    /// The same words, none, on the type of that name.
    #[cfg(not(any(test, feature = "reference")))]
    #[must_use]
    pub const fn of_type(self, _: &'static str) -> Self {
        self
    }
}
