//! `<filterref>`: the network filter of an interface.

use xml::Xml;

/// A network filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FilterRef {
    /// The filter.
    #[xml(attribute, required, schema = "crate::pattern::NC_NAME")]
    pub filter: String,
    /// Its parameters.
    #[xml(child = "parameter")]
    pub parameters: Vec<FilterParameter>,
}

/// A parameter of a network filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FilterParameter {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::VARIABLE")]
    pub name: String,
    /// Its value.
    #[xml(attribute, required, schema = "crate::pattern::FILTER_VALUE")]
    pub value: String,
}
