//! What a daemon answered, step by step.

use ferrovirt::Error;

/// All that a daemon made of a document.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) steps: Vec<Step>,
}

/// One call.
#[derive(Debug)]
pub(super) struct Step {
    /// What was asked: `define`, `validate`, `flags=16` …
    pub(super) name: String,
    pub(super) answer: Answer,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It was accepted.
    Accepted,
    /// A document.
    Document(String),
    /// QEMU's arguments.
    Arguments(String),
    /// It was refused.
    Refused {
        /// `virErrorNumber`.
        code: i32,
        /// `virErrorDomain`.
        origin: i32,
        /// For people.
        message: String,
    },
    /// No answer: the daemon ended or hung.
    Lost(String),
}

impl Record {
    /// Notes what a call gave, and hands the result on.
    pub(super) fn note<T>(
        &mut self,
        name: &str,
        result: Result<T, Error>,
        answer: impl FnOnce(&T) -> Answer,
    ) -> Option<T> {
        let (answer, result) = match result {
            Ok(it) => (answer(&it), Some(it)),
            Err(error) => (refusal(&error), None),
        };
        self.steps.push(Step {
            name: name.to_owned(),
            answer,
        });
        result
    }

    /// Notes a call that gives nothing to look at.
    pub(super) fn decision<T>(&mut self, name: &str, result: Result<T, Error>) -> Option<T> {
        self.note(name, result, |_| Answer::Accepted)
    }

    pub(super) fn answer(&self, name: &str) -> Option<&Answer> {
        let step = self.steps.iter().find(|it| it.name == name);
        step.map(|it| &it.answer)
    }

    /// The step at which the daemon was lost.
    pub(super) fn lost(&self) -> Option<&Step> {
        let mut steps = self.steps.iter();
        steps.find(|it| matches!(it.answer, Answer::Lost(_)))
    }
}

fn refusal(error: &Error) -> Answer {
    match error {
        Error::Driver(body) => Answer::Refused {
            code: body.code.value(),
            origin: body.origin.value(),
            message: error.to_string(),
        },
        _ => Answer::Lost(error.to_string()),
    }
}
