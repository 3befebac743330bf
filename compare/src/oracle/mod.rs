//! What both daemons make of a folder's documents, held against each other document by document:
//! accepted or refused and with which code, the completed XML, what validation says, the arguments
//! of QEMU.
//!
//! `cargo xtask oracle FOLDER [--json] [--only WORD] [--limit N]`. No guest is started. What
//! `docs/differences.md` gives a reason for is shown and not counted; anything else that differs
//! makes the program fail.

mod arguments;
mod canonical;
mod compare;
mod documents;
mod domain;
mod known;
mod mask;
mod options;
mod record;
mod report;
mod shell;
mod side;
mod snapshot;

use std::rc::Rc;

use crate::failure::Failure;
use crate::subject::Kind;

use compare::Verdict;
use documents::Document;
use known::Known;
use options::Options;
use report::Report;
use side::Side;
use snapshot::Images;

/// Runs it. False when there are differences without a reason.
pub(crate) async fn run(arguments: &[String]) -> Result<bool, Failure> {
    let options = Options::read(arguments)?;
    if !Kind::installed().contains(&Kind::Libvirt) {
        println!("skipped: the C libvirtd is not installed (package libvirt-daemon)");
        return Ok(true);
    }
    let known = Known::read()?;
    let (documents, passed_over) = documents::below(&options)?;
    let images = Rc::new(Images::new()?);
    let mut ours = Side::start(Kind::Ferrovirt, Rc::clone(&images)).await?;
    let mut theirs = Side::start(Kind::Libvirt, images).await?;
    let mut report = Report::new(options.json, passed_over);
    for document in &documents {
        let verdict = judge(document, &mut ours, &mut theirs, &known).await?;
        report.add(document, verdict);
    }
    report.restarts = [ours.restarts, theirs.restarts];
    Ok(report.finish(&known))
}

async fn judge(
    document: &Document,
    ours: &mut Side,
    theirs: &mut Side,
    known: &Known,
) -> Result<Verdict, Failure> {
    let theirs = theirs.ask(document).await?;
    let ours = ours.ask(document).await?;
    let mut verdict = compare::compare(document, &ours, &theirs);
    known.explain(document, &mut verdict);
    Ok(verdict)
}
