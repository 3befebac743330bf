//! How far this driver agrees with libvirt 11.3 over documents that were not written for it.
//!
//! The documents and the oracle are no part of the project; without them the test says so and passes. The floors may
//! only rise.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::exit,
    reason = "a test ends where something is not as it must be, and says so"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use qemu_driver::capabilities::Capabilities;
use serde_json::Value;

mod common;
mod shell;

use common::{arguments, capabilities, capabilities_i686, define};

/// Decisions, with error number and origin, that must agree.
const DECISIONS: usize = 440;
/// Completed documents that must agree.
const COMPLETED: usize = 327;
/// Command lines that must have the same options.
const ARGUMENTS: usize = 296;

#[test]
fn agreement_with_the_oracle_does_not_fall() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let Ok(oracle) = std::fs::read_to_string(folder.join("oracle/domain.jsonl")) else {
        println!("skipped: the corpus is not beside the project");
        return;
    };
    let emulators: BTreeMap<_, _> = [capabilities(), capabilities_i686()]
        .into_iter()
        .map(|capabilities| (capabilities.emulator.clone(), capabilities))
        .collect();
    let (mut decisions, mut completed, mut same) = (0, 0, 0);
    for line in oracle.lines() {
        let record: Value = serde_json::from_str(line).expect("the oracle is JSON");
        let name = record["name"].as_str().unwrap_or_default();
        let text = std::fs::read_to_string(folder.join(format!("domain/{name}.xml")))
            .expect("the document");
        let agreement = compare(&text, &record, &emulators);
        decisions += usize::from(agreement.decision);
        completed += usize::from(agreement.completed);
        same += usize::from(agreement.arguments);
    }
    println!("decisions {decisions}, completed {completed}, arguments {same}");
    assert!(
        decisions >= DECISIONS,
        "decisions: {decisions} of at least {DECISIONS}"
    );
    assert!(
        completed >= COMPLETED,
        "completed: {completed} of at least {COMPLETED}"
    );
    assert!(
        same >= ARGUMENTS,
        "arguments: {same} of at least {ARGUMENTS}"
    );
}

/// In what one document agrees.
#[derive(Debug, Default)]
struct Agreement {
    decision: bool,
    completed: bool,
    arguments: bool,
}

fn compare(text: &str, record: &Value, emulators: &BTreeMap<PathBuf, Capabilities>) -> Agreement {
    let accepted = record["define"]["ok"] == true;
    let expected = (
        record["define"]["code"].as_i64(),
        record["define"]["domain"].as_i64(),
    );
    let refused = |code: i64, origin: i64| Agreement {
        decision: !accepted && expected == (Some(code), Some(origin)),
        ..Agreement::default()
    };
    let named = xml::parse::<documents::domain::Domain>(text, &xml::Options::lenient())
        .ok()
        .map(|domain| qemu_driver::domain::emulator(&domain));
    let emulator = match named {
        Some(Ok(path)) => path,
        Some(Err(error)) => {
            return refused(
                i64::from(error.code().value()),
                i64::from(error.origin().value()),
            );
        }
        None => PathBuf::from("/usr/bin/qemu-system-x86_64"),
    };
    let Some(capabilities) = emulators.get(&emulator) else {
        // A binary that is not there: a system error of the driver.
        return refused(38, 10);
    };
    let checked = match define(text, capabilities) {
        Ok(checked) => checked,
        Err(refusal) => {
            let (code, origin) = refusal.public();
            return refused(i64::from(code.value()), i64::from(origin.value()));
        }
    };
    let dump = record["dumpxml"].as_str().unwrap_or_default();
    let ours = xml::format(checked.document());
    let shown = arguments(&checked, capabilities)
        .ok()
        .map(|line| line.to_shell());
    let line = record["argv"]["value"].as_str();
    Agreement {
        decision: accepted,
        completed: accepted && canonical(dump, text) == canonical(&ours, text),
        arguments: line.zip(shown).is_some_and(|(theirs, ours)| {
            shell::options(theirs, text) == shell::options(&ours, text)
        }),
    }
}

/// A document without spaces between elements, attributes in order, and without identities that were made up.
fn canonical(text: &str, source: &str) -> Option<String> {
    let document = roxmltree::Document::parse(text).ok()?;
    let mut out = String::new();
    write(document.root_element(), &source.to_lowercase(), &mut out);
    Some(out)
}

fn write(node: roxmltree::Node<'_, '_>, source: &str, out: &mut String) {
    out.push('<');
    out.push_str(node.tag_name().name());
    let mut attributes: Vec<_> = node
        .attributes()
        .map(|a| (a.name(), shell::mask(a.value(), source)))
        .collect();
    attributes.sort();
    for (name, value) in attributes {
        out.push_str(&format!(" {name}={value:?}"));
    }
    out.push('>');
    out.push_str(&shell::mask(node.text().unwrap_or_default().trim(), source));
    for child in node.children().filter(roxmltree::Node::is_element) {
        write(child, source, out);
    }
    out.push_str("</>");
}
