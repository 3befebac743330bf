//! Which distribution this is (os-release(5)).

use std::path::Path;

use crate::error::Error;
use crate::files;

/// The distribution, as it describes itself.
#[derive(Debug)]
pub(super) struct System {
    /// For people, as "Debian GNU/Linux 12 (bookworm)".
    pub(super) name: String,
    /// The release's name, as "bookworm"; empty where there is none.
    pub(super) codename: String,
    /// Its own identifier and those of the distributions it is made from.
    families: Vec<String>,
}

impl System {
    pub(super) fn read(root: &Path) -> Result<Self, Error> {
        Ok(Self::parse(&files::text(&root.join("etc/os-release"))?))
    }

    fn parse(text: &str) -> Self {
        let value = |key: &str| {
            let mut values = text
                .lines()
                .filter_map(|line| line.strip_prefix(key)?.strip_prefix('='));
            values
                .next()
                .unwrap_or_default()
                .trim_matches(['"', '\''])
                .to_owned()
        };
        let families = format!("{} {}", value("ID"), value("ID_LIKE"));
        Self {
            name: value("PRETTY_NAME"),
            codename: value("VERSION_CODENAME"),
            families: families.split_whitespace().map(str::to_owned).collect(),
        }
    }

    pub(super) fn is_debian_family(&self) -> bool {
        self.families.iter().any(|family| family == "debian")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, debian: bool, codename: &str) {
        let system = System::parse(text);
        assert_eq!(
            (system.is_debian_family(), system.codename.as_str()),
            (debian, codename),
            "{text}"
        );
    }

    #[test]
    fn families_are_told_apart() {
        check("ID=debian\nVERSION_CODENAME=bookworm\n", true, "bookworm");
        check(
            "ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n",
            true,
            "noble",
        );
        check("ID=mint\nID_LIKE=\"ubuntu debian\"\n", true, "");
        check("ID=fedora\nVERSION_CODENAME=\"\"\n", false, "");
        check("", false, "");
    }
}
