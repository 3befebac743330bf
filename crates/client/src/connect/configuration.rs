//! Which URI is meant: aliases and the default of `libvirt.conf`, the environment, what is there.

use std::env;
use std::path::{Path, PathBuf};

use conf::{Conf, ValueError};
use layout::{Layout, SessionEnv, SocketKind};

use crate::error::{Error, Result};

/// The URI that `given` stands for.
pub(super) fn resolve(given: Option<&str>) -> Result<String> {
    let file = Configuration::read()?;
    if let Some(text) = given.filter(|text| !text.is_empty()) {
        return Ok(file.alias(text));
    }
    if let Some(text) = env::var("LIBVIRT_DEFAULT_URI")
        .ok()
        .filter(|text| !text.is_empty())
    {
        return Ok(file.alias(&text));
    }
    match file.default {
        Some(uri) => Ok(uri),
        None => probe().ok_or(Error::NoUri),
    }
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

/// What `libvirt.conf` says to clients: `uri_default` and `uri_aliases`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Configuration {
    default: Option<String>,
    aliases: Vec<(String, String)>,
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
        let aliases = conf.get("uri_aliases").map(conf::Entry::texts);
        Ok(Self {
            default: default.transpose().map_err(wrong)?.map(str::to_owned),
            aliases: split(aliases.transpose().map_err(wrong)?.unwrap_or_default()),
        })
    }

    fn alias(&self, text: &str) -> String {
        self.aliases
            .iter()
            .find_map(|(alias, uri)| (alias == text).then(|| uri.clone()))
            .unwrap_or_else(|| text.to_owned())
    }
}

fn split(texts: Vec<String>) -> Vec<(String, String)> {
    texts
        .iter()
        .filter_map(|text| text.split_once('='))
        .map(|(alias, uri)| (alias.trim().to_owned(), uri.trim().to_owned()))
        .collect()
}

fn path() -> PathBuf {
    let layout = if rustix::process::geteuid().is_root() {
        Layout::system()
    } else {
        Layout::session(&SessionEnv::from_process(Path::new("/")))
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

    use super::Configuration;
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
                    remote_mode = \"auto\"\n";
        let file = parse(text).expect("a good file");
        assert_eq!(file.default.as_deref(), Some("qemu:///session"));
        assert_eq!(file.alias("hail"), "qemu+tcp://hail/system");
        assert_eq!(file.alias("qemu:///system"), "qemu:///system");
    }

    #[test]
    fn a_broken_file_is_named() {
        let error = parse("uri_aliases = 5").expect_err("a number is no list");
        assert!(
            error.to_string().starts_with("/x/libvirt.conf: "),
            "{error}"
        );
    }
}
