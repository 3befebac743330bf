//! Connection URIs: `driver[+transport]://[user@][host][:port]/path[?key=value&…]`.

use std::fmt;
use std::iter;
use std::path::PathBuf;
use std::str::FromStr;

/// A connection URI, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectUri {
    text: String,
    driver: String,
    transport: Option<Transport>,
    host: Option<String>,
    port: Option<u16>,
    path: String,
    raw_path: String,
    parameters: Vec<Parameter>,
}

/// What stands between two `&`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parameter {
    name: String,
    value: String,
    raw: String,
}

/// The parameters that say how the daemon is reached; all others are the driver's
/// (<https://libvirt.org/uri.html>, "Extra parameters").
const OF_THE_TRANSPORT: [&str; 16] = [
    "auth",
    "command",
    "keyfile",
    "known_hosts",
    "known_hosts_verify",
    "mode",
    "name",
    "netcat",
    "no_sanity",
    "no_tty",
    "no_verify",
    "pkipath",
    "proxy",
    "socket",
    "sshauth",
    "tls_priority",
];

/// How a URI says that the daemon is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// A unix socket.
    Unix,
    /// TCP without encryption.
    Tcp,
    /// TLS over TCP; the default where a host is named.
    Tls,
    /// A tunnel through `ssh`.
    Ssh,
    /// A program that the URI names.
    Ext,
}

/// Why a text is no connection URI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UriError {
    /// There is no `driver://`.
    #[error("'{uri}' is no connection URI: it must begin with DRIVER:// as in qemu:///system")]
    NoScheme {
        /// The whole text.
        uri: String,
    },
    /// The word after `+` is not a transport.
    #[error("'{uri}' names the unknown transport '{transport}': use unix, tcp, tls, ssh or ext")]
    Transport {
        /// The whole text.
        uri: String,
        /// The word.
        transport: String,
    },
    /// The port is no number up to 65535.
    #[error("'{uri}' has the port '{port}', which is no number from 1 to 65535")]
    Port {
        /// The whole text.
        uri: String,
        /// The word.
        port: String,
    },
    /// A unix socket is reached on this host only.
    #[error(
        "'{uri}' names the host '{host}', but a unix socket is on this host: leave one of them out"
    )]
    UnixHost {
        /// The whole text.
        uri: String,
        /// The host.
        host: String,
    },
    /// A `[` before an IPv6 address has no `]`.
    #[error("'{uri}' has a [ without the ] that ends an IPv6 address")]
    Bracket {
        /// The whole text.
        uri: String,
    },
    /// A `%` is not followed by two hexadecimal digits of a UTF-8 text.
    #[error("'{uri}' has a % that is not followed by two hexadecimal digits of a UTF-8 text")]
    Escape {
        /// The whole text.
        uri: String,
    },
}

impl ConnectUri {
    /// The driver: `qemu`, `test`, ….
    #[must_use]
    pub fn driver(&self) -> &str {
        &self.driver
    }

    /// The transport, where the URI names one.
    #[must_use]
    pub fn transport(&self) -> Option<Transport> {
        self.transport
    }

    /// The host to reach; `None` is this one.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The port, where the URI names one.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The path with its leading `/`: `/system`, `/session`, `/embed`, `/default`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a parameter after `?`.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find_map(|known| (known.name == name).then_some(known.value.as_str()))
    }

    /// The socket that `?socket=` names.
    #[must_use]
    pub fn socket(&self) -> Option<PathBuf> {
        self.parameter("socket").map(PathBuf::from)
    }

    /// What the daemon is told: the driver, the path and the driver's parameters, without the way
    /// there. `?name=` overrides it; with `remote:///` the daemon chooses.
    #[must_use]
    pub fn name(&self) -> String {
        if let Some(name) = self.parameter("name") {
            return name.to_owned();
        }
        if self.driver == "remote" {
            return String::new();
        }
        let mut name = format!("{}://{}", self.driver, self.raw_path);
        let of_the_driver = self
            .parameters
            .iter()
            .filter(|known| !OF_THE_TRANSPORT.contains(&known.name.as_str()));
        for (separator, parameter) in iter::once('?').chain(iter::repeat('&')).zip(of_the_driver) {
            name.push(separator);
            name.push_str(&parameter.raw);
        }
        name
    }
}

impl FromStr for ConnectUri {
    type Err = UriError;

    fn from_str(text: &str) -> Result<Self, UriError> {
        let (scheme, rest) = text
            .split_once("://")
            .filter(|(scheme, _)| !scheme.is_empty())
            .ok_or_else(|| UriError::NoScheme {
                uri: text.to_owned(),
            })?;
        let (driver, transport) = match scheme.split_once('+') {
            None => (scheme, None),
            Some((driver, word)) => (driver, Some(parse_transport(text, word)?)),
        };
        let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, "/"),
        };
        let (host, port) = parse_authority(text, authority)?;
        if let (Some(Transport::Unix), Some(host)) = (transport, &host) {
            return Err(UriError::UnixHost {
                uri: text.to_owned(),
                host: host.clone(),
            });
        }
        Ok(Self {
            text: text.to_owned(),
            driver: driver.to_ascii_lowercase(),
            transport,
            host,
            port,
            path: unescape(text, path)?,
            raw_path: path.to_owned(),
            parameters: parse_query(text, query)?,
        })
    }
}

impl fmt::Display for ConnectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn parse_transport(uri: &str, word: &str) -> Result<Transport, UriError> {
    Ok(match word.to_ascii_lowercase().as_str() {
        "unix" => Transport::Unix,
        "tcp" => Transport::Tcp,
        "tls" => Transport::Tls,
        "ssh" | "libssh" | "libssh2" => Transport::Ssh,
        "ext" => Transport::Ext,
        _ => {
            return Err(UriError::Transport {
                uri: uri.to_owned(),
                transport: word.to_owned(),
            });
        }
    })
}

fn parse_authority(uri: &str, text: &str) -> Result<(Option<String>, Option<u16>), UriError> {
    let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
    // An IPv6 address stands in brackets and has colons of its own.
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']').ok_or_else(|| UriError::Bracket {
                uri: uri.to_owned(),
            })?;
            (host, rest.strip_prefix(':'))
        }
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let port = port
        .map(|word| {
            word.parse()
                .ok()
                .filter(|&port| port > 0)
                .ok_or_else(|| UriError::Port {
                    uri: uri.to_owned(),
                    port: word.to_owned(),
                })
        })
        .transpose()?;
    Ok(((!host.is_empty()).then(|| host.to_owned()), port))
}

fn parse_query(uri: &str, query: &str) -> Result<Vec<Parameter>, UriError> {
    query
        .split(['&', ';'])
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok(Parameter {
                name: unescape(uri, name)?,
                value: unescape(uri, value)?,
                raw: pair.to_owned(),
            })
        })
        .collect()
}

fn unescape(uri: &str, text: &str) -> Result<String, UriError> {
    let bad = || UriError::Escape {
        uri: uri.to_owned(),
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit().ok_or_else(bad)?, digit().ok_or_else(bad)?);
            bytes.push(u8::try_from(high * 16 + low).map_err(|_| bad())?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::{ConnectUri, Transport, UriError};

    fn parse(text: &str) -> ConnectUri {
        text.parse().expect(text)
    }

    #[test]
    fn the_usual_uris() {
        let system = parse("qemu:///system");
        assert_eq!((system.driver(), system.path()), ("qemu", "/system"));
        assert_eq!((system.transport(), system.host()), (None, None));

        let socket = parse("qemu+unix:///system?socket=/run/a%20b/sock&mode=direct");
        assert_eq!(socket.transport(), Some(Transport::Unix));
        assert_eq!(socket.parameter("socket"), Some("/run/a b/sock"));
        assert_eq!(socket.parameter("mode"), Some("direct"));
        assert_eq!(socket.name(), "qemu:///system");

        let remote = parse("qemu+tcp://user@host.example:16509/session");
        assert_eq!(
            (remote.host(), remote.port()),
            (Some("host.example"), Some(16509))
        );
        let six = parse("qemu+tcp://[fe80::1]:5/system");
        assert_eq!((six.host(), six.port()), (Some("fe80::1"), Some(5)));
        assert_eq!(parse("test:///default").name(), "test:///default");
        assert_eq!(
            parse("QEMU+TCP://h/system").transport(),
            Some(Transport::Tcp)
        );
    }

    #[test]
    fn the_daemon_is_told_what_is_not_the_transports() {
        let check = |uri: &str, name: &str| assert_eq!(parse(uri).name(), name, "{uri}");
        check(
            "qemu+unix:///system?socket=/s&mode=direct",
            "qemu:///system",
        );
        check(
            "qemu+tcp://h/system?a=b%20c&socket=/s&d",
            "qemu:///system?a=b%20c&d",
        );
        check("test:///a%20b.xml#x", "test:///a%20b.xml");
        check("qemu+tcp://h/x?name=qemu:///session", "qemu:///session");
        check("remote+unix:///system", "");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |text: &str| text.parse::<ConnectUri>().expect_err(text);
        assert!(matches!(error("system"), UriError::NoScheme { .. }));
        assert!(matches!(error("://x"), UriError::NoScheme { .. }));
        assert!(matches!(
            error("qemu+pigeon:///system"),
            UriError::Transport { .. }
        ));
        assert!(matches!(
            error("qemu+tcp://h:x/system"),
            UriError::Port { .. }
        ));
        assert!(matches!(
            error("qemu+unix://h/system"),
            UriError::UnixHost { .. }
        ));
        assert!(matches!(
            error("qemu+tcp://[::1/system"),
            UriError::Bracket { .. }
        ));
        assert!(matches!(
            error("qemu:///system?socket=%zz"),
            UriError::Escape { .. }
        ));
    }
}
