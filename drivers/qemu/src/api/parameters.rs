//! Typed parameters of a call: which there are, and of which type each is.

use driver::Error;
use protocol::error::Code;
use protocol::typed_param::{TypedParam, TypedParamValue};

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
}

impl Kind {
    /// The type's name, for messages.
    fn name(self) -> &'static str {
        match self {
            Self::Boolean => TypedParamValue::Boolean(0).type_name(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(params: &[TypedParam]) -> Option<Code> {
        let known = |name: &str| (name == "a").then_some(Kind::Boolean);
        check(params, known).err().map(|error| error.code())
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
