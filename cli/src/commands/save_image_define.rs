//! `save-image-define`: change the document in the file of a saved domain.

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::saved::{flags, image, path};
use crate::shell::{Shell, read_file};

pub(crate) const COMMAND: Command = Command {
    name: "save-image-define",
    group: Group::Domain,
    summary: "redefine the XML for a domain's saved state file",
    description: "Replace the domain XML associated with a saved state file.",
    options: &[
        image("saved state file to modify"),
        Opt::text("xml", "filename containing updated XML for the target")
            .required()
            .completed_by(Complete::File),
        Opt::flag("running", "set domain to be running on restore"),
        Opt::flag("paused", "set domain to be paused on restore"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let file = path(arguments)?;
    let word = arguments.required("file")?;
    let xml = read_file(arguments.required("xml")?)?;
    let connection = shell.connection().await?;
    connection
        .define_saved_domain(&file, &xml, flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to update {word}")))?;
    shell.note(&format!("State file {word} updated."))
}
