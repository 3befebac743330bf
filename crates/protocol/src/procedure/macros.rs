//! The form in which procedures, events and structures are declared.
//!
//! ```text
//! procedures! {
//!     Remote;
//!
//!     /// What it does.
//!     22 DomainLookupById "DOMAIN_LOOKUP_BY_ID" as virDomainLookupByID
//!         (priority: High, read_only: Allowed, rules: &[domain(Getattr)])
//!         args DomainLookupByIdArgs { id: i32 }
//!         ret DomainLookupByIdRet { dom: NonnullDomain };
//! }
//! ```
//!
//! After the name on the wire stands the public API's function, where there is one; in the
//! parentheses stand fields of `ProcedureInfo`, with the words of `vocabulary`; what is
//! not said is as `ProcedureInfo::new` has it. `args`, `ret` and `msg` may be missing, which is an
//! empty payload. `judged by |args| …` gives the argument that conditional rules look at.
//! Fields carry no documentation of their own: they are the parameters of the public API's
//! function of the same name.

macro_rules! structures {
    ($(
        $(#[$meta:meta])*
        $name:ident { $($(#[$field_meta:meta])* $field:ident : $ty:ty),* $(,)? }
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, ::xdr::Xdr)]
            #[allow(missing_docs, reason = "the fields are the public API's of the same name")]
            pub struct $name {
                $($(#[$field_meta])* pub $field: $ty,)*
            }
        )*
    };
}

macro_rules! procedures {
    ($program:ident; $(
        $(#[$meta:meta])*
        $number:literal $name:ident $wire:literal $(as $api:ident)? (
            $($key:ident : $value:expr),* $(,)?
        )
            $(args $args:ident { $($args_fields:tt)* })?
            $(ret $ret:ident { $($ret_fields:tt)* })?
            $(judged by |$judged:ident| $condition:expr)?
        ;
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl $crate::procedure::Procedure for $name {
                type Args = $crate::procedure::payload!($($args)?);
                type Ret = $crate::procedure::payload!($($ret)?);
                const INFO: &'static $crate::procedure::ProcedureInfo = {
                    #[allow(unused_imports, clippy::wildcard_imports)]
                    use $crate::procedure::vocabulary::*;
                    &$crate::procedure::ProcedureInfo {
                        $(api: Some(stringify!($api)),)?
                        $($key: $value,)*
                        ..$crate::procedure::ProcedureInfo::new(
                            $crate::program::Program::$program, $number, $wire,
                        )
                    }
                };
                $(
                    fn condition($judged: &Self::Args) -> u32 {
                        $condition
                    }
                )?
            }

            $($crate::procedure::structures! {
                #[doc = concat!("What [`", stringify!($name), "`] is sent.")]
                $args { $($args_fields)* }
            })?
            $($crate::procedure::structures! {
                #[doc = concat!("What [`", stringify!($name), "`] returns.")]
                $ret { $($ret_fields)* }
            })?
        )*

        pub(crate) const PROCEDURES: &[$crate::procedure::Declaration] = &[
            $($crate::procedure::Declaration::Procedure(
                <$name as $crate::procedure::Procedure>::INFO,
            ),)*
        ];

        pub(crate) fn visit_procedures(visitor: &mut impl $crate::procedure::Visitor) {
            $(visitor.procedure::<$name>();)*
        }
    };
}

macro_rules! events {
    ($program:ident; $(
        $(#[$meta:meta])*
        $number:literal $name:ident $wire:literal ($($key:ident : $value:expr),* $(,)?)
            $(msg $msg:ident { $($msg_fields:tt)* })?
        ;
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl $crate::procedure::Event for $name {
                type Msg = $crate::procedure::payload!($($msg)?);
                const INFO: &'static $crate::procedure::EventInfo = {
                    #[allow(unused_imports, clippy::wildcard_imports)]
                    use $crate::procedure::vocabulary::*;
                    &$crate::procedure::EventInfo {
                        $($key: $value,)*
                        ..$crate::procedure::EventInfo::new(
                            $crate::program::Program::$program, $number, $wire,
                        )
                    }
                };
            }

            $($crate::procedure::structures! {
                #[doc = concat!("What [`", stringify!($name), "`] carries.")]
                $msg { $($msg_fields)* }
            })?
        )*

        pub(crate) const EVENTS: &[$crate::procedure::Declaration] = &[
            $($crate::procedure::Declaration::Event(
                <$name as $crate::procedure::Event>::INFO,
            ),)*
        ];

        pub(crate) fn visit_events(visitor: &mut impl $crate::procedure::Visitor) {
            $(visitor.event::<$name>();)*
        }
    };
}

macro_rules! payload {
    () => {
        ()
    };
    ($name:ident) => {
        $name
    };
}

pub(crate) use {events, payload, procedures, structures};
