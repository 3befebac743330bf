//! The rules of the codec, by example and by property.

use proptest::prelude::*;

use crate::{
    Bounded, CharArray, Chars, Decoder, Encoder, Fault, Hidden, Max, Opaque, Shape, Wire, Xdr,
    from_bytes, to_bytes,
};

const MAX: Max = Max { items: 4, text: 8 };

fn encode<T: Bounded>(value: &T) -> Result<Vec<u8>, Fault> {
    let mut out = Encoder::new();
    match value.encode_bounded(&mut out, MAX) {
        Ok(()) => Ok(out.into_vec()),
        Err(error) => Err(error.fault().clone()),
    }
}

fn decode<T: Bounded>(bytes: &[u8]) -> Result<T, Fault> {
    let mut input = Decoder::new(bytes);
    let value = T::decode_bounded(&mut input, MAX).map_err(|error| error.fault().clone())?;
    input.finish().map_err(|error| error.fault().clone())?;
    Ok(value)
}

#[track_caller]
fn check<T: Bounded + PartialEq + std::fmt::Debug>(value: T, bytes: &[u8]) {
    assert_eq!(encode(&value).unwrap(), bytes);
    assert_eq!(decode::<T>(bytes).unwrap(), value);
}

#[test]
fn text_is_length_bytes_and_padding() {
    check(String::new(), &[0, 0, 0, 0]);
    check("abcd".to_owned(), b"\0\0\0\x04abcd");
    check("abcde".to_owned(), b"\0\0\0\x05abcde\0\0\0");
    check(Some("a".to_owned()), b"\0\0\0\x01\0\0\0\x01a\0\0\0");
    check(None::<String>, &[0, 0, 0, 0]);
}

#[test]
fn lists_are_count_and_items() {
    check(vec![1_u32, 2], &[0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]);
    check(vec!["a".to_owned()], b"\0\0\0\x01\0\0\0\x01a\0\0\0");
    check(Opaque(vec![9, 8]), &[0, 0, 0, 2, 9, 8, 0, 0]);
}

#[test]
fn a_char_takes_a_word_and_its_sign_is_the_senders() {
    check(
        Chars(vec![1, 0xff]),
        &[0, 0, 0, 2, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff],
    );
    let unsigned = decode::<Chars>(&[0, 0, 0, 1, 0, 0, 0, 0xff]);
    assert_eq!(unsigned, Ok(Chars(vec![0xff])));
    let neither = decode::<Chars>(&[0, 0, 0, 1, 0, 0, 1, 0]);
    assert_eq!(
        neither,
        Err(Fault::OutOfRange {
            wire: "char",
            value: 256
        })
    );
}

#[test]
fn small_integers_take_a_word_and_stay_small() {
    assert_eq!(to_bytes(&200_u8).unwrap(), [0, 0, 0, 200]);
    assert_eq!(from_bytes(&[0, 0, 0xff, 0xff]), Ok(0xffff_u16));
    assert_eq!(from_bytes(&[0xff, 0xff, 0xff, 0xfe]), Ok(-2_i8));
    let fault = |error: crate::DecodeError| error.fault().clone();
    let too_big = Fault::OutOfRange {
        wire: "unsigned char",
        value: 256,
    };
    assert_eq!(from_bytes::<u8>(&[0, 0, 1, 0]).map_err(fault), Err(too_big));
    let too_big = Fault::OutOfRange {
        wire: "unsigned short",
        value: 65536,
    };
    assert_eq!(
        from_bytes::<u16>(&[0, 1, 0, 0]).map_err(fault),
        Err(too_big)
    );
}

#[test]
fn a_fixed_text_ends_with_a_zero_byte() {
    let text = CharArray::<6>::from_text("größer");
    assert_eq!(text.to_text(), "grö");
    assert_eq!(to_bytes(&text).unwrap().len(), 24);
    assert_eq!(from_bytes(&to_bytes(&text).unwrap()), Ok(text));
    assert_eq!(CharArray(*b"ab").to_text(), "ab");
    assert_eq!(Chars(b"label\0".to_vec()).to_text(), "label");
}

#[test]
fn limits_hold_both_ways() {
    let long = "123456789".to_owned();
    assert_eq!(encode(&long), Err(Fault::TooLong { length: 9, max: 8 }));
    assert_eq!(
        encode(&vec![0_u32; 5]),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    assert_eq!(
        encode(&Opaque(vec![0; 5])),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    assert_eq!(
        encode(&Chars(vec![0; 5])),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    let five = [0, 0, 0, 5];
    assert_eq!(
        decode::<Vec<u32>>(&five),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    assert_eq!(
        decode::<Vec<String>>(&five),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    assert_eq!(
        decode::<Opaque>(&five),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    assert_eq!(
        decode::<Chars>(&five),
        Err(Fault::TooLong { length: 5, max: 4 })
    );
    let nine = [0, 0, 0, 9];
    assert_eq!(
        decode::<String>(&nine),
        Err(Fault::TooLong { length: 9, max: 8 })
    );
}

#[test]
fn a_count_without_its_bytes_makes_no_room() {
    let mut input = Decoder::new(&[0xff; 8]);
    let fault = input.count(u32::MAX, 8).unwrap_err().fault().clone();
    assert_eq!(
        fault,
        Fault::Truncated {
            needed: u32::MAX as usize * 8,
            remaining: 4
        }
    );
}

#[test]
fn booleans_are_zero_or_one() {
    assert_eq!(from_bytes(&[0, 0, 0, 1]), Ok(true));
    let fault = from_bytes::<bool>(&[0, 0, 0, 2])
        .unwrap_err()
        .fault()
        .clone();
    assert_eq!(fault, Fault::NotBoolean { value: 2 });
    assert_eq!(
        decode::<Option<String>>(&[0, 0, 1, 0]),
        Err(Fault::NotBoolean { value: 256 })
    );
}

#[test]
fn text_that_c_would_read_differently_is_refused() {
    assert_eq!(decode::<String>(b"\0\0\0\x03a\0b\0"), Err(Fault::ZeroByte));
    assert_eq!(
        decode::<String>(b"\0\0\0\x02\xff\xfe\0\0"),
        Err(Fault::NotUtf8)
    );
    assert_eq!(encode(&"a\0b".to_owned()), Err(Fault::ZeroByte));
}

#[test]
fn padding_may_hold_anything() {
    assert_eq!(
        decode::<String>(b"\0\0\0\x01a\x01\x02\x03"),
        Ok("a".to_owned())
    );
}

#[test]
fn secrets_do_not_show() {
    assert_eq!(
        format!("{:?}", Opaque(b"secret".to_vec())),
        "Opaque(6 bytes)"
    );
    assert_eq!(format!("{:?}", Chars(b"secret".to_vec())), "Chars(6 bytes)");
    assert_eq!(format!("{:?}", Hidden("secret".to_owned())), "Hidden");
    check(Some(Hidden("abcd".to_owned())), b"\0\0\0\x01\0\0\0\x04abcd");
}

/// Lists within lists, deeper than the stack would bear.
#[derive(Debug)]
struct Deep(Vec<Deep>);

impl Xdr for Deep {
    const SHAPE: Shape = Shape::single(Wire::Int);

    fn encode(&self, out: &mut Encoder) -> Result<(), crate::EncodeError> {
        self.0.encode_bounded(out, MAX)
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, crate::DecodeError> {
        Vec::decode_bounded(input, MAX).map(Self)
    }
}

#[test]
fn nesting_has_an_end() {
    let bytes: Vec<u8> = [0, 0, 0, 1].repeat(1_000_000);
    let fault = from_bytes::<Deep>(&bytes).unwrap_err().fault().clone();
    assert_eq!(fault, Fault::TooDeep { max: 32 });
    let shallow: Vec<u8> = [[0, 0, 0, 1].repeat(10), vec![0; 4]].concat();
    assert_eq!(
        to_bytes(&from_bytes::<Deep>(&shallow).unwrap()).unwrap(),
        shallow
    );
}

proptest! {
    #[test]
    fn numbers_survive(
        int in any::<i32>(),
        uint in any::<u32>(),
        hyper in any::<i64>(),
        uhyper in any::<u64>(),
        bits in any::<u64>(),
        flag in any::<bool>(),
    ) {
        prop_assert_eq!(from_bytes(&to_bytes(&int).unwrap()), Ok(int));
        prop_assert_eq!(from_bytes(&to_bytes(&uint).unwrap()), Ok(uint));
        prop_assert_eq!(from_bytes(&to_bytes(&hyper).unwrap()), Ok(hyper));
        prop_assert_eq!(from_bytes(&to_bytes(&uhyper).unwrap()), Ok(uhyper));
        prop_assert_eq!(from_bytes(&to_bytes(&flag).unwrap()), Ok(flag));
        let double: f64 = from_bytes(&to_bytes(&f64::from_bits(bits)).unwrap()).unwrap();
        prop_assert_eq!(double.to_bits(), bits);
        prop_assert_eq!(from_bytes(&to_bytes(&Some(int)).unwrap()), Ok(Some(int)));
    }

    #[test]
    fn bounded_values_survive_exactly_within_their_limits(
        text in "[^\\x00]{0,12}",
        list in prop::collection::vec(any::<u64>(), 0..7),
        bytes in prop::collection::vec(any::<u8>(), 0..7),
    ) {
        check_limit(text.clone(), text.len() <= 8)?;
        check_limit(list.clone(), list.len() <= 4)?;
        check_limit(Opaque(bytes.clone()), bytes.len() <= 4)?;
        check_limit(Chars(bytes.clone()), bytes.len() <= 4)?;
        check_limit(Some(text.clone()), text.len() <= 8)?;
    }

    #[test]
    fn no_bytes_upset_the_decoder(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = decode::<Vec<String>>(&bytes);
        let _ = decode::<Option<Opaque>>(&bytes);
        let _ = decode::<Vec<u64>>(&bytes);
        let _ = decode::<Chars>(&bytes);
        let _ = from_bytes::<Deep>(&bytes);
    }
}

fn check_limit<T: Bounded + PartialEq + std::fmt::Debug>(
    value: T,
    fits: bool,
) -> Result<(), TestCaseError> {
    match encode(&value) {
        Ok(bytes) => {
            prop_assert!(fits);
            prop_assert_eq!(bytes.len() % 4, 0);
            prop_assert_eq!(decode::<T>(&bytes), Ok(value));
        }
        Err(fault) => {
            let too_long = matches!(fault, Fault::TooLong { .. });
            prop_assert!(!fits && too_long);
        }
    }
    Ok(())
}
