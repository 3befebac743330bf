//! `cargo xtask reference`: the pages and schemas of `docs/reference/`, from the declarations.

use std::path::Path;

use documents::backup::Backup;
use documents::capabilities::Capabilities;
use documents::checkpoint::Checkpoint;
use documents::domain::{Domain, Status};
use documents::domain_capabilities::DomainCapabilities;
use documents::interface::HostInterface;
use documents::migration_cookie::MigrationCookie;
use documents::network::Network;
use documents::node_device::NodeDevice;
use documents::nwfilter::NwFilter;
use documents::save_image::SaveCookie;
use documents::secret::Secret;
use documents::snapshot::Snapshot;
use documents::storage_pool::StoragePool;
use documents::volume::Volume;
use xml::Xml;
use xml::reference::Page;

use crate::error::Error;
use crate::files;

/// Every kind of document.
pub(crate) const PAGES: [Page; 16] = [
    page("domain", Domain::describe),
    page("domain-snapshot", Snapshot::describe),
    page("domain-checkpoint", Checkpoint::describe),
    page("domain-backup", Backup::describe),
    page("domain-status", Status::describe),
    page("domain-capabilities", DomainCapabilities::describe),
    page("save-image-cookie", SaveCookie::describe),
    page("migration-cookie", MigrationCookie::describe),
    page("network", Network::describe),
    page("network-filter", NwFilter::describe),
    page("host-interface", HostInterface::describe),
    page("storage-pool", StoragePool::describe),
    page("volume", Volume::describe),
    page("secret", Secret::describe),
    page("node-device", NodeDevice::describe),
    page("capabilities", Capabilities::describe),
];

const fn page(name: &'static str, describe: fn() -> &'static xml::Table) -> Page {
    Page { name, describe }
}

/// The files of the folder: name and text.
fn generated() -> Vec<(String, String)> {
    let mut files = vec![("README.md".to_owned(), index())];
    for Page { name, describe } in PAGES {
        let table = describe();
        let page = format!(
            "# `<{}>`\n\n{}\n\nMade from the declarations by `cargo xtask reference`; the schema is \
             [{name}.rng]({name}.rng).\n{}",
            table.element,
            table.prose.doc,
            xml::reference::markdown(table, &PAGES)
        );
        files.push((format!("{name}.md"), page));
        files.push((format!("{name}.rng"), xml::schema::relaxng(table, &PAGES)));
    }
    files
}

/// The page that lists the others and says how to read them.
fn index() -> String {
    let mut text = String::from(INDEX);
    for Page { name, describe } in PAGES {
        let table = describe();
        text.push_str(&format!(
            "| `<{}>` | [{name}.md]({name}.md) | [{name}.rng]({name}.rng) | {} |\n",
            table.element,
            table.prose.doc.trim().replace('\n', " ")
        ));
    }
    text
}

const INDEX: &str = "\
# The documents

Every element and attribute that Ferrovirt reads and writes, made from the declarations by `cargo xtask reference`.

- **part** is an attribute (`@name`), an element (`<name>`) or the text of the element of the heading.
- **value** says what it may be, whether it is needed, whether it may be repeated, and what its absence means: its default
  is what is read, or what the driver fills in. An element whose absence says nothing is filled in by the driver, or not
  there. A version behind a word is that of the word.
- **since** is the version of libvirt that brought it, or the element that it is in. Of what several elements share it is
  the version of the first of them.
- **Validation** lines hold when a client asks for validation. Without it, what is not known is dropped, as libvirt does.

The schemas are RELAX NG. They say of a document what its types say; the validation lines and the order of elements are not
in them, so that validation by the daemon refuses more.

| element | page | schema | what it is |
| --- | --- | --- | --- |
";

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
    use crate::run::Run;

    #[test]
    fn the_reference_is_current() {
        let outdated = outdated(&files::top());
        assert!(
            outdated.is_empty(),
            "run `cargo xtask reference`: {outdated:?}"
        );
    }

    #[test]
    fn every_part_says_what_it_means() {
        let tables = PAGES
            .iter()
            .flat_map(|it| xml::reference::tables((it.describe)()));
        let mut silent = Vec::new();
        for table in tables {
            let mut want = |part: &str, doc: &str| {
                if doc.trim().is_empty() {
                    silent.push(format!("{}: {part}", table.prose.type_name));
                }
            };
            want("the type", table.prose.doc);
            for variant in table.variants {
                want(variant.name, variant.prose.doc);
            }
            // An enum's own fields stand for what its variants hold.
            let fields = table.fields.iter().filter(|_| table.selector.is_none());
            for field in fields {
                want(field.name, field.prose.doc);
                if let xml::Shape::Enum(words) = field.detail.shape {
                    words.iter().for_each(|it| want(it.name, it.prose.doc));
                }
            }
        }
        assert!(silent.is_empty(), "{silent:#?}");
    }

    #[test]
    fn every_part_says_since_when() {
        let mut silent = Vec::new();
        for Page { name, describe } in PAGES {
            let page = xml::reference::markdown(describe(), &PAGES);
            let heads = ["| part |", "| --- |"];
            let rows = page.lines().filter(|it| it.starts_with("| "));
            let rows = rows.filter(|it| !heads.iter().any(|head| it.starts_with(head)));
            let undated = |row: &&str| {
                row.split(" | ")
                    .nth(2)
                    .is_none_or(|it| it.trim().is_empty())
            };
            silent.extend(rows.filter(undated).map(|it| format!("{name}: {it}")));
        }
        assert!(silent.is_empty(), "{silent:#?}");
    }

    #[test]
    fn every_value_that_may_be_absent_says_what_that_means() {
        let tables = PAGES
            .iter()
            .flat_map(|it| xml::reference::tables((it.describe)()));
        let mut silent = Vec::new();
        for table in tables {
            let said = |prose: &xml::Prose| !prose.default.is_empty() || !prose.absent.is_empty();
            let optional = table.fields.iter().filter(|it| it.is_optional_value());
            let fields = optional.filter(|it| !said(&it.prose) && !said(&table.prose));
            silent.extend(fields.map(|it| format!("{}: {}", table.prose.type_name, it.name)));
            if let Some(xml::Selector::Attribute {
                name,
                required: xml::Required::No,
                ..
            }) = table.selector
                && !said(&table.prose)
            {
                silent.push(format!("{}: {name}", table.prose.type_name));
            }
        }
        assert!(silent.is_empty(), "{silent:#?}");
    }

    /// The documents' golden files by their folders, and the pages that describe them.
    const GOLDEN: [(&str, &str); 13] = [
        ("backup", "domain-backup"),
        ("checkpoint", "domain-checkpoint"),
        ("domain", "domain"),
        ("interface", "host-interface"),
        ("migration_cookie", "migration-cookie"),
        ("network", "network"),
        ("network_filter", "network-filter"),
        ("node_device", "node-device"),
        ("secret", "secret"),
        ("snapshot", "domain-snapshot"),
        ("status", "domain-status"),
        ("storage_pool", "storage-pool"),
        ("volume", "volume"),
    ];

    #[test]
    fn another_validator_takes_with_the_schemas_what_we_write() {
        if !Run::new("xmllint").arg("--version").succeeds() {
            println!("skipped: xmllint is not installed (package libxml2-utils)");
            return;
        }
        for (folder, page) in GOLDEN {
            let folder = files::top()
                .join("crates/documents/tests/data")
                .join(folder);
            let mut documents = files::walk(&folder, &|_| true).unwrap();
            documents.retain(|it| !it.to_string_lossy().ends_with(".in.xml"));
            assert!(!documents.is_empty(), "{}", folder.display());
            let schema = files::top().join(format!("docs/reference/{page}.rng"));
            let xmllint = Run::new("xmllint").arg("--noout").arg("--relaxng");
            let validated = xmllint.arg(schema).args(documents).output();
            assert!(validated.is_ok(), "{validated:?}");
        }
    }
}
