//! `vol-wipe`: overwrite a volume.

use ferrovirt::enums::StorageVolWipeAlgorithm as Algorithm;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{POOL_OF_VOLUME, VOLUME};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-wipe",
    group: Group::Volume,
    summary: "wipe a vol",
    description: "Ensure data previously on a volume is not accessible to future reads.",
    options: &[
        VOLUME,
        POOL_OF_VOLUME,
        Opt::text("algorithm", "perform selected wiping algorithm").named(),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let volume = shell.volume(arguments).await?;
    let name = volume.name();
    let wiped = match arguments.text("algorithm") {
        None => volume.wipe().await,
        Some(word) => volume.wipe_pattern(algorithm(word)?).await,
    };
    wiped.map_err(Failure::call(format!("Failed to wipe vol {name}")))?;
    shell.note(&format!("Vol {name} wiped"))
}

fn algorithm(word: &str) -> Result<Algorithm, Failure> {
    Ok(match word {
        "zero" => Algorithm::Zero,
        "nnsa" => Algorithm::Nnsa,
        "dod" => Algorithm::Dod,
        "bsi" => Algorithm::Bsi,
        "gutmann" => Algorithm::Gutmann,
        "schneier" => Algorithm::Schneier,
        "pfitzner7" => Algorithm::Pfitzner7,
        "pfitzner33" => Algorithm::Pfitzner33,
        "random" => Algorithm::Random,
        "trim" => Algorithm::Trim,
        word => {
            return Err(Failure::WipeAlgorithm {
                word: word.to_owned(),
            });
        }
    })
}
