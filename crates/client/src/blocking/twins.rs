//! How a blocking handle is declared: one line for each method of its twin.

/// Declares `Handle(Twin)`. What stands under `gets` is handed through, what stands under `waits`
/// is waited for; the answer becomes the declared type by `Into`, or by the function that is
/// named behind it.
macro_rules! twins {
    (
        $(#[$doc:meta])*
        $handle:ident of $twin:path;
        gets { $(fn $get:ident() -> $value:ty;)* }
        waits { $(fn $wait:ident($($arg:ident: $kind:ty),*) -> $answer:ty $(, by $how:path)?;)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $handle(pub(super) $twin);

        impl From<$twin> for $handle {
            fn from(twin: $twin) -> Self {
                Self(twin)
            }
        }

        impl $handle {
            /// The asynchronous handle of the same object.
            #[must_use]
            pub fn twin(&self) -> &$twin {
                &self.0
            }

            $(
                #[doc = concat!("As [`", stringify!($get), "`](", stringify!($twin), "::", stringify!($get), ").")]
                #[must_use]
                pub fn $get(&self) -> $value {
                    self.0.$get()
                }
            )*
            $(
                #[doc = concat!("Waits for [`", stringify!($wait), "`](", stringify!($twin), "::", stringify!($wait), ").")]
                ///
                /// # Errors
                ///
                /// As there.
                pub fn $wait(&self, $($arg: $kind),*) -> crate::error::Result<$answer> {
                    let answer = $crate::blocking::wait::wait(self.0.$wait($($arg),*))?;
                    Ok($crate::blocking::twins::twins!(@by answer $($how)?))
                }
            )*
        }
    };
    (@by $answer:ident) => { $answer.into() };
    (@by $answer:ident $how:path) => { $how($answer) };
}

pub(crate) use twins;

/// Makes each handle of a list a blocking one.
pub(super) fn each<T, B: From<T>>(twins: Vec<T>) -> Vec<B> {
    twins.into_iter().map(B::from).collect()
}
