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

#[cfg(test)]
mod tests {
    use super::{Typed, json, text};

    #[test]
    fn values_are_printed_as_scripts_know_them() {
        assert_eq!(text(&Typed::Boolean(1)), "yes");
        assert_eq!(text(&Typed::Double(1.5)), "1.500000");
        assert_eq!(text(&Typed::LLong(-1)), "-1");
        assert_eq!(json(&Typed::Boolean(2)), serde_json::json!(true));
    }
}
