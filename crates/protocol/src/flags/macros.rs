//! The form in which a set of flags is declared.
//!
//! ```text
//! flags! {
//!     /// What it is for.
//!     DomainXmlFlags "virDomainXMLFlags" {
//!         "VIR_DOMAIN_XML_SECURE" SECURE = 1 << 0,
//!     }
//! }
//! ```

macro_rules! flags {
    ($(
        $(#[$meta:meta])*
        $name:ident $c_type:literal { $($c_name:literal $flag:ident = $value:expr),* $(,)? }
    )*) => {
        $(
            ::bitflags::bitflags! {
                $(#[$meta])*
                #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
                pub struct $name: u32 {
                    $(
                        #[doc = concat!("`", $c_name, "`.")]
                        const $flag = $value;
                    )*
                }
            }

            impl $crate::flags::FlagSet for $name {
                const NAME: &'static str = stringify!($name);
                const BITS: u32 = Self::all().bits();
            }

            impl ::xdr::Xdr for $name {
                const SHAPE: ::xdr::Shape =
                    ::xdr::Shape::single(::xdr::Wire::Flags(stringify!($name), Self::all().bits()));

                fn encode(&self, out: &mut ::xdr::Encoder) -> Result<(), ::xdr::EncodeError> {
                    out.word(self.bits());
                    Ok(())
                }

                fn decode(input: &mut ::xdr::Decoder<'_>) -> Result<Self, ::xdr::DecodeError> {
                    $crate::flags::decode(input)
                }
            }
        )*

        pub(crate) const CATALOG: &[$crate::catalog::Catalogued] = &[
            $($crate::catalog::Catalogued {
                name: stringify!($name),
                c_type: $c_type,
                values: &[$(($c_name, { let flags: u32 = $value; flags as i64 })),*],
            }),*
        ];
    };
}

pub(crate) use flags;
