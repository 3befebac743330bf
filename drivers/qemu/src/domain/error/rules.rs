//! How a family lists its rules: each with the public number, the public origin and the words of the error.

/// Declares an enum of rules that a document can break, as one table.
macro_rules! rules {
    ($(#[$attribute:meta])* $name:ident { $($rule:ident: $code:ident $origin:ident $text:literal,)+ }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        #[allow(missing_docs)] // The words of each say it.
        pub enum $name {
            $($rule,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$rule,)+];

            /// The public error number.
            pub fn code(self) -> protocol::error::Code {
                match self {
                    $(Self::$rule => protocol::error::Code::$code,)+
                }
            }

            /// The public part of the system that the error comes from.
            pub fn origin(self) -> protocol::error::Origin {
                match self {
                    $(Self::$rule => protocol::error::Origin::$origin,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $(Self::$rule => $text,)+
                })
            }
        }
    };
}

pub(super) use rules;
