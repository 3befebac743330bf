//! `cargo xtask reference`: the pages and schemas of `docs/reference/`, from the declarations.

use std::path::Path;

use documents::domain::Domain;
use documents::network::Network;
use documents::secret::Secret;
use documents::storage_pool::StoragePool;
use documents::volume::Volume;
use xml::{Table, Xml};

use crate::error::Error;
use crate::files;

/// A kind of document: the name of its files, and its declaration.
type Kind = (&'static str, fn() -> &'static Table);

const KINDS: [Kind; 5] = [
    ("domain", Domain::describe),
    ("network", Network::describe),
    ("storage-pool", StoragePool::describe),
    ("volume", Volume::describe),
    ("secret", Secret::describe),
];

/// The files of the folder: name and text.
fn generated() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (name, describe) in KINDS {
        let table = describe();
        let page = format!(
            "# `<{}>`\n\n{}\n\nMade from the declarations by `cargo xtask reference`; the schema is \
             [{name}.rng]({name}.rng).\n{}",
            table.element,
            table.doc,
            xml::reference::markdown(table)
        );
        files.push((format!("{name}.md"), page));
        files.push((format!("{name}.rng"), xml::schema::relaxng(table)));
    }
    files
}

/// Writes the files; with `--check` only says which are not current.
#[allow(
    clippy::disallowed_methods,
    reason = "a tool writes into the project, which git guards"
)]
pub(crate) fn run(arguments: &[String]) -> Result<(), Error> {
    if arguments.first().is_some_and(|it| it == "--check") {
        let outdated = outdated(&files::top());
        for name in &outdated {
            println!("docs/reference/{name} is not what the declarations make");
        }
        return match outdated.len() {
            0 => Ok(()),
            count => Err(Error::Findings(count)),
        };
    }
    let folder = files::top().join("docs/reference");
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    for (name, text) in generated() {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(Error::file(&path))?;
    }
    Ok(())
}

/// The files that are not what the declarations make.
fn outdated(top: &Path) -> Vec<String> {
    let current = |name: &str| std::fs::read_to_string(top.join("docs/reference").join(name));
    let files = generated().into_iter();
    let differ = files.filter(|(name, text)| current(name).ok().as_ref() != Some(text));
    differ.map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_current() {
        let outdated = outdated(&files::top());
        assert!(
            outdated.is_empty(),
            "run `cargo xtask reference`: {outdated:?}"
        );
    }
}
