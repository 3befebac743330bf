//! Scalars: how a Rust value is spelled in an attribute or a text.

use crate::prose::Prose;
use std::fmt::Write as _;
use std::num::{NonZeroU16, NonZeroU32, NonZeroU64};

use crate::ValueError;
use crate::record::Value;
use crate::table::Shape;

/// A way to spell values of type `T`.
pub trait Codec<T> {
    /// The shape, for the reference.
    const SHAPE: Shape;
    /// Reads a value.
    ///
    /// # Errors
    /// When the text is not such a value.
    fn read(value: Value<'_>) -> Result<T, ValueError>;
    /// Writes a value.
    fn write(value: &T, out: &mut String);
}

/// A type with one natural spelling.
pub trait Scalar: Sized {
    /// The shape, for the reference.
    const SHAPE: Shape;
    /// Reads a value.
    ///
    /// # Errors
    /// When the text is not such a value.
    fn read(text: &str) -> Result<Self, ValueError>;
    /// Writes a value.
    fn write(&self, out: &mut String);
}

/// One word of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The word in XML.
    pub name: &'static str,
    /// What the reference says of it.
    pub prose: Prose,
    /// Whether libvirt's schema lacks it, so that strict mode refuses it.
    pub absent: bool,
}

/// An enum of words, by `#[derive(XmlEnum)]`.
pub trait ScalarEnum: Copy + Sized + 'static {
    /// The words, in the order of the variants.
    const VALUES: &'static [EnumValue];
    /// The variants, in the same order.
    const VARIANTS: &'static [Self];
    /// The variant's number.
    fn index(self) -> usize;
}

/// The word of a variant.
pub fn enum_name<T: ScalarEnum>(value: T) -> &'static str {
    T::VALUES.get(value.index()).map_or("", |it| it.name)
}

/// The variant of a word.
pub fn enum_from_name<T: ScalarEnum>(name: &str) -> Option<T> {
    let index = T::VALUES.iter().position(|it| it.name == name)?;
    T::VARIANTS.get(index).copied()
}

impl<T: ScalarEnum> Scalar for T {
    const SHAPE: Shape = Shape::Enum(T::VALUES);
    fn read(text: &str) -> Result<Self, ValueError> {
        enum_from_name(text).ok_or(ValueError::NotOneOf(T::VALUES))
    }
    fn write(&self, out: &mut String) {
        out.push_str(enum_name(*self));
    }
}

/// The type's own spelling.
#[derive(Debug)]
pub struct Plain;

impl<T: Scalar> Codec<T> for Plain {
    const SHAPE: Shape = T::SHAPE;
    fn read(value: Value<'_>) -> Result<T, ValueError> {
        T::read(value.text)
    }
    fn write(value: &T, out: &mut String) {
        value.write(out);
    }
}

/// `yes` or `no`.
#[derive(Debug)]
pub struct YesNo;

impl Codec<bool> for YesNo {
    const SHAPE: Shape = Shape::YesNo;
    fn read(value: Value<'_>) -> Result<bool, ValueError> {
        match value.text {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(ValueError::NotYesNo),
        }
    }
    fn write(value: &bool, out: &mut String) {
        out.push_str(if *value { "yes" } else { "no" });
    }
}

/// `on` or `off`.
#[derive(Debug)]
pub struct OnOff;

impl Codec<bool> for OnOff {
    const SHAPE: Shape = Shape::OnOff;
    fn read(value: Value<'_>) -> Result<bool, ValueError> {
        match value.text {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err(ValueError::NotOnOff),
        }
    }
    fn write(value: &bool, out: &mut String) {
        out.push_str(if *value { "on" } else { "off" });
    }
}

/// A number that is read in any base (`10`, `0x0a`, `012`) and written in decimal.
#[derive(Debug)]
pub struct AnyBase;

/// A number that is read in any base and written as `0x` with at least so many digits.
#[derive(Debug)]
pub struct Hex<const DIGITS: usize>;

macro_rules! unsigned {
    ($($t:ty),*) => {$(
        impl Scalar for $t {
            const SHAPE: Shape = Shape::Unsigned(<$t>::BITS);
            fn read(text: &str) -> Result<Self, ValueError> {
                // Leading space is taken as by strtoul; a minus sign is not.
                text.trim_ascii_start().parse().map_err(|_| ValueError::NotUnsigned { bits: <$t>::BITS })
            }
            fn write(&self, out: &mut String) {
                decimal(*self, out);
            }
        }
        impl Codec<$t> for AnyBase {
            const SHAPE: Shape = Shape::Unsigned(<$t>::BITS);
            fn read(value: Value<'_>) -> Result<$t, ValueError> {
                any_base(value.text)
                    .and_then(|it| it.try_into().ok())
                    .ok_or(ValueError::NotUnsigned { bits: <$t>::BITS })
            }
            fn write(value: &$t, out: &mut String) {
                decimal(*value, out);
            }
        }
        impl<const DIGITS: usize> Codec<$t> for Hex<DIGITS> {
            const SHAPE: Shape = Shape::Hex;
            fn read(value: Value<'_>) -> Result<$t, ValueError> {
                <AnyBase as Codec<$t>>::read(value)
            }
            fn write(value: &$t, out: &mut String) {
                hexadecimal((*value).into(), DIGITS, out);
            }
        }
    )*};
}
unsigned!(u8, u16, u32, u64);

macro_rules! signed {
    ($($t:ty),*) => {$(
        impl Scalar for $t {
            const SHAPE: Shape = Shape::Signed(<$t>::BITS);
            fn read(text: &str) -> Result<Self, ValueError> {
                text.trim_ascii_start().parse().map_err(|_| ValueError::NotSigned { bits: <$t>::BITS })
            }
            fn write(&self, out: &mut String) {
                decimal(*self, out);
            }
        }
    )*};
}
signed!(i32, i64);

macro_rules! nonzero {
    ($($t:ty, $inner:ty);*) => {$(
        impl Scalar for $t {
            const SHAPE: Shape = Shape::Unsigned(<$inner>::BITS);
            fn read(text: &str) -> Result<Self, ValueError> {
                <$t>::new(<$inner as Scalar>::read(text)?).ok_or(ValueError::Zero)
            }
            fn write(&self, out: &mut String) {
                decimal(self.get(), out);
            }
        }
    )*};
}
nonzero!(NonZeroU16, u16; NonZeroU32, u32; NonZeroU64, u64);

/// A number that a minus sign counts down from the end of its type, as C's `strtoul` has it: `-1` is the largest.
#[derive(Debug)]
pub struct Wrapping;

impl Codec<u32> for Wrapping {
    const SHAPE: Shape = Shape::Unsigned(u32::BITS);
    fn read(value: Value<'_>) -> Result<u32, ValueError> {
        match value.text.trim_ascii_start().strip_prefix('-') {
            Some(digits) if digits.starts_with(|it: char| it.is_ascii_digit()) => {
                <u32 as Scalar>::read(digits).map(u32::wrapping_neg)
            }
            _ => <u32 as Scalar>::read(value.text),
        }
    }
    fn write(value: &u32, out: &mut String) {
        Scalar::write(value, out);
    }
}

/// Writes a number in decimal.
fn decimal(value: impl itoa::Integer, out: &mut String) {
    out.push_str(itoa::Buffer::new().format(value));
}

/// Writes a number as `0x` with at least so many digits: each address has four, and the formatter of the standard
/// library was a twentieth of a document's time.
fn hexadecimal(value: u64, digits: usize, out: &mut String) {
    out.push_str("0x");
    let needed = value.checked_ilog(16).map_or(1, |it| it as usize + 1);
    for place in (0..needed.max(digits)).rev() {
        let nibble = value.checked_shr(u32::try_from(4 * place).unwrap_or(u32::MAX));
        let digit = char::from_digit((nibble.unwrap_or(0) & 0xf) as u32, 16);
        out.push(digit.unwrap_or('0'));
    }
}

/// A number as C's `strtoul` with base 0 takes it.
fn any_base(text: &str) -> Option<u64> {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix('+').unwrap_or(text);
    let (digits, base) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => (hex, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    if digits.starts_with('+') {
        return None;
    }
    u64::from_str_radix(digits, base).ok()
}

impl Scalar for String {
    const SHAPE: Shape = Shape::Text;
    fn read(text: &str) -> Result<Self, ValueError> {
        Ok(text.to_owned())
    }
    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Scalar for f64 {
    const SHAPE: Shape = Shape::Float;
    fn read(text: &str) -> Result<Self, ValueError> {
        match text.trim_ascii_start().parse::<Self>() {
            Ok(it) if it.is_finite() => Ok(it),
            _ => Err(ValueError::NotFloat),
        }
    }
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_numbers_have_at_least_their_digits() {
        let written = |value, digits| {
            let mut out = String::new();
            hexadecimal(value, digits, &mut out);
            out
        };
        for (value, digits) in [
            (0, 1),
            (0, 4),
            (0xf, 1),
            (0x10, 2),
            (0x1f, 4),
            (0xabcde, 4),
            (u64::MAX, 2),
            (7, 20),
        ] {
            let expected = format!("0x{value:0digits$x}");
            assert_eq!(written(value, digits), expected);
        }
    }
}
