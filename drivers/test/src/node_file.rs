//! A host described by a file, for `test:///FILE`: `<node>` with what the host has and the objects
//! that are there from the beginning. Objects may be in files of their own: `<domain file='…'/>`.

use std::io;
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use documents::interface::HostInterface;
use documents::network::Network;
use documents::node_device::NodeDevice;
use documents::storage_pool::StoragePool;
use documents::volume::Volume;
use protocol::enums::DomainState;
use xml::{Content, Element, Errors, Limits, Options, Tree, Xml};

use crate::host::HostInfo;

/// What a description of a host holds.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) host: HostInfo,
    pub(crate) domains: Vec<FirstDomain>,
    pub(crate) networks: Vec<Network>,
    pub(crate) interfaces: Vec<HostInterface>,
    pub(crate) pools: Vec<(StoragePool, Vec<Volume>)>,
    pub(crate) devices: Vec<NodeDevice>,
}

/// A domain, and what the elements of the test driver's own namespace say of it.
#[derive(Debug)]
pub(crate) struct FirstDomain {
    pub(crate) document: Domain,
    pub(crate) state: DomainState,
    pub(crate) is_transient: bool,
    pub(crate) managed_save: bool,
}

/// Why a description of a host could not be used.
#[derive(Debug, thiserror::Error)]
pub enum NodeFileError {
    /// The file cannot be read.
    #[error("cannot read '{}', which is to describe the host", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file, or a part of it, is no document of its kind.
    #[error("'{}' does not describe a host", path.display())]
    Document {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: Errors,
    },
    /// The file is about something else.
    #[error("'{}' has <{root}> where a description of a host has <node>", path.display())]
    Root {
        /// The file.
        path: PathBuf,
        /// The element that it has.
        root: String,
    },
    /// A number of the host is none.
    #[error("the host's <{element}> is a number: '{text}' is none")]
    Number {
        /// The element.
        element: String,
        /// What it says.
        text: String,
    },
    /// A domain is in a state that cannot be.
    #[error("domain '{domain}': {what}")]
    State {
        /// The domain.
        domain: String,
        /// What contradicts what.
        what: &'static str,
    },
    /// An object was refused.
    #[error("'{}' describes an object that cannot be: {source}", path.display())]
    Object {
        /// The file.
        path: PathBuf,
        /// Why it was refused.
        source: driver::Error,
    },
}

impl Node {
    /// Reads the description in a file. Blocks for the files that it names.
    pub(crate) fn read(path: &Path) -> Result<Self, NodeFileError> {
        let mut file = File {
            path,
            namespaces: Vec::new(),
        };
        let tree = file.tree(path)?;
        file.namespaces.clone_from(&tree.root.namespaces);
        if &*tree.root.name != "node" {
            return Err(NodeFileError::Root {
                path: path.to_owned(),
                root: tree.root.name.into(),
            });
        }
        let mut node = Self {
            host: HostInfo::described(&tree.root)?,
            ..Self::default()
        };
        for element in tree.root.elements() {
            node.add(&file, element)?;
        }
        Ok(node)
    }

    fn add(&mut self, file: &File<'_>, element: &Element) -> Result<(), NodeFileError> {
        match &*element.name {
            "domain" => {
                let element = file.resolve(element)?;
                self.domains.push(first_domain(file, &element)?);
            }
            "network" => self.networks.push(file.parse(&file.resolve(element)?)?),
            "interface" => self.interfaces.push(file.parse(&file.resolve(element)?)?),
            "device" => self.devices.push(file.parse(&file.resolve(element)?)?),
            "pool" => {
                let element = file.resolve(element)?;
                let volumes = element.elements().filter(|it| &*it.name == "volume");
                let volumes = volumes
                    .map(|volume| file.parse(&file.resolve(volume)?))
                    .collect::<Result<_, _>>()?;
                self.pools.push((file.parse(&element)?, volumes));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The file that describes a host, to which other files' names are relative.
struct File<'a> {
    path: &'a Path,
    /// What its root declares for all that is inside.
    namespaces: Vec<(Box<str>, Box<str>)>,
}

impl File<'_> {
    fn tree(&self, path: &Path) -> Result<Tree, NodeFileError> {
        let text = std::fs::read_to_string(path).map_err(|source| NodeFileError::Read {
            path: path.to_owned(),
            source,
        })?;
        Tree::parse(&text, &Limits::default()).map_err(|source| NodeFileError::Document {
            path: path.to_owned(),
            source,
        })
    }

    /// The object itself, where only the name of its file is given.
    fn resolve(&self, element: &Element) -> Result<Element, NodeFileError> {
        let mut attributes = element.attributes.iter();
        match attributes.find(|(name, _)| &**name == "file") {
            None => Ok(element.clone()),
            Some((_, name)) => {
                let folder = self.path.parent().unwrap_or(Path::new("/"));
                Ok(self.tree(&folder.join(&**name))?.root)
            }
        }
    }

    fn parse<T: Xml>(&self, element: &Element) -> Result<T, NodeFileError> {
        let mut root = element.clone();
        for (prefix, uri) in &self.namespaces {
            if root.namespaces.iter().all(|(known, _)| known != prefix) {
                root.namespaces.push((prefix.clone(), uri.clone()));
            }
        }
        let tree = Tree { root };
        xml::parse(&tree.to_text(0), &Options::lenient()).map_err(|source| {
            NodeFileError::Document {
                path: self.path.to_owned(),
                source,
            }
        })
    }
}

fn first_domain(file: &File<'_>, element: &Element) -> Result<FirstDomain, NodeFileError> {
    let document: Domain = file.parse(element)?;
    let own = |name: &str| {
        let mut elements = element.elements();
        elements.find(|it| it.name.strip_prefix("test:") == Some(name))
    };
    let state = match own("runstate").map(text_of) {
        None => DomainState::Running,
        Some(text) => DomainState::from(number::<i32>(text.trim(), "runstate")?),
    };
    let first = FirstDomain {
        state,
        is_transient: own("transient").is_some(),
        managed_save: own("hasmanagedsave").is_some(),
        document,
    };
    let is_off = state == DomainState::Shutoff;
    let what = match state {
        DomainState::Unrecognized(_) => "its run state is a number from 0 to 7",
        _ if first.is_transient && is_off => "it is transient, so it cannot be off",
        _ if first.managed_save && !is_off => "it has a managed save, so it must be off",
        _ => return Ok(first),
    };
    Err(NodeFileError::State {
        domain: first.document.name,
        what,
    })
}

/// The text in an element.
pub(crate) fn text_of(element: &Element) -> &str {
    let mut texts = element.children.iter().filter_map(|content| match content {
        Content::Text(text) | Content::Cdata(text) => Some(&**text),
        _ => None,
    });
    texts.next().unwrap_or_default()
}

/// A number of the host's description.
pub(crate) fn number<N: std::str::FromStr>(text: &str, element: &str) -> Result<N, NodeFileError> {
    text.parse().map_err(|_| NodeFileError::Number {
        element: element.to_owned(),
        text: text.to_owned(),
    })
}
