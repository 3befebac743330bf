//! Two daemons' answers to the same document, held against each other.

use std::collections::BTreeMap;

use super::arguments::options;
use super::canonical::{canonical, more};
use super::documents::{Document, DocumentKind};
use super::mask::Given;
use super::record::{Answer, Record};

/// More parts of a document that differ are counted, not shown.
const SHOWN: usize = 12;

/// What came of a document.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) differences: Vec<Difference>,
    /// What was held against each other, and whether it agreed.
    pub(super) tallies: Vec<(&'static str, bool)>,
}

/// One difference.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The call.
    pub(super) step: String,
    pub(super) what: String,
    /// Why it is so, where `docs/differences.md` says it.
    pub(super) reason: Option<String>,
}

/// Compares all steps that the C daemon took.
pub(super) fn compare(document: &Document, ours: &Record, theirs: &Record) -> Verdict {
    let mut comparison = Comparison {
        document,
        given: Given::by(&document.text),
        verdict: Verdict::default(),
    };
    for step in &theirs.steps {
        // What was not asked follows from an earlier step, which is a difference already.
        if let Some(ours) = ours.answer(&step.name) {
            comparison.step(&step.name, ours, &step.answer);
        }
    }
    if let Some(step) = ours.lost()
        && theirs.answer(&step.name).is_none()
    {
        comparison.differs(&step.name, "our daemon ends".to_owned());
    }
    comparison.verdict
}

struct Comparison<'a> {
    document: &'a Document,
    given: Given,
    verdict: Verdict,
}

impl Comparison<'_> {
    fn step(&mut self, name: &str, ours: &Answer, theirs: &Answer) {
        let decision = match (ours, theirs) {
            (Answer::Lost(_), Answer::Lost(_)) => Some("both daemons end".to_owned()),
            (Answer::Lost(how), _) => Some(format!("our daemon ends ({how})")),
            (_, Answer::Lost(_)) => Some(format!("the C daemon ends; ours {}", words(ours))),
            (Answer::Refused { .. }, Answer::Refused { .. }) => None,
            (Answer::Refused { .. }, _) | (_, Answer::Refused { .. }) => Some(format!(
                "the C daemon {}; ours {}",
                words(theirs),
                words(ours)
            )),
            _ => None,
        };
        self.tally(decision_of(name), decision.is_none());
        if let Some(what) = decision {
            return self.differs(name, what);
        }
        match (ours, theirs) {
            (Answer::Refused { .. }, Answer::Refused { .. }) => self.codes(name, ours, theirs),
            (Answer::Document(ours), Answer::Document(theirs)) => {
                self.documents(name, ours, theirs);
            }
            (Answer::Arguments(ours), Answer::Arguments(theirs)) => {
                self.arguments(name, ours, theirs);
            }
            _ => {}
        }
    }

    fn codes(&mut self, name: &str, ours: &Answer, theirs: &Answer) {
        let code = |it: &Answer| match it {
            Answer::Refused { code, origin, .. } => Some((*code, *origin)),
            _ => None,
        };
        let same = code(ours) == code(theirs);
        self.tally("error codes", same);
        if !same {
            let what = format!("the C daemon {}; ours {}", words(theirs), words(ours));
            self.differs(name, what);
        }
    }

    fn documents(&mut self, name: &str, ours: &str, theirs: &str) {
        let form = |text: &str| canonical(&self.prepared(text));
        let (Some(ours), Some(theirs)) = (form(ours), form(theirs)) else {
            self.tally("completed XML", false);
            return self.differs(name, "it is no XML".to_owned());
        };
        self.tally("completed XML", ours == theirs);
        if ours.facts == theirs.facts && ours != theirs {
            let mut pairs = ours.elements.iter().zip(&theirs.elements);
            let first = pairs.find(|(ours, theirs)| ours != theirs);
            let (ours, theirs) = first.unzip();
            let shown = |it: Option<&String>| it.map_or("", |it| it.trim()).to_owned();
            let what = format!(
                "only the order of elements differs: ours has '{}' where the C daemon has '{}'",
                shown(ours),
                shown(theirs)
            );
            self.differs(name, what);
        }
        self.parts(name, &ours.facts, &theirs.facts);
    }

    /// The text without what the daemons make up.
    fn prepared(&self, text: &str) -> String {
        let mut text = self.given.mask(text);
        if self.document.kind == DocumentKind::Snapshot {
            for element in ["name", "creationTime"] {
                let shown = child(&text, element);
                if shown != child(&self.document.text, element)
                    && let Some(shown) = shown
                {
                    text = text.replace(&shown, "GENERATED");
                }
            }
        }
        text
    }

    fn arguments(&mut self, name: &str, ours: &str, theirs: &str) {
        let form = |line: &str| options(&self.given.mask(line));
        let (Some(ours), Some(theirs)) = (form(ours), form(theirs)) else {
            self.tally("arguments", false);
            return self.differs(name, "they are no command line".to_owned());
        };
        self.tally("arguments", ours == theirs);
        self.parts(name, &ours, &theirs);
    }

    /// What either side has alone.
    fn parts(
        &mut self,
        name: &str,
        ours: &BTreeMap<String, usize>,
        theirs: &BTreeMap<String, usize>,
    ) {
        let lacks = more(theirs, ours);
        let lacks = lacks.into_iter().map(|it| format!("ours lacks {it}"));
        let besides = more(ours, theirs);
        let besides = besides.into_iter().map(|it| format!("ours has {it}"));
        let all: Vec<String> = lacks.chain(besides).collect();
        let left = all.len().saturating_sub(SHOWN);
        for what in all.into_iter().take(SHOWN) {
            self.differs(name, what);
        }
        if left > 0 {
            self.differs(name, format!("and {left} parts more"));
        }
    }

    fn tally(&mut self, what: &'static str, agrees: bool) {
        self.verdict.tallies.push((what, agrees));
    }

    fn differs(&mut self, step: &str, what: String) {
        self.verdict.differences.push(Difference {
            step: step.to_owned(),
            what,
            reason: None,
        });
    }
}

/// What the decision of a step is counted as.
fn decision_of(step: &str) -> &'static str {
    match step {
        "define" => "define: decisions",
        "dumpxml" => "dumpxml: decisions",
        "validate" => "validate: decisions",
        "native" => "native: decisions",
        "undefine" | "undefine again" => "undefine: decisions",
        _ => "snapshots: decisions",
    }
}

fn words(answer: &Answer) -> String {
    match answer {
        Answer::Refused {
            code,
            origin,
            message,
        } => format!("refuses it with {code}/{origin} ({})", message.trim()),
        Answer::Lost(_) => "ends".to_owned(),
        _ => "accepts it".to_owned(),
    }
}

/// The text of a child of the root element.
fn child(text: &str, name: &str) -> Option<String> {
    let document = roxmltree::Document::parse(text).ok()?;
    let mut children = document.root_element().children();
    let child = children.find(|it| it.has_tag_name(name))?;
    child.text().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::record::Step;
    use super::*;

    fn record(answers: &[(&str, Answer)]) -> Record {
        let steps = answers.iter().map(|(name, answer)| Step {
            name: (*name).to_owned(),
            answer: answer.clone(),
        });
        Record {
            steps: steps.collect(),
        }
    }

    fn refused(code: i32) -> Answer {
        Answer::Refused {
            code,
            origin: 10,
            message: format!("words of {code}"),
        }
    }

    /// The differences when the daemons answer a step like this.
    fn differences(kind: DocumentKind, ours: Answer, theirs: Answer) -> Vec<String> {
        let document = Document {
            name: "a".to_owned(),
            kind,
            text: "<domain/>".to_owned(),
        };
        let (ours, theirs) = (record(&[("define", ours)]), record(&[("define", theirs)]));
        let verdict = compare(&document, &ours, &theirs);
        verdict.differences.into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn messages_do_not_count_but_codes_and_decisions_do() {
        let domain = DocumentKind::Domain;
        assert!(differences(domain, refused(27), refused(27)).is_empty());
        assert_eq!(
            differences(domain, refused(1), refused(27)),
            [
                "the C daemon refuses it with 27/10 (words of 27); ours refuses it with 1/10 (words of 1)"
            ]
        );
        assert_eq!(
            differences(domain, Answer::Accepted, refused(27)),
            ["the C daemon refuses it with 27/10 (words of 27); ours accepts it"]
        );
        let lost = Answer::Lost("gone".to_owned());
        assert_eq!(
            differences(domain, Answer::Accepted, lost.clone()),
            ["the C daemon ends; ours accepts it"]
        );
        assert_eq!(
            differences(domain, lost, Answer::Accepted),
            ["our daemon ends (gone)"]
        );
    }

    #[test]
    fn parts_of_documents_are_named() {
        let document = |text: &str| Answer::Document(text.to_owned());
        assert_eq!(
            differences(
                DocumentKind::Domain,
                document("<d><a/></d>"),
                document("<d><b c='1'/></d>")
            ),
            ["ours lacks /d/b/@c='1'", "ours has /d/a"]
        );
    }

    #[test]
    fn a_made_up_name_of_a_snapshot_does_not_count() {
        let shown = |name: &str| {
            Answer::Document(format!(
                "<domainsnapshot><name>{name}</name><disks><disk file='/i.{name}'/></disks>\
                 </domainsnapshot>"
            ))
        };
        let kind = DocumentKind::Snapshot;
        assert!(differences(kind, shown("1700000001"), shown("1700000002")).is_empty());
    }
}
