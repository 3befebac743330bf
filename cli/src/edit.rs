//! The round of every `…-edit` command: fetch, edit, fetch again, define, and ask when that fails.

use crate::editor::{Answer, Draft, ask};
use crate::failure::Failure;
use crate::shell::Shell;

/// What is edited.
pub(crate) trait Edited {
    /// The document as it is now.
    async fn document(&self) -> Result<String, Failure>;

    /// Defines the object anew; checked against the schema where `validate`. Gives its name.
    async fn define(&self, text: &str, validate: bool) -> Result<String, Failure>;
}

/// How the round ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The document is as it was.
    Unchanged,
    /// The object of that name is defined anew.
    Changed(String),
}

/// Edits `object`. `validate` is none where its definition cannot be validated.
pub(crate) async fn edit(
    shell: &Shell,
    object: &impl Edited,
    validate: Option<bool>,
) -> Result<Outcome, Failure> {
    let mut before = object.document().await?;
    let draft = Draft::new(&before, ".xml")?;
    let mut validating = validate.unwrap_or(false);
    let mut edited = draft.edit().await?;
    loop {
        if edited == before {
            return Ok(Outcome::Unchanged);
        }
        let now = object.document().await?;
        let failure = if now == before {
            match object.define(&edited, validating).await {
                Ok(name) => return Ok(Outcome::Changed(name)),
                Err(failure) => failure,
            }
        } else {
            before = now;
            Failure::Usage {
                what: "The XML configuration was changed by another user.",
            }
        };
        shell.report(&failure);
        match ask(shell, "Failed.", validating)? {
            Answer::Again => edited = draft.edit().await?,
            Answer::Force => {}
            Answer::Relax => validating = false,
            Answer::Forget => return Err(Failure::EditFailed),
        }
    }
}
