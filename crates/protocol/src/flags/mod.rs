//! Flags of the public API: sets that know their bits and refuse others.
//!
//! A procedure that takes no flags has [`NoFlags`]. The numbers are those of the public API's
//! headers, level 11.3; a test compares them with its machine-readable description.

mod connect;
mod device;
mod domain;
mod domain_block;
mod domain_cpu_memory;
mod domain_guest;
mod domain_lifecycle;
mod domain_snapshot;
mod host;
mod macros;
mod network;
mod private;
mod storage;
#[cfg(test)]
mod tests;

pub use connect::*;
pub use device::*;
pub use domain::*;
pub use domain_block::*;
pub use domain_cpu_memory::*;
pub use domain_guest::*;
pub use domain_lifecycle::*;
pub use domain_snapshot::*;
pub use host::*;
pub use network::*;
pub use private::*;
pub use storage::*;

use std::ops::Deref;

use xdr::{DecodeError, Decoder, EncodeError, Encoder, Fault, Shape, Wire, Xdr};

pub(crate) use macros::flags;

use crate::catalog::Catalogued;

/// The flags of a procedure that takes none: nothing but zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct NoFlags;

impl Xdr for NoFlags {
    const SHAPE: Shape = Shape::single(Wire::Flags("NoFlags", 0));

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(0);
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let at = input.clone();
        match input.word()? {
            0 => Ok(Self),
            bits => Err(at.fault(Fault::FlagsNotZero { bits: bits.into() })),
        }
    }
}

/// Flags that travel as 64 bits although 32 would do, as those of migration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Wide<F>(pub F);

impl<F> Deref for Wide<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.0
    }
}

impl<F: FlagSet> Xdr for Wide<F> {
    const SHAPE: Shape = Shape::single(Wire::WideFlags(F::NAME, F::BITS));

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.double_word(self.0.bits().into());
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let at = input.clone();
        let bits = input.double_word()?;
        known::<F>(bits).map(Self).map_err(|fault| at.fault(fault))
    }
}

/// Flags of which the other side may send more than the public API defines, as the C client does when
/// it opens a connection: its private bits travel along. Nobody looks at them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Tolerant<F>(pub F);

impl<F> Deref for Tolerant<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.0
    }
}

impl<F: FlagSet> Xdr for Tolerant<F> {
    const SHAPE: Shape = Shape::single(Wire::UnsignedInt);

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(self.0.bits());
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.word().map(|bits| Self(F::from_bits_retain(bits)))
    }
}

/// A set of flags of the public API.
pub trait FlagSet: bitflags::Flags<Bits = u32> {
    /// The type's name, for errors.
    const NAME: &'static str;
    /// Every bit that is defined.
    const BITS: u32;
}

pub(crate) fn decode<F: FlagSet>(input: &mut Decoder<'_>) -> Result<F, DecodeError> {
    let at = input.clone();
    let bits = input.word()?;
    known::<F>(bits.into()).map_err(|fault| at.fault(fault))
}

fn known<F: FlagSet>(bits: u64) -> Result<F, Fault> {
    let unknown = bits & !u64::from(F::BITS);
    match u32::try_from(bits) {
        Ok(bits) if unknown == 0 => Ok(F::from_bits_retain(bits)),
        _ => Err(Fault::UnknownFlags {
            name: F::NAME,
            bits: unknown,
        }),
    }
}

/// Every set of flags, as the public API's headers name it.
pub(crate) const CATALOG: &[&[Catalogued]] = &[
    connect::CATALOG,
    device::CATALOG,
    domain::CATALOG,
    domain_block::CATALOG,
    domain_cpu_memory::CATALOG,
    domain_guest::CATALOG,
    domain_lifecycle::CATALOG,
    domain_snapshot::CATALOG,
    host::CATALOG,
    network::CATALOG,
    private::CATALOG,
    storage::CATALOG,
];
