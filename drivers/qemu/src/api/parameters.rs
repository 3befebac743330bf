//! Typed parameters of a call: which there are, and of which type each is.

use driver::Error;
use protocol::error::Code;
use protocol::typed_param::{TypedParam, TypedParamValue};

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Signed32,
    Signed64,
    Text,
    Unsigned32,
    Unsigned64,
}

impl Kind {
    /// The type's name, for messages.
    fn name(self) -> &'static str {
        match self {
            Self::Boolean => TypedParamValue::Boolean(0),
            Self::Signed32 => TypedParamValue::Int(0),
            Self::Signed64 => TypedParamValue::LLong(0),
            Self::Text => TypedParamValue::String(String::new()),
            Self::Unsigned32 => TypedParamValue::UInt(0),
            Self::Unsigned64 => TypedParamValue::ULLong(0),
        }
        .type_name()
    }
}

/// Checks that each parameter is one of `known`, has its type, and is there once.
///
/// # Errors
/// The first that is not.
pub(super) fn check<'a>(
    params: &[TypedParam],
    known: impl Fn(&str) -> Option<Kind> + 'a,
) -> Result<(), Error> {
    for (at, param) in params.iter().enumerate() {
        let name = param.field.as_str();
        let Some(kind) = known(name) else {
            let text = format!("parameter '{name}' not supported");
            return Err(Error::new(Code::ArgumentUnsupported, text));
        };
        let found = param.value.type_name();
        if found != kind.name() {
            let expected = kind.name();
            let text =
                format!("invalid type '{found}' for parameter '{name}', expected '{expected}'");
            return Err(Error::new(Code::InvalidArg, text));
        }
        if params.iter().take(at).any(|other| other.field == name) {
            let text = format!("parameter '{name}' occurs multiple times");
            return Err(Error::new(Code::InvalidArg, text));
        }
    }
    Ok(())
}

/// What is answered to a caller that has room for so many: one that has none is told how many there are.
pub(super) fn answer(mut params: Vec<TypedParam>, room: i32) -> (Vec<TypedParam>, i32) {
    let count = i32::try_from(params.len()).unwrap_or(i32::MAX);
    if room <= 0 {
        return (Vec::new(), count);
    }
    params.truncate(usize::try_from(room).unwrap_or(usize::MAX));
    let count = i32::try_from(params.len()).unwrap_or(i32::MAX);
    (params, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(params: &[TypedParam]) -> Option<Code> {
        let known = |name: &str| (name == "a").then_some(Kind::Boolean);
        check(params, known).err().map(|error| error.code())
    }

    #[test]
    fn a_caller_without_room_is_told_how_many_there_are() {
        let params = || vec![TypedParam::new("a", true), TypedParam::new("b", true)];
        assert_eq!(answer(params(), 0), (Vec::new(), 2));
        assert_eq!(answer(params(), 1).1, 1);
        assert_eq!(answer(params(), 5), (params(), 2));
    }

    #[test]
    fn each_parameter_is_known_and_there_once() {
        let a = TypedParam::new("a", true);
        assert_eq!(refused(std::slice::from_ref(&a)), None);
        let unknown = TypedParam::new("b", true);
        assert_eq!(refused(&[unknown]), Some(Code::ArgumentUnsupported));
        let other = TypedParam::new("a", 1_u64);
        assert_eq!(refused(&[other]), Some(Code::InvalidArg));
        assert_eq!(refused(&[a.clone(), a]), Some(Code::InvalidArg));
    }
}
