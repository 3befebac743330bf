//! Which URI is meant: aliases and the default of `libvirt.conf`, the environment, what is there.

use std::env;
use std::path::{Path, PathBuf};

use conf::{Conf, ValueError};
use layout::{Layout, SocketKind};

use super::session;
use super::sockets::Mode;
use crate::error::{Error, Result};

/// A URI with what the file says beside it.
pub(super) struct Resolved {
    /// The URI.
    pub(super) uri: String,
    /// `remote_mode`: which of the daemons is asked where the URI does not say.
    pub(super) mode: Option<Mode>,
}

/// The URI that `given` stands for.
pub(super) fn resolve(given: Option<&str>) -> Result<Resolved> {
    let file = Configuration::read()?;
    let environment = env::var("LIBVIRT_DEFAULT_URI").ok();
    let uri = file.choose(given, environment.as_deref());
    Ok(Resolved {
        uri: uri.or_else(probe).ok_or(Error::NoUri)?,
        mode: file.mode,
    })
}

/// The QEMU driver where it is installed, for the system as root, else for the session.
fn probe() -> Option<String> {
    if !rustix::process::geteuid().is_root() {
        return Some("qemu:///session".to_owned());
    }
    let layout = Layout::system();
    ["virtqemud", "libvirtd"]
        .iter()
        .any(|daemon| layout.socket(daemon, SocketKind::ReadWrite).exists())
        .then(|| "qemu:///system".to_owned())
}

/// What `libvirt.conf` says to clients: `uri_default`, `uri_aliases` and `remote_mode`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Configuration {
    default: Option<String>,
    aliases: Vec<(String, String)>,
    mode: Option<Mode>,
}

impl Configuration {
    /// Reads root's file in `/etc`, or the user's own. Most users have none.
    fn read() -> Result<Self> {
        let path = path();
        let conf = Conf::load_optional(&path).map_err(|error| wrong(&path, &error))?;
        Self::from_conf(&path, &conf)
    }

    fn from_conf(path: &Path, conf: &Conf) -> Result<Self> {
        let wrong = |error: ValueError| wrong(path, &conf.locate(&error));
        let default = conf.get("uri_default").map(|entry| entry.text());
        let aliases = conf.get("uri_aliases").map(aliases);
        let mode = conf
            .get("remote_mode")
            .map(|entry| entry.one_of(&Mode::WORDS));
        Ok(Self {
            default: default.transpose().map_err(wrong)?.map(str::to_owned),
            aliases: aliases.transpose().map_err(wrong)?.unwrap_or_default(),
            mode: mode.transpose().map_err(wrong)?,
        })
    }

    /// What was asked for, else the environment's, else the file's; each may be an alias.
    fn choose(&self, given: Option<&str>, environment: Option<&str>) -> Option<String> {
        [given, environment, self.default.as_deref()]
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty())
            .map(|text| self.alias(text))
    }

    fn alias(&self, text: &str) -> String {
        self.aliases
            .iter()
            .find_map(|(alias, uri)| (alias == text).then(|| uri.clone()))
            .unwrap_or_else(|| text.to_owned())
    }
}

fn aliases(entry: &conf::Entry) -> std::result::Result<Vec<(String, String)>, ValueError> {
    let pair = |text: String| {
        text.split_once('=')
            .map(|(alias, uri)| (alias.trim().to_owned(), uri.trim().to_owned()))
            .filter(|(alias, uri)| !alias.is_empty() && !uri.is_empty())
            .ok_or_else(|| entry.wrong("a list of \"ALIAS=URI\""))
    };
    entry.texts()?.into_iter().map(pair).collect()
}

fn path() -> PathBuf {
    let layout = if rustix::process::geteuid().is_root() {
        Layout::system()
    } else {
        session::layout()
    };
    layout.config_base().join("libvirt.conf")
}

fn wrong(path: &Path, reason: &impl ToString) -> Error {
    Error::Configuration {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use conf::Conf;

    use super::{Configuration, Mode};
    use crate::error::Result;

    fn parse(text: &str) -> Result<Configuration> {
        let path = Path::new("/x/libvirt.conf");
        let conf = Conf::from_text(path, text).expect("the grammar is right");
        Configuration::from_conf(path, &conf)
    }

    #[test]
    fn aliases_and_the_default_come_from_the_file() {
        let text = "uri_default = \"qemu:///session\"\n\
                    uri_aliases = [ \"hail=qemu+tcp://hail/system\", \"t=test:///default\" ]\n\
                    remote_mode = \"direct\"\n";
        let file = parse(text).expect("a good file");
        assert_eq!(file.default.as_deref(), Some("qemu:///session"));
        assert_eq!(file.alias("hail"), "qemu+tcp://hail/system");
        assert_eq!(file.alias("qemu:///system"), "qemu:///system");
        assert_eq!(file.mode, Some(Mode::Direct));
    }

    #[test]
    fn what_is_given_comes_before_the_environment_and_the_file() {
        let file =
            parse("uri_default = \"t\"\nuri_aliases = [\"t=test:///default\", \"e=ch:///x\"]")
                .expect("a good file");
        let check = |given, environment, expected: &str| {
            assert_eq!(file.choose(given, environment).as_deref(), Some(expected));
        };
        check(Some("qemu:///system"), Some("e"), "qemu:///system");
        check(Some("t"), Some("e"), "test:///default");
        check(None, Some("e"), "ch:///x");
        check(Some(""), Some(""), "test:///default");
        check(None, None, "test:///default");
        assert_eq!(Configuration::default().choose(None, None), None);
    }

    #[test]
    fn a_broken_file_is_named() {
        for text in [
            "uri_aliases = 5",
            "uri_aliases = [\"hail\"]",
            "uri_default = [\"a\"]",
            "remote_mode = \"pigeon\"",
        ] {
            let error = parse(text).expect_err(text);
            assert!(
                error.to_string().starts_with("/x/libvirt.conf: "),
                "{error}"
            );
        }
    }
}
