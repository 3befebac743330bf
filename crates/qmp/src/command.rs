//! What a typed command is.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A QMP command with its arguments. It serializes to the object of its arguments, or to nothing
/// when it takes none.
pub trait Command: Serialize {
    /// What it returns.
    type Ret: DeserializeOwned;
    /// Its name, as QEMU spells it.
    const NAME: &'static str;
    /// How long QEMU may take, where that differs from what the monitor's owner set.
    const DEADLINE: Option<Duration> = None;
    /// Whether it may be executed beside others (`allow-oob` in QEMU's schema), and should be
    /// where the monitor can.
    const OUT_OF_BAND: bool = false;
}

/// A command returned nothing: an empty object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Empty {}

/// Declares a command: its documentation, type, name, fields and what it returns.
macro_rules! command {
    (
        $(#[$meta:meta])*
        $name:ident = $wire:literal -> $ret:ty
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ::serde::Serialize)]
        pub struct $name;

        impl $crate::Command for $name {
            type Ret = $ret;
            const NAME: &'static str = $wire;
        }
    };
    (
        $(#[$meta:meta])*
        $name:ident = $wire:literal {
            $( $(#[$field_meta:meta])* $field:ident : $ty:ty ),+ $(,)?
        } -> $ret:ty
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $ty, )+
        }

        impl $crate::Command for $name {
            type Ret = $ret;
            const NAME: &'static str = $wire;
        }
    };
}

pub(crate) use command;
