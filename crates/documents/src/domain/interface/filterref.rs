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

/// A parameter of a network filter: one that is no name with a value counts for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FilterParameter {
    /// Its name.
    #[xml(attribute, schema_required, schema = "crate::pattern::VARIABLE")]
    pub name: Option<String>,
    /// Its value.
    #[xml(attribute, schema_required, schema = "crate::pattern::FILTER_VALUE")]
    pub value: Option<String>,
}
