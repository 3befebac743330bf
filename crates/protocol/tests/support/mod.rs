//! Values made from the description of a type, so that every type can be tested alike.

#![allow(dead_code, reason = "each test uses a part")]

use xdr::{Array, Encoder, Shape, Wire};

/// A small generator with a seed, so that a failure repeats.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn word(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }

    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        if limit == 0 { 0 } else { self.word() % limit }
    }
}

/// Writes a value of this shape, within all limits.
pub(crate) fn write(shape: &Shape, random: &mut Random, out: &mut Encoder) {
    if shape.optional {
        let present = random.below(2);
        out.word(present);
        if present == 0 {
            return;
        }
    }
    let count = match shape.array {
        Array::Single => 1,
        Array::Fixed(count) => count,
        Array::Variable(max) => {
            let count = random.below(max.min(5) + 1);
            out.word(count);
            count
        }
    };
    if let Wire::Opaque = shape.wire {
        let bytes: Vec<u8> = (0..count).map(|_| random.word() as u8).collect();
        return out.bytes(&bytes);
    }
    for _ in 0..count {
        item(shape, random, out);
    }
}

fn item(shape: &Shape, random: &mut Random, out: &mut Encoder) {
    match shape.wire {
        Wire::Void | Wire::Opaque => {}
        Wire::Int | Wire::UnsignedInt | Wire::Enum("") => out.word(random.word()),
        Wire::Hyper | Wire::UnsignedHyper => out.double_word(random.next()),
        Wire::Double => out.double_word(f64::from(random.word()).to_bits()),
        Wire::Bool => out.word(random.below(2)),
        Wire::Char => out.word(i32::from(random.word() as i8).cast_unsigned()),
        Wire::UnsignedChar => out.word(random.below(256)),
        Wire::UnsignedShort => out.word(random.below(65536)),
        Wire::Flags(_, bits) => out.word(random.word() & bits),
        Wire::WideFlags(_, bits) => out.double_word(u64::from(random.word() & bits)),
        Wire::Enum(_) => out.word(random.below(4)),
        Wire::Text => {
            let text = ["", "a", "vda", "/var/lib/libvirt", "größe", "<domain/>"];
            let text = text[random.below(6) as usize];
            out.word(u32::try_from(text.len()).unwrap());
            out.bytes(text.as_bytes());
        }
        Wire::Struct(_, fields) => {
            for field in fields {
                write(&field.shape, random, out);
            }
        }
        Wire::Union(_, cases) => {
            let case = &cases[random.below(u32::try_from(cases.len()).unwrap()) as usize];
            out.word(case.value.cast_unsigned());
            write(&case.shape, random, out);
        }
        _ => panic!("a type that this generator does not know: {:?}", shape.wire),
    }
}

/// The bytes of a random value of this shape.
pub(crate) fn sample(shape: &Shape, seed: u64) -> Vec<u8> {
    let mut out = Encoder::new();
    write(shape, &mut Random::new(seed), &mut out);
    out.into_vec()
}

/// The smallest value of this shape whose field of that name is `value`.
pub(crate) fn with_field(shape: &Shape, name: &str, value: u32) -> Vec<u8> {
    let Wire::Struct(_, fields) = shape.wire else {
        panic!("not a structure: {shape:?}")
    };
    let mut out = Encoder::new();
    for field in fields {
        match field.shape.wire {
            Wire::WideFlags(..) if field.name == name => out.double_word(value.into()),
            _ if field.name == name => out.word(value),
            _ => smallest(&field.shape, &mut out),
        }
    }
    out.into_vec()
}

fn smallest(shape: &Shape, out: &mut Encoder) {
    let zeros = match (shape.optional, shape.array, shape.wire) {
        (false, Array::Single, Wire::Struct(_, fields)) => {
            return fields.iter().for_each(|field| smallest(&field.shape, out));
        }
        (false, Array::Single, Wire::Union(_, cases)) => {
            out.word(cases[0].value.cast_unsigned());
            return smallest(&cases[0].shape, out);
        }
        _ => shape.min_size(),
    };
    out.bytes(&vec![0; zeros]);
}
