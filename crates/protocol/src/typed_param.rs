//! Typed parameters: a name and a value of one of seven types.
//!
//! The remote and the admin program declare the same structure.

use xdr::Xdr;

/// A named value.
#[derive(Debug, Clone, PartialEq, Xdr)]
pub struct TypedParam {
    /// The name; see [`crate::fields`] for those of the public API.
    pub field: String,
    /// The value.
    pub value: TypedParamValue,
}

/// A value with its type.
#[derive(Debug, Clone, PartialEq, Xdr)]
pub enum TypedParamValue {
    /// 32 bits, signed.
    #[xdr(case = 1, name = "i")]
    Int(i32),
    /// 32 bits, unsigned.
    #[xdr(case = 2, name = "ui")]
    UInt(u32),
    /// 64 bits, signed.
    #[xdr(case = 3, name = "l")]
    LLong(i64),
    /// 64 bits, unsigned.
    #[xdr(case = 4, name = "ul")]
    ULLong(u64),
    /// IEEE 754, 64 bits.
    #[xdr(case = 5, name = "d")]
    Double(f64),
    /// 0 is false. Peers may send any other number for true, so it stays a number here.
    #[xdr(case = 6, name = "b")]
    Boolean(i32),
    /// Text.
    #[xdr(case = 7, name = "s")]
    String(String),
}

impl TypedParam {
    /// A parameter.
    pub fn new(field: impl Into<String>, value: impl Into<TypedParamValue>) -> Self {
        Self {
            field: field.into(),
            value: value.into(),
        }
    }
}

impl TypedParamValue {
    /// The type's name, for messages.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Int(_) => "int",
            Self::UInt(_) => "unsigned int",
            Self::LLong(_) => "long long",
            Self::ULLong(_) => "unsigned long long",
            Self::Double(_) => "double",
            Self::Boolean(_) => "boolean",
            Self::String(_) => "string",
        }
    }

    /// The whole number in any of the integer types, when it fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Int(value) => u64::try_from(*value).ok(),
            Self::UInt(value) => Some(u64::from(*value)),
            Self::LLong(value) => u64::try_from(*value).ok(),
            Self::ULLong(value) => Some(*value),
            Self::Double(_) | Self::Boolean(_) | Self::String(_) => None,
        }
    }

    /// The whole number in any of the integer types, when it fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(i64::from(*value)),
            Self::UInt(value) => Some(i64::from(*value)),
            Self::LLong(value) => Some(*value),
            Self::ULLong(value) => i64::try_from(*value).ok(),
            Self::Double(_) | Self::Boolean(_) | Self::String(_) => None,
        }
    }

    /// The boolean.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value != 0),
            _ => None,
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(value) => Some(value),
            _ => None,
        }
    }
}

macro_rules! from {
    ($($ty:ty => $case:ident)*) => {
        $(impl From<$ty> for TypedParamValue {
            fn from(value: $ty) -> Self {
                Self::$case(value.into())
            }
        })*
    };
}

from! {
    i32 => Int
    u32 => UInt
    i64 => LLong
    u64 => ULLong
    f64 => Double
    bool => Boolean
    String => String
    &str => String
}

/// The value of the first parameter with this name.
#[must_use]
pub fn find<'a>(params: &'a [TypedParam], field: &str) -> Option<&'a TypedParamValue> {
    params
        .iter()
        .find(|param| param.field == field)
        .map(|param| &param.value)
}

#[cfg(test)]
mod tests {
    use super::{TypedParam, TypedParamValue, find};

    #[test]
    fn a_parameter_is_name_type_and_value() {
        let param = TypedParam::new("cpu_shares", 1024_u64);
        let bytes = xdr::to_bytes(&param).unwrap();
        let tail = [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 4, 0];
        assert_eq!(&bytes[..14], b"\0\0\0\x0acpu_shares");
        assert_eq!(&bytes[16..], &tail[..]);
        assert_eq!(xdr::from_bytes(&bytes), Ok(param));
    }

    #[test]
    fn an_unknown_type_is_refused() {
        let error = xdr::from_bytes::<TypedParam>(&[0, 0, 0, 0, 0, 0, 0, 8]).unwrap_err();
        let text = error.to_string();
        assert_eq!(text, "value: TypedParamValue has no case 8 (at byte 8)");
    }

    #[test]
    fn numbers_are_found_by_name_whatever_their_type() {
        let params = [TypedParam::new("a", 1_i32), TypedParam::new("b", -1_i64)];
        assert_eq!(
            find(&params, "a").and_then(TypedParamValue::as_u64),
            Some(1)
        );
        assert_eq!(find(&params, "b").and_then(TypedParamValue::as_u64), None);
        assert_eq!(
            find(&params, "b").and_then(TypedParamValue::as_i64),
            Some(-1)
        );
        assert_eq!(find(&params, "c"), None);
        assert_eq!(TypedParamValue::from(true).as_bool(), Some(true));
        assert_eq!(TypedParamValue::from("x").as_str(), Some("x"));
    }
}
