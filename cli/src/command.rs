//! What a command is: its name, its options and what it does, declared once.
//!
//! Parsing, help, completion and the reference are made from these declarations; see
//! [`crate::commands`] for the table of all of them.

use std::future::Future;
use std::pin::Pin;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::shell::Shell;

/// The work of a command, as the table holds it.
pub(crate) type Work<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

/// Starts a command's work on a shell with parsed arguments.
pub(crate) type Run = for<'a> fn(&'a mut Shell, &'a Arguments) -> Work<'a>;

/// One command.
#[derive(Clone, Copy)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// One imperative line without a full stop.
    pub(crate) summary: &'static str,
    /// One or more sentences.
    pub(crate) description: &'static str,
    pub(crate) options: &'static [Opt],
    /// Whether the command shows something and therefore takes `--json`.
    pub(crate) shows: bool,
    pub(crate) run: Run,
}

impl Command {
    /// All options, the one that every showing command has included.
    pub(crate) fn options(&self) -> impl Iterator<Item = &Opt> {
        self.options.iter().chain(self.shows.then_some(&JSON))
    }

    /// The option called `name`.
    pub(crate) fn option(&self, name: &str) -> Option<&Opt> {
        self.options().find(|option| option.name == name)
    }
}

/// The groups of `help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// What changes domains.
    Domain,
    /// What looks at domains.
    Monitor,
    /// What domains tell by themselves.
    Events,
    /// The host and its hypervisor.
    Host,
    /// Marks of what a domain's disks held at a moment.
    Checkpoint,
    /// Host interfaces.
    Interface,
    /// Network filters.
    Filter,
    /// Virtual networks.
    Network,
    /// Host devices.
    NodeDevice,
    /// Secrets.
    Secret,
    /// Snapshots of domains.
    Snapshot,
    /// Backups of domains.
    Backup,
    /// Storage pools.
    Pool,
    /// Volumes of storage pools.
    Volume,
    /// `virsh` itself.
    Shell,
}

impl Group {
    /// Every group in the order of `help`; one without a command is not shown.
    pub(crate) const ALL: [Self; 15] = [
        Self::Domain,
        Self::Monitor,
        Self::Events,
        Self::Host,
        Self::Checkpoint,
        Self::Interface,
        Self::Filter,
        Self::Network,
        Self::NodeDevice,
        Self::Secret,
        Self::Snapshot,
        Self::Backup,
        Self::Pool,
        Self::Volume,
        Self::Shell,
    ];

    /// The heading.
    pub(crate) const fn title(self) -> &'static str {
        self.words().0
    }

    /// The word by which `help WORD` shows the group.
    pub(crate) const fn keyword(self) -> &'static str {
        self.words().1
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Domain => ("Domain Management", "domain"),
            Self::Monitor => ("Domain Monitoring", "monitor"),
            Self::Events => ("Domain Events", "events"),
            Self::Host => ("Host and Hypervisor", "host"),
            Self::Checkpoint => ("Checkpoint", "checkpoint"),
            Self::Interface => ("Interface", "interface"),
            Self::Filter => ("Network Filter", "filter"),
            Self::Network => ("Networking", "network"),
            Self::NodeDevice => ("Node Device", "nodedev"),
            Self::Secret => ("Secret", "secret"),
            Self::Snapshot => ("Snapshot", "snapshot"),
            Self::Backup => ("Backup", "backup"),
            Self::Pool => ("Storage Pool", "pool"),
            Self::Volume => ("Storage Volume", "volume"),
            Self::Shell => ("Virsh itself", "virsh"),
        }
    }
}

/// One option of a command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opt {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) bare: Bare,
    /// Whether its value may be empty.
    pub(crate) empty: bool,
    pub(crate) help: &'static str,
    pub(crate) complete: Complete,
}

/// What an option's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No value: given or not.
    Flag,
    /// Any text.
    Text,
    /// A number.
    Number,
    /// All words that are left.
    Rest,
}

/// Whether a bare word may give an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bare {
    /// Yes, and its help shows it so.
    Shown,
    /// Yes, because scripts of old do so; its help shows `--name`.
    Tolerated,
    /// No.
    Refused,
}

/// What completes an option's value at the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Complete {
    Nothing,
    File,
    Domain,
    Command,
    Words(&'static [&'static str]),
}

impl Opt {
    /// `--name`, given or not.
    pub(crate) const fn flag(name: &'static str, help: &'static str) -> Self {
        Self::new(name, Kind::Flag, help)
    }

    /// A text that may be given by name or as a bare word.
    pub(crate) const fn text(name: &'static str, help: &'static str) -> Self {
        Self::new(name, Kind::Text, help).positional()
    }

    /// A number that may be given by name or as a bare word.
    pub(crate) const fn number(name: &'static str, help: &'static str) -> Self {
        Self::new(name, Kind::Number, help).positional()
    }

    /// All words that are left.
    pub(crate) const fn rest(name: &'static str, help: &'static str) -> Self {
        Self::new(name, Kind::Rest, help).positional()
    }

    /// Must be given.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Is shown as `--name`; a bare word gives it all the same.
    pub(crate) const fn named(mut self) -> Self {
        self.bare = Bare::Tolerated;
        self
    }

    /// May be given by `--name` only.
    pub(crate) const fn named_only(mut self) -> Self {
        self.bare = Bare::Refused;
        self
    }

    /// May have an empty value.
    pub(crate) const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Whether a bare word may give it.
    pub(crate) const fn is_positional(&self) -> bool {
        !matches!(self.bare, Bare::Refused)
    }

    /// Completed by `complete` at the prompt.
    pub(crate) const fn completed_by(mut self, complete: Complete) -> Self {
        self.complete = complete;
        self
    }

    const fn positional(mut self) -> Self {
        self.bare = Bare::Shown;
        self
    }

    const fn new(name: &'static str, kind: Kind, help: &'static str) -> Self {
        Self {
            name,
            kind,
            required: false,
            bare: Bare::Refused,
            empty: false,
            help,
            complete: Complete::Nothing,
        }
    }
}

/// The domain that most commands are about.
pub(crate) const DOMAIN: Opt = Opt::text("domain", "domain name, id or uuid")
    .required()
    .completed_by(Complete::Domain);

/// A document is filtered by an expression.
pub(crate) const XPATH: Opt =
    Opt::text("xpath", "xpath expression to filter the XML document").named_only();

/// What the expression finds is put under one root.
pub(crate) const WRAP: Opt = Opt::flag("wrap", "wrap xpath results in a common root element");

/// The file that holds a document.
pub(crate) const FILE: Opt = Opt::text("file", "file containing an XML domain description")
    .required()
    .completed_by(Complete::File);

/// What every command that shows something has.
pub(crate) const JSON: Opt = Opt::flag("json", "print as JSON, with stable field names");
