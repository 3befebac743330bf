//! One daemon with empty state: asked for its answers, started again when a document ends it.

use std::rc::Rc;
use std::time::Duration;

use ferrovirt::Connection;
use ferrovirt::flags::{ConnectListAllDomainsFlags, DomainUndefineFlagsValues};
use rustix::process::{Signal, kill_process};

use super::documents::{Document, DocumentKind};
use super::record::{Answer, Record};
use super::snapshot::Images;
use super::{domain, snapshot};
use crate::failure::Failure;
use crate::subject::{Kind, Subject};

/// How long a call may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// A daemon and the connection to it.
pub(super) struct Side {
    subject: Subject,
    connection: Connection,
    images: Rc<Images>,
    /// How often the daemon was started again.
    pub(super) restarts: usize,
}

impl Side {
    /// Starts a daemon with empty state.
    pub(super) async fn start(kind: Kind, images: Rc<Images>) -> Result<Self, Failure> {
        let subject = Subject::start(kind)?;
        let connection = connect(&subject).await?;
        Ok(Self {
            subject,
            connection,
            images,
            restarts: 0,
        })
    }

    /// What the daemon makes of a document. One that ends the daemon is tried once more by a fresh
    /// one, since an earlier document may have damaged its memory.
    pub(super) async fn ask(&mut self, document: &Document) -> Result<Record, Failure> {
        let mut record = self.try_once(document).await?;
        if record.lost().is_some() {
            self.recover().await?;
            record = self.try_once(document).await?;
            if record.lost().is_some() {
                self.recover().await?;
            }
        }
        Ok(record)
    }

    async fn try_once(&self, document: &Document) -> Result<Record, Failure> {
        let mut record = match document.kind {
            DocumentKind::Domain => domain::ask(&self.connection, &document.text).await,
            DocumentKind::Snapshot => {
                snapshot::ask(&self.connection, &self.images, &document.text).await?
            }
        };
        for step in &mut record.steps {
            if let Answer::Document(text) | Answer::Arguments(text) = &mut step.answer {
                *text = self.subject.as_on_a_host(text);
            }
        }
        Ok(record)
    }

    /// Starts the daemon again, without what it had stored.
    async fn recover(&mut self) -> Result<(), Failure> {
        if let Some(pid) = self.subject.pid() {
            // It may hang; there is nothing of it that must be kept.
            let _ = kill_process(pid, Signal::KILL);
        }
        self.restarts += 1;
        self.subject.restart()?;
        self.connection = connect(&self.subject).await?;
        let all = ConnectListAllDomainsFlags::empty();
        for domain in self.connection.list_all_domains(all).await? {
            let flags = DomainUndefineFlagsValues::NVRAM
                | DomainUndefineFlagsValues::SNAPSHOTS_METADATA
                | DomainUndefineFlagsValues::MANAGED_SAVE;
            domain.undefine(flags).await?;
        }
        Ok(())
    }
}

async fn connect(subject: &Subject) -> Result<Connection, Failure> {
    let options = ferrovirt::options().call_timeout(ANSWER_WITHIN);
    Ok(options.open(Some(&subject.uri())).await?)
}
