//! The values of the API's typed parameters, for people and as JSON.

use ferrovirt::TypedParamValue as Typed;
use serde_json::Value;

/// The value as `virsh` has always printed it.
pub(crate) fn text(value: &Typed) -> String {
    match value {
        Typed::Int(number) => number.to_string(),
        Typed::UInt(number) => number.to_string(),
        Typed::LLong(number) => number.to_string(),
        Typed::ULLong(number) => number.to_string(),
        Typed::Double(number) => format!("{number:.6}"),
        Typed::Boolean(0) => "no".to_owned(),
        Typed::Boolean(_) => "yes".to_owned(),
        Typed::String(text) => text.clone(),
    }
}

/// The value in JSON's own types.
pub(crate) fn json(value: &Typed) -> Value {
    match value {
        Typed::Int(number) => (*number).into(),
        Typed::UInt(number) => (*number).into(),
        Typed::LLong(number) => (*number).into(),
        Typed::ULLong(number) => (*number).into(),
        Typed::Double(number) => (*number).into(),
        Typed::Boolean(number) => (*number != 0).into(),
        Typed::String(text) => text.as_str().into(),
    }
}

/// The value that `text` is, in the type of `like`.
///
/// # Errors
///
/// The name of the type when it is none of it.
pub(crate) fn read(like: &Typed, text: &str) -> Result<Typed, &'static str> {
    match like {
        Typed::Int(_) => text.parse().map(Typed::Int).map_err(|_| "int"),
        Typed::UInt(_) => text.parse().map(Typed::UInt).map_err(|_| "unsigned int"),
        Typed::LLong(_) => text.parse().map(Typed::LLong).map_err(|_| "long long"),
        Typed::ULLong(_) => {
            let number = text.parse().map(Typed::ULLong);
            number.map_err(|_| "unsigned long long")
        }
        Typed::Double(_) => text.parse().map(Typed::Double).map_err(|_| "double"),
        Typed::Boolean(_) => match text {
            "0" => Ok(Typed::Boolean(0)),
            "1" => Ok(Typed::Boolean(1)),
            _ => Err("0 or 1"),
        },
        Typed::String(_) => Ok(Typed::String(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Typed, json, read, text};

    #[test]
    fn a_value_is_read_in_its_type() {
        assert_eq!(read(&Typed::Int(0), "-3"), Ok(Typed::Int(-3)));
        assert_eq!(read(&Typed::UInt(0), "-3"), Err("unsigned int"));
        assert_eq!(read(&Typed::Boolean(0), "1"), Ok(Typed::Boolean(1)));
    }

    #[test]
    fn values_are_printed_as_scripts_know_them() {
        assert_eq!(text(&Typed::Boolean(1)), "yes");
        assert_eq!(text(&Typed::Double(1.5)), "1.500000");
        assert_eq!(text(&Typed::LLong(-1)), "-1");
        assert_eq!(json(&Typed::Boolean(2)), serde_json::json!(true));
    }
}
