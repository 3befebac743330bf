//! `<domain>` and `<dns>`: the names of a network.

use xml::Xml;

/// A network's DNS domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DnsDomain {
    /// The domain, as it stands behind the names.
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
    /// The servers that are asked for other names.
    #[xml(child = "forwarder", since = "1.1.3")]
    pub forwarders: Vec<Forwarder>,
    /// Texts that are answered (RFC 1035: TXT).
    #[xml(child = "txt")]
    pub txts: Vec<DnsTxt>,
    /// Services that are answered (RFC 2782: SRV).
    #[xml(child = "srv", since = "0.9.9")]
    pub srvs: Vec<DnsSrv>,
    /// Names that are answered with addresses.
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
    /// The name that is asked for.
    #[xml(attribute, required, schema = "crate::pattern::DNS_NAME")]
    pub name: String,
    /// The text that is answered.
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
    /// The service, without the leading underscore: `ldap`.
    #[xml(attribute, schema_required)]
    pub service: Option<String>,
    /// The protocol that carries it.
    #[xml(attribute, schema_required, schema_words = "tcp udp")]
    pub protocol: Option<String>,
    /// The domain that the service is of.
    #[xml(
        attribute,
        schema = "crate::pattern::DNS_NAME",
        absent = "that of the network"
    )]
    pub domain: Option<String>,
    /// The host that offers it.
    #[xml(attribute, absent = "the service is not there")]
    pub target: Option<String>,
    /// The port there.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "1")]
    pub port: Option<u32>,
    /// The lowest is tried first.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "0")]
    pub priority: Option<u32>,
    /// How often it is chosen among those of one priority.
    #[xml(attribute, schema = "crate::pattern::SHORT", default = "0")]
    pub weight: Option<u32>,
}
