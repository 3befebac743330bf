//! Modes of files, in octal.

use std::fmt::Write as _;

use xml::{Codec, Shape, Value, ValueError};

/// A file's mode: octal digits, written as at least four.
#[derive(Debug)]
pub struct Octal;

impl Codec<u32> for Octal {
    const SHAPE: Shape = Shape::Named("octal mode");
    fn read(value: Value<'_>) -> Result<u32, ValueError> {
        let digits = value.text.trim_ascii_start();
        match u32::from_str_radix(digits, 8) {
            Ok(mode) if mode <= 0o7777 && !digits.starts_with('+') => Ok(mode),
            _ => Err(ValueError::Malformed {
                expected: "an octal mode up to 7777",
            }),
        }
    }
    fn write(value: &u32, out: &mut String) {
        let _ = write!(out, "{value:04o}");
    }
}
