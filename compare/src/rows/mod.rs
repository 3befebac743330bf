//! The rows: one file per budget of the design.

mod calls;
mod capabilities;
mod define;
mod documents;
mod fifty;
mod hung;
mod lifecycle;
mod memory;
mod ready;
mod restart;

use std::future::Future;
use std::pin::Pin;

use ferrovirt::Connection;

use crate::failure::Failure;
use crate::report::Figure;
use crate::statistics::Samples;
use crate::subject::{Kind, Subject};

/// A row: its name and how it is measured.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) measure: fn() -> Measuring,
}

/// The work of a row.
pub(crate) type Measuring = Pin<Box<dyn Future<Output = Result<Vec<Figure>, Failure>>>>;

/// Every row, in the order of the design's table.
pub(crate) static ALL: &[Row] = &[
    Row {
        name: "lifecycle",
        measure: || Box::pin(lifecycle::measure()),
    },
    Row {
        name: "fifty",
        measure: || Box::pin(fifty::measure()),
    },
    Row {
        name: "capabilities",
        measure: || Box::pin(capabilities::measure()),
    },
    Row {
        name: "ready",
        measure: || Box::pin(ready::measure()),
    },
    Row {
        name: "memory",
        measure: || Box::pin(memory::measure()),
    },
    Row {
        name: "define",
        measure: || Box::pin(define::measure()),
    },
    Row {
        name: "restart",
        measure: || Box::pin(restart::measure()),
    },
    Row {
        name: "calls",
        measure: || Box::pin(calls::measure()),
    },
    Row {
        name: "documents",
        measure: || Box::pin(documents::measure()),
    },
    Row {
        name: "hung",
        measure: || Box::pin(hung::measure()),
    },
];

/// What each daemon gave.
#[derive(Default)]
struct Pair {
    ours: Samples,
    theirs: Samples,
}

impl Pair {
    fn of(&mut self, kind: Kind) -> &mut Samples {
        match kind {
            Kind::Ferrovirt => &mut self.ours,
            Kind::Libvirt => &mut self.theirs,
        }
    }
}

/// A daemon with a connection to it.
struct Served {
    kind: Kind,
    subject: Subject,
    connection: Connection,
}

/// All installed daemons, started and connected to.
async fn serve_all() -> Result<Vec<Served>, Failure> {
    let mut served = Vec::new();
    for kind in Kind::installed() {
        let subject = Subject::start(kind)?;
        let connection = connect(&subject).await?;
        served.push(Served {
            kind,
            subject,
            connection,
        });
    }
    Ok(served)
}

async fn connect(subject: &Subject) -> Result<Connection, Failure> {
    Ok(ferrovirt::options().open(Some(&subject.uri())).await?)
}
