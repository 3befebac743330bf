//! What the comparison prints: a block for each document that differs, then a summary; or JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::compare::{Difference, Verdict};
use super::documents::Document;
use super::known::Known;

/// What has been found so far.
pub(super) struct Report {
    json: bool,
    /// Documents of kinds that no daemon of ours serves.
    passed_over: usize,
    documents: usize,
    /// Documents without any difference, and those whose differences all have a reason.
    same: usize,
    explained: usize,
    tallies: BTreeMap<&'static str, Tally>,
    listed: Vec<Value>,
    /// How often our daemon and the C one had to be started again.
    pub(super) restarts: [usize; 2],
}

#[derive(Default)]
struct Tally {
    agree: usize,
    all: usize,
}

impl Report {
    pub(super) fn new(json: bool, passed_over: usize) -> Self {
        Self {
            json,
            passed_over,
            documents: 0,
            same: 0,
            explained: 0,
            tallies: BTreeMap::new(),
            listed: Vec::new(),
            restarts: [0, 0],
        }
    }

    /// Counts a document, and shows how it differs.
    pub(super) fn add(&mut self, document: &Document, verdict: Verdict) {
        self.documents += 1;
        for (what, agrees) in verdict.tallies {
            let tally = self.tallies.entry(what).or_default();
            tally.all += 1;
            tally.agree += usize::from(agrees);
        }
        let differences = verdict.differences;
        if differences.is_empty() {
            self.same += 1;
        } else if differences.iter().all(|it| it.reason.is_some()) {
            self.explained += 1;
        }
        if self.json {
            self.listed.push(as_json(document, &differences));
        } else if !differences.is_empty() {
            println!("{}/{}", document.kind.name(), document.name);
            differences.iter().for_each(show);
        }
    }

    /// Prints the summary. True when every difference has a reason.
    pub(super) fn finish(self, known: &Known) -> bool {
        let unexplained = self.documents - self.same - self.explained;
        if self.json {
            println!("{:#}", self.whole_json(unexplained));
        } else {
            self.summary(known, unexplained);
        }
        unexplained == 0
    }

    fn summary(&self, known: &Known, unexplained: usize) {
        println!("\n{:<24} {}", "documents", self.documents);
        println!("{:<24} {}", "the same in everything", self.same);
        println!("{:<24} {}", "different with reason", self.explained);
        println!("{:<24} {unexplained}", "different without");
        for (what, Tally { agree, all }) in &self.tallies {
            let percent = 100.0 * share(*agree, *all);
            println!("{what:<24} {agree} of {all} ({percent:.1} %)");
        }
        if self.passed_over > 0 {
            println!(
                "{:<24} {} (neither domains nor snapshots)",
                "passed over", self.passed_over
            );
        }
        let [ours, theirs] = self.restarts;
        println!("{:<24} ours {ours}, the C daemon {theirs}", "started again");
        for row in known.unused() {
            println!("not met here: {row}");
        }
    }

    fn whole_json(&self, unexplained: usize) -> Value {
        let tallies: BTreeMap<_, _> = self
            .tallies
            .iter()
            .map(|(what, it)| (*what, json!({ "agree": it.agree, "all": it.all })))
            .collect();
        json!({
            "summary": {
                "documents": self.documents,
                "same": self.same,
                "explained": self.explained,
                "unexplained": unexplained,
                "passed_over": self.passed_over,
                "restarts": { "ours": self.restarts[0], "theirs": self.restarts[1] },
                "agreement": tallies,
            },
            "documents": self.listed,
        })
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    number(part) / number(whole).max(1.0)
}

fn show(difference: &Difference) {
    println!("    {}: {}", difference.step, difference.what);
    if let Some(reason) = &difference.reason {
        println!("        known: {reason}");
    }
}

fn as_json(document: &Document, differences: &[Difference]) -> Value {
    let differences = differences
        .iter()
        .map(|it| json!({ "step": it.step, "what": it.what, "reason": it.reason }));
    json!({
        "kind": document.kind.name(),
        "name": document.name,
        "differences": differences.collect::<Vec<_>>(),
    })
}
