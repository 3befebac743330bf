//! The form in which an enumeration is declared.
//!
//! ```text
//! enumeration! {
//!     /// What it is for.
//!     DomainState "virDomainState" {
//!         "VIR_DOMAIN_RUNNING" Running = 1,
//!     }
//! }
//! ```
//!
//! A value that a newer peer sends and that is not known here stays representable.

macro_rules! enumeration {
    ($(
        $(#[$meta:meta])*
        $name:ident $c_type:literal { $($c_name:literal $variant:ident = $value:literal),* $(,)? }
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $name {
                $(
                    #[doc = concat!("`", $c_name, "`, ", stringify!($value), ".")]
                    $variant,
                )*
                /// A value that this version does not know. Make one with `from`, which gives a
                /// known value its name.
                Unrecognized(i32),
            }

            impl $name {
                /// Every known value.
                pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

                /// The number on the wire.
                #[must_use]
                pub const fn value(self) -> i32 {
                    match self {
                        $(Self::$variant => $value,)*
                        Self::Unrecognized(value) => value,
                    }
                }

                /// The name in the public API's headers.
                #[must_use]
                pub const fn c_name(self) -> Option<&'static str> {
                    match self {
                        $(Self::$variant => Some($c_name),)*
                        Self::Unrecognized(_) => None,
                    }
                }
            }

            impl From<i32> for $name {
                fn from(value: i32) -> Self {
                    match value {
                        $($value => Self::$variant,)*
                        value => Self::Unrecognized(value),
                    }
                }
            }

            impl From<$name> for i32 {
                fn from(value: $name) -> Self {
                    value.value()
                }
            }

            impl ::xdr::Xdr for $name {
                const SHAPE: ::xdr::Shape =
                    ::xdr::Shape::single(::xdr::Wire::Enum(stringify!($name)));

                fn encode(&self, out: &mut ::xdr::Encoder) -> Result<(), ::xdr::EncodeError> {
                    ::xdr::Xdr::encode(&self.value(), out)
                }

                fn decode(input: &mut ::xdr::Decoder<'_>) -> Result<Self, ::xdr::DecodeError> {
                    <i32 as ::xdr::Xdr>::decode(input).map(Self::from)
                }
            }
        )*

        pub(crate) const CATALOG: &[$crate::catalog::Catalogued] = &[
            $($crate::catalog::Catalogued {
                name: stringify!($name),
                c_type: $c_type,
                values: &[$(($c_name, $value)),*],
            }),*
        ];
    };
}

pub(crate) use enumeration;
