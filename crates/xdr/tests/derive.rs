//! What the derive makes of structs, enums and unions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a test fails by panicking"
)]

use xdr::{Array, Chars, Fault, Opaque, Shape, Wire, Xdr, from_bytes, to_bytes};

/// The default that the derive looks for in the crate that declares types.
mod limits {
    pub(crate) const STRING_MAX: u32 = 16;
}

#[derive(Debug, Clone, PartialEq, Xdr)]
struct Guest {
    name: String,
    #[xdr(max = 4)]
    nick: Option<String>,
    r#type: Colour,
    #[xdr(name = "maxMem")]
    max_mem: u64,
    #[xdr(max = 2)]
    disks: Vec<Disk>,
    #[xdr(max = 2)]
    tags: Vec<String>,
    #[xdr(max = 3)]
    key: Opaque,
    #[xdr(max = 3)]
    label: Chars,
    uuid: [u8; 6],
    net: Option<Disk>,
}

#[derive(Debug, Clone, PartialEq, Xdr)]
struct Disk {
    value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Xdr)]
enum Colour {
    Red = 1,
    Blue = -3,
}

#[derive(Debug, Clone, PartialEq, Xdr)]
enum Value {
    #[xdr(case = 1, name = "i")]
    Int(i32),
    #[xdr(case = 7, name = "s")]
    Text(String),
}

fn guest() -> Guest {
    Guest {
        name: "vm".into(),
        nick: None,
        r#type: Colour::Blue,
        max_mem: 5,
        disks: vec![
            Disk {
                value: Value::Int(-1),
            },
            Disk {
                value: Value::Text("x".into()),
            },
        ],
        tags: vec!["t".into()],
        key: vec![1].into(),
        label: vec![2].into(),
        uuid: [6; 6],
        net: None,
    }
}

#[track_caller]
fn decode_error(bytes: &[u8], path: &str, fault: Fault) {
    let error = from_bytes::<Guest>(bytes).unwrap_err();
    assert_eq!(
        (error.path().as_str(), error.fault()),
        (path, &fault),
        "{error}"
    );
}

#[test]
fn a_struct_is_its_fields_in_order() {
    let bytes = to_bytes(&guest()).unwrap();
    let head = b"\0\0\0\x02vm\0\0\0\0\0\0\xff\xff\xff\xfd\0\0\0\0\0\0\0\x05\0\0\0\x02\0\0\0\x01";
    assert_eq!(&bytes[..head.len()], &head[..]);
    assert_eq!(from_bytes(&bytes), Ok(guest()));
}

#[test]
fn an_error_names_the_field_the_rule_and_the_byte() {
    let mut bytes = to_bytes(&guest()).unwrap();
    bytes[15] = 9;
    let error = from_bytes::<Guest>(&bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "type: Colour has no case -247 (at byte 16)"
    );

    decode_error(
        &[0, 0, 0, 17],
        "name",
        Fault::TooLong {
            length: 17,
            max: 16,
        },
    );
    decode_error(
        b"\0\0\0\0\0\0\0\x01\0\0\0\x05",
        "nick",
        Fault::TooLong { length: 5, max: 4 },
    );
}

#[test]
fn an_error_inside_a_list_names_the_item() {
    let mut bytes = to_bytes(&guest()).unwrap();
    let second_case = 28 + 8 + 3;
    assert_eq!(bytes[second_case], 7);
    bytes[second_case] = 8;
    let fault = Fault::UnknownCase {
        name: "Value",
        value: 8,
    };
    decode_error(&bytes, "disks[1].value", fault);
}

#[test]
fn a_value_beyond_its_limit_is_not_sent() {
    let mut long = guest();
    long.disks[0].value = Value::Text("seventeen letters".into());
    let error = to_bytes(&long).unwrap_err();
    let text = "disks[0].value.s: length 17 exceeds the limit of 16";
    assert_eq!(error.to_string(), text);
    let many = Guest {
        tags: vec![String::new(); 3],
        ..guest()
    };
    assert_eq!(to_bytes(&many).unwrap_err().path(), "tags");
}

#[test]
fn the_description_has_names_types_and_limits() {
    let Wire::Struct("Guest", fields) = Guest::SHAPE.wire else {
        panic!("{:?}", Guest::SHAPE)
    };
    let names: Vec<_> = fields.iter().map(|field| field.name).collect();
    let expected = [
        "name", "nick", "type", "maxMem", "disks", "tags", "key", "label", "uuid", "net",
    ];
    assert_eq!(names, expected);
    let shape = |name: &str| {
        fields
            .iter()
            .find(|field| field.name == name)
            .unwrap()
            .shape
    };
    let text = |max, optional, array| Shape {
        wire: Wire::Text,
        array,
        optional,
        text_max: Some(max),
    };
    assert_eq!(shape("name"), text(16, false, Array::Single));
    assert_eq!(shape("nick"), text(4, true, Array::Single));
    assert_eq!(shape("tags"), text(16, false, Array::Variable(2)));
    assert_eq!(
        shape("key"),
        Shape::single(Wire::Opaque).array(Array::Variable(3))
    );
    assert_eq!(
        shape("label"),
        Shape::single(Wire::Char).array(Array::Variable(3))
    );
    assert_eq!(
        shape("uuid"),
        Shape::single(Wire::Opaque).array(Array::Fixed(6))
    );
    assert!(shape("net").optional);
    assert_eq!(Disk::SHAPE.min_size(), 8);
    assert_eq!(
        Guest::SHAPE.min_size(),
        4 + 4 + 4 + 8 + 4 + 4 + 4 + 4 + 8 + 4
    );
}
