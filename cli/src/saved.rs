//! The files of saved domains, as commands name them.

use std::path;

use ferrovirt::flags::DomainSaveRestoreFlags as Flags;

use crate::arguments::Arguments;
use crate::command::{Complete, Opt};
use crate::failure::Failure;
use crate::objects::given;
use crate::shell::read_file;

/// The document in place of the saved one.
pub(crate) const XML: Opt = Opt::text("xml", "filename containing updated XML for the target")
    .named()
    .completed_by(Complete::File);

/// The file of a saved domain, with `help` of what is done with it.
pub(crate) const fn image(help: &'static str) -> Opt {
    Opt::text("file", help)
        .required()
        .completed_by(Complete::File)
}

/// The path of the option `file`, as the daemon needs it: from the root.
pub(crate) fn path(arguments: &Arguments) -> Result<String, Failure> {
    let word = arguments.required("file")?;
    let absolute = path::absolute(word).map_err(|cause| Failure::File {
        action: "find file",
        path: word.to_owned(),
        cause,
    })?;
    Ok(absolute.to_string_lossy().into_owned())
}

/// The document that the option `xml` names.
pub(crate) fn document(arguments: &Arguments) -> Result<Option<String>, Failure> {
    arguments.text("xml").map(read_file).transpose()
}

/// How it is saved or restored.
pub(crate) fn flags(arguments: &Arguments) -> Flags {
    given(
        arguments,
        [
            ("bypass-cache", Flags::BYPASS_CACHE),
            ("running", Flags::RUNNING),
            ("paused", Flags::PAUSED),
            ("reset-nvram", Flags::RESET_NVRAM),
        ],
    )
}
