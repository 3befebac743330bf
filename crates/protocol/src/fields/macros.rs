//! The form in which the names of typed parameters are declared.

macro_rules! fields {
    ($($c_name:literal $name:ident = $value:literal;)*) => {
        $(
            #[doc = concat!("`", $c_name, "`: `", $value, "`.")]
            pub const $name: &str = $value;
        )*

        pub(crate) const CATALOG: &[(&str, &str)] = &[$(($c_name, $name)),*];
    };
}

pub(crate) use fields;
