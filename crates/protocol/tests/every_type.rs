//! What must hold for every declared type alike.

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

mod support;

use protocol::{
    Event, Procedure, Visitor,
    procedure::{Condition, ReadOnly},
};
use support::{sample, with_field};
use xdr::{Fault, Shape, Wire, Xdr};

const SEEDS: u64 = 20;

struct RoundTrips(usize);

impl RoundTrips {
    fn check<T: Xdr>(&mut self, name: &str) {
        for seed in 0..SEEDS {
            let bytes = sample(&T::SHAPE, seed);
            let value: T = xdr::from_bytes(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(xdr::to_bytes(&value).unwrap(), bytes, "{name}");
            refuses_what_is_cut_off::<T>(name, &bytes);
            refuses_what_is_too_much::<T>(name, &bytes);
            self.0 += 1;
        }
    }
}

fn refuses_what_is_cut_off<T: Xdr>(name: &str, bytes: &[u8]) {
    for end in 0..bytes.len() {
        let error = xdr::from_bytes::<T>(&bytes[..end]).err();
        let error = error.unwrap_or_else(|| panic!("{name}: accepts {end} of {}", bytes.len()));
        assert!(
            matches!(error.fault(), Fault::Truncated { .. }),
            "{name}: {error}"
        );
    }
}

fn refuses_what_is_too_much<T: Xdr>(name: &str, bytes: &[u8]) {
    let longer = [bytes, &[0; 4]].concat();
    let error = xdr::from_bytes::<T>(&longer).err().unwrap();
    assert_eq!(*error.fault(), Fault::Trailing { count: 4 }, "{name}");
}

impl Visitor for RoundTrips {
    fn procedure<P: Procedure>(&mut self) {
        self.check::<P::Args>(P::INFO.name);
        self.check::<P::Ret>(P::INFO.name);
    }

    fn event<E: Event>(&mut self) {
        self.check::<E::Msg>(E::INFO.name);
    }
}

#[test]
fn what_is_decoded_encodes_to_the_same_bytes() {
    let mut visitor = RoundTrips(0);
    protocol::visit(&mut visitor);
    assert_eq!(visitor.0, 20 * (2 * 439 + 58));
}

struct Conditions(usize);

impl Visitor for Conditions {
    fn procedure<P: Procedure>(&mut self) {
        let rules = P::INFO
            .rules
            .iter()
            .filter_map(|rule| match rule.condition {
                Condition::Always => None,
                Condition::AllOf(bits) | Condition::NoneOf(bits) => Some(("flags", bits)),
                Condition::Argument(name, value) => Some((name, value)),
            });
        let read_only = match P::INFO.read_only {
            ReadOnly::DeniedWithAny(bits) => Some(("flags", bits)),
            ReadOnly::DeniedWithArgument(name, value) => Some((name, value)),
            ReadOnly::Allowed | ReadOnly::Denied => None,
        };
        for (name, value) in rules.chain(read_only) {
            let bytes = with_field(&P::Args::SHAPE, name, value);
            let args = xdr::from_bytes::<P::Args>(&bytes).unwrap();
            assert_eq!(P::condition(&args), value, "{}", P::INFO.name);
            self.0 += 1;
        }
    }

    fn event<E: Event>(&mut self) {}
}

#[test]
fn conditional_rules_look_at_the_argument_that_they_name() {
    let mut visitor = Conditions(0);
    protocol::visit(&mut visitor);
    assert!(visitor.0 > 60, "only {} conditions", visitor.0);
}

struct Flags(usize);

impl Visitor for Flags {
    fn procedure<P: Procedure>(&mut self) {
        let Shape {
            wire: Wire::Struct(_, fields),
            ..
        } = P::Args::SHAPE
        else {
            return;
        };
        for field in fields.iter().filter(|field| field.name == "flags") {
            let known = match field.shape.wire {
                Wire::Flags(_, known) | Wire::WideFlags(_, known) => known,
                // Its flags were not readable at the source.
                _ if P::INFO.name == "DOMAIN_ANNOUNCE_INTERFACE" => continue,
                // The C client's private bits travel along.
                _ if P::INFO.name == "CONNECT_OPEN" => continue,
                _ => panic!("{}: flags of any bits", P::INFO.name),
            };
            let unknown = 1 << (!known).trailing_zeros();
            let bytes = with_field(&P::Args::SHAPE, "flags", unknown);
            let Err(error) = xdr::from_bytes::<P::Args>(&bytes) else {
                panic!("{}: accepts {unknown:#x}", P::INFO.name);
            };
            assert_eq!(error.path(), "flags", "{}", P::INFO.name);
            let bits = u64::from(unknown);
            match error.fault() {
                Fault::UnknownFlags { bits: found, .. } => assert_eq!(*found, bits),
                fault => assert_eq!(*fault, Fault::FlagsNotZero { bits }),
            }
            self.0 += 1;
        }
    }

    fn event<E: Event>(&mut self) {}
}

#[test]
fn every_procedure_refuses_flags_that_the_api_does_not_define() {
    let mut visitor = Flags(0);
    protocol::visit(&mut visitor);
    assert_eq!(visitor.0, 282);
}
