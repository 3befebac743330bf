//! `<domain>` and `<dns>`: the names of a network.

use xml::Xml;

/// A network's DNS domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsDomain {
    /// Its name.
    #[xml(attribute, schema_required, schema = "crate::pattern::DNS_NAME")]
    pub name: Option<String>,
    /// Whether it is unknown outside.
    #[xml(attribute, yes_no, since = "1.2.12", default = "`no`")]
    pub local_only: Option<bool>,
    /// Whether the host's resolver is told.
    #[xml(attribute, yes_no, since = "10.1.0", default = "`no`")]
    pub register: Option<bool>,
}

/// A network's DNS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Dns {
    /// Whether there is any.
    #[xml(attribute, yes_no, since = "2.2.0", default = "`yes`")]
    pub enable: Option<bool>,
    /// Whether names without a dot go outside.
    #[xml(attribute, yes_no, since = "1.1.2", default = "`yes`")]
    pub forward_plain_names: Option<bool>,
    /// Who is asked.
    #[xml(child = "forwarder", since = "1.1.3")]
    pub forwarders: Vec<Forwarder>,
    /// Texts.
    #[xml(child = "txt")]
    pub txts: Vec<DnsTxt>,
    /// Services.
    #[xml(child = "srv", since = "0.9.9")]
    pub srvs: Vec<DnsSrv>,
    /// Names.
    #[xml(child = "host")]
    pub hosts: Vec<DnsHost>,
}

/// Who is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Forwarder {
    /// For which domain.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        since = "2.2.0",
        absent = "all that no other one is for"
    )]
    pub domain: Option<String>,
    /// The server.
    #[xml(
        attribute,
        schema = "crate::pattern::IP",
        absent = "the host's own servers"
    )]
    pub addr: Option<String>,
}

/// A text of DNS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsTxt {
    /// Its name.
    #[xml(attribute, required, schema = "crate::pattern::DNS_NAME")]
    pub name: String,
    /// Its value.
    #[xml(attribute, schema_required)]
    pub value: Option<String>,
}

/// Names of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "hostname")]
pub struct DnsHost {
    /// The address.
    #[xml(attribute, schema_required, schema = "crate::pattern::IP")]
    pub ip: Option<String>,
    /// The names.
    #[xml(text_child = "hostname", schema = "crate::pattern::DNS_NAME")]
    pub hostnames: Vec<String>,
}

/// A service of DNS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsSrv {
    /// The service.
    #[xml(attribute, schema_required)]
    pub service: Option<String>,
    /// Its protocol.
    #[xml(attribute, schema_required, schema_words = "tcp udp")]
    pub protocol: Option<String>,
    /// Its domain.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        absent = "that of the network"
    )]
    pub domain: Option<String>,
    /// The host.
    #[xml(attribute, absent = "the service is not there")]
    pub target: Option<String>,
    /// Its port.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "1")]
    pub port: Option<u32>,
    /// Its priority.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "0")]
    pub priority: Option<u32>,
    /// Its weight.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "0")]
    pub weight: Option<u32>,
}
