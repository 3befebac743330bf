//! Character back-ends, which QEMU's command line and monitor spell differently.

use serde_json::{Map, Value, json};

use super::keyval::KeyVal;

/// A character back-end with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Chardev {
    /// Its name, such as `charserial0`.
    pub id: String,
    /// Where the characters go and come from.
    pub backend: Backend,
    /// A file that gets a copy of what the guest writes.
    pub log: Option<Log>,
}

/// A file that gets a copy of what the guest writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// The file's path.
    pub file: String,
    /// Whether it is continued rather than emptied; nothing leaves it to QEMU.
    pub append: Option<bool>,
}

/// Where the characters of a device go and come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Backend {
    /// Nowhere.
    Null,
    /// A new pseudo-terminal.
    Pty,
    /// QEMU's own standard input and output.
    Stdio,
    /// A virtual console of QEMU's display.
    Vc,
    /// A file that is written.
    File {
        /// Where it is.
        path: String,
        /// Whether it is continued; nothing leaves it to QEMU.
        append: Option<bool>,
    },
    /// Named pipes.
    Pipe {
        /// Their name without `.in` and `.out`.
        path: String,
    },
    /// A serial port of the host.
    Serial {
        /// Its device file.
        path: String,
    },
    /// A parallel port of the host.
    Parallel {
        /// Its device file.
        path: String,
    },
    /// A stream socket.
    Socket(Socket),
    /// Datagrams.
    Udp {
        /// Where they are sent.
        host: String,
        /// The port that they are sent to.
        port: String,
        /// Where they are received.
        local_address: String,
        /// The port that they are received on.
        local_port: String,
    },
    /// The clipboard agent of QEMU's own display.
    Vdagent {
        /// Whether the guest's pointer follows.
        mouse: Option<bool>,
        /// Whether the clipboard is shared.
        clipboard: Option<bool>,
    },
    /// The spice session.
    SpiceVmc {
        /// The channel's name.
        name: String,
    },
    /// A port of the spice session.
    SpicePort {
        /// The port's name.
        name: String,
    },
    /// D-Bus.
    Dbus {
        /// The channel's name.
        name: String,
    },
}

/// A stream socket.
#[derive(Debug, Clone, PartialEq)]
pub struct Socket {
    /// Where it listens or connects to.
    pub address: Address,
    /// Listening rather than connecting.
    pub server: bool,
    /// With the telnet protocol.
    pub telnet: bool,
    /// The name of the TLS credentials object.
    pub tls: Option<String>,
    /// How long to wait before connecting again.
    pub reconnect: Option<Reconnect>,
}

/// The address of a stream socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file.
    Unix(String),
    /// A descriptor that QEMU inherits.
    Fd(i32),
    /// TCP.
    Inet {
        /// The host's name or address.
        host: String,
        /// The port's number or service.
        port: String,
    },
}

/// How long to wait before connecting again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconnect {
    /// In seconds, which every QEMU understands.
    Seconds(u64),
    /// In milliseconds (`Feature::ChardevReconnectMs`).
    Milliseconds(u64),
}

impl Chardev {
    /// The value of `-chardev`.
    pub fn argument(&self) -> String {
        let mut out = KeyVal::new(self.backend.word());
        out.pair("id", &self.id);
        self.backend.add_to(&mut out);
        if let Some(log) = &self.log {
            out.pair("logfile", &log.file);
            if let Some(append) = log.append {
                out.switch("logappend", append);
            }
        }
        out.finish()
    }

    /// The arguments of `chardev-add`.
    pub fn command(&self) -> Value {
        let mut data = self.backend.members();
        if let Some(log) = &self.log {
            data.insert("logfile".into(), json!(log.file));
            if let Some(append) = log.append {
                data.insert("logappend".into(), json!(append));
            }
        }
        json!({ "id": self.id, "backend": { "type": self.backend.word(), "data": data } })
    }
}

impl Backend {
    /// The word that chooses it.
    fn word(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Pty => "pty",
            Self::Stdio => "stdio",
            Self::Vc => "vc",
            Self::File { .. } => "file",
            Self::Pipe { .. } => "pipe",
            Self::Serial { .. } => "serial",
            Self::Parallel { .. } => "parallel",
            Self::Socket(_) => "socket",
            Self::Udp { .. } => "udp",
            Self::Vdagent { .. } => "qemu-vdagent",
            Self::SpiceVmc { .. } => "spicevmc",
            Self::SpicePort { .. } => "spiceport",
            Self::Dbus { .. } => "dbus",
        }
    }

    fn add_to(&self, out: &mut KeyVal) {
        match self {
            Self::Null | Self::Pty | Self::Stdio | Self::Vc => {}
            Self::File { path, append } => {
                out.pair("path", path);
                if let Some(append) = append {
                    out.switch("append", *append);
                }
            }
            Self::Pipe { path } | Self::Serial { path } | Self::Parallel { path } => {
                out.pair("path", path);
            }
            Self::Socket(socket) => socket.add_to(out),
            Self::Udp {
                host,
                port,
                local_address,
                local_port,
            } => {
                out.pair("host", host);
                out.pair("port", port);
                out.pair("localaddr", local_address);
                out.pair("localport", local_port);
            }
            Self::Vdagent { mouse, clipboard } => {
                out.pair("name", "vdagent");
                if let Some(clipboard) = clipboard {
                    out.switch("clipboard", *clipboard);
                }
                if let Some(mouse) = mouse {
                    out.switch("mouse", *mouse);
                }
            }
            Self::SpiceVmc { name } | Self::SpicePort { name } | Self::Dbus { name } => {
                out.pair("name", name);
            }
        }
    }

    fn members(&self) -> Map<String, Value> {
        let value = match self {
            Self::Null | Self::Pty | Self::Stdio | Self::Vc => json!({}),
            Self::File { path, append: None } => json!({ "out": path }),
            Self::File {
                path,
                append: Some(append),
            } => json!({ "out": path, "append": append }),
            Self::Pipe { path } | Self::Serial { path } | Self::Parallel { path } => {
                json!({ "device": path })
            }
            Self::Socket(socket) => return socket.members(),
            Self::Udp {
                host,
                port,
                local_address,
                local_port,
            } => json!({
                "remote": inet(host, port),
                "local": inet(local_address, local_port),
            }),
            Self::Vdagent { mouse, clipboard } => {
                return Map::from_iter(
                    [("mouse", mouse), ("clipboard", clipboard)]
                        .into_iter()
                        .filter_map(|(key, value)| Some((key.to_owned(), json!((*value)?)))),
                );
            }
            Self::SpiceVmc { name } => json!({ "type": name }),
            Self::SpicePort { name } => json!({ "fqdn": name }),
            Self::Dbus { name } => json!({ "name": name }),
        };
        match value {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }
}

impl Socket {
    fn add_to(&self, out: &mut KeyVal) {
        match &self.address {
            Address::Unix(path) => out.pair("path", path),
            Address::Fd(fd) => out.pair("fd", &fd.to_string()),
            Address::Inet { host, port } => {
                out.pair("host", host);
                out.pair("port", port);
                if self.telnet {
                    out.switch("telnet", true);
                }
            }
        }
        if self.server {
            out.switch("server", true);
            out.switch("wait", false);
        }
        match self.reconnect {
            Some(Reconnect::Seconds(seconds)) => out.pair("reconnect", &seconds.to_string()),
            Some(Reconnect::Milliseconds(ms)) => out.pair("reconnect-ms", &ms.to_string()),
            None => {}
        }
        if let Some(tls) = &self.tls {
            out.pair("tls-creds", tls);
        }
    }

    fn members(&self) -> Map<String, Value> {
        let address = match &self.address {
            Address::Unix(path) => json!({ "type": "unix", "data": { "path": path } }),
            Address::Fd(fd) => json!({ "type": "fd", "data": { "str": fd.to_string() } }),
            Address::Inet { host, port } => inet(host, port),
        };
        let mut data = Map::from_iter([("addr".to_owned(), address)]);
        data.insert("server".into(), json!(self.server));
        if self.server {
            data.insert("wait".into(), json!(false));
        }
        if matches!(self.address, Address::Inet { .. }) {
            data.insert("telnet".into(), json!(self.telnet));
        }
        match self.reconnect {
            Some(Reconnect::Seconds(seconds)) => {
                data.insert("reconnect".into(), json!(seconds));
            }
            Some(Reconnect::Milliseconds(ms)) => {
                data.insert("reconnect-ms".into(), json!(ms));
            }
            None => {}
        }
        if let Some(tls) = &self.tls {
            data.insert("tls-creds".into(), json!(tls));
        }
        data
    }
}

fn inet(host: &str, port: &str) -> Value {
    json!({ "type": "inet", "data": { "host": host, "port": port } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(backend: Backend, argument: &str, command: Value) {
        let chardev = Chardev {
            id: "c".into(),
            backend,
            log: None,
        };
        assert_eq!(chardev.argument(), argument);
        assert_eq!(chardev.command()["backend"], command);
    }

    #[test]
    fn each_backend_has_both_spellings() {
        check(Backend::Pty, "pty,id=c", json!({"type": "pty", "data": {}}));
        check(
            Backend::File {
                path: "/a,b".into(),
                append: Some(true),
            },
            "file,id=c,path=/a,,b,append=on",
            json!({"type": "file", "data": {"out": "/a,b", "append": true}}),
        );
        check(
            Backend::Socket(Socket {
                address: Address::Unix("/s".into()),
                server: true,
                telnet: false,
                tls: None,
                reconnect: None,
            }),
            "socket,id=c,path=/s,server=on,wait=off",
            json!({"type": "socket", "data": {
                "addr": {"type": "unix", "data": {"path": "/s"}}, "server": true, "wait": false}}),
        );
        check(
            Backend::Socket(Socket {
                address: Address::Inet {
                    host: "h".into(),
                    port: "1".into(),
                },
                server: false,
                telnet: true,
                tls: None,
                reconnect: Some(Reconnect::Milliseconds(10_000)),
            }),
            "socket,id=c,host=h,port=1,telnet=on,reconnect-ms=10000",
            json!({"type": "socket", "data": {
                "addr": {"type": "inet", "data": {"host": "h", "port": "1"}},
                "server": false, "telnet": true, "reconnect-ms": 10000}}),
        );
    }

    #[test]
    fn a_log_is_added_to_either() {
        let log = Some(Log {
            file: "/l".into(),
            append: Some(false),
        });
        let chardev = Chardev {
            id: "c".into(),
            backend: Backend::Null,
            log,
        };
        assert_eq!(chardev.argument(), "null,id=c,logfile=/l,logappend=off");
        assert_eq!(chardev.command()["backend"]["data"]["logfile"], json!("/l"));
    }
}
