//! The record of one VM as it is filled.

use protocol::typed_param::{TypedParam, TypedParamValue};

/// Statistics by their names.
#[derive(Debug, Default)]
pub(super) struct Record(Vec<TypedParam>);

impl Record {
    pub(super) fn text(&mut self, field: impl Into<String>, value: impl Into<String>) {
        self.put(field, TypedParamValue::String(value.into()));
    }

    pub(super) fn int(&mut self, field: impl Into<String>, value: i32) {
        self.put(field, TypedParamValue::Int(value));
    }

    pub(super) fn uint(&mut self, field: impl Into<String>, value: u32) {
        self.put(field, TypedParamValue::UInt(value));
    }

    pub(super) fn signed(&mut self, field: impl Into<String>, value: i64) {
        self.put(field, TypedParamValue::LLong(value));
    }

    pub(super) fn unsigned(&mut self, field: impl Into<String>, value: u64) {
        self.put(field, TypedParamValue::ULLong(value));
    }

    /// Those of a numbered thing, whose names begin with `prefix` and the number.
    pub(super) fn unsigned_of<const N: usize>(
        &mut self,
        prefix: &str,
        number: impl std::fmt::Display,
        values: [(&str, u64); N],
    ) {
        for (suffix, value) in values {
            self.unsigned(format!("{prefix}{number}{suffix}"), value);
        }
    }

    pub(super) fn finish(self) -> Vec<TypedParam> {
        self.0
    }

    fn put(&mut self, field: impl Into<String>, value: TypedParamValue) {
        let field = field.into();
        self.0.push(TypedParam { field, value });
    }
}
