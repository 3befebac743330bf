//! `cpu-compare`: whether the host's processor has what another one has.

use ferrovirt::enums::CpuCompareResult as Answer;
use ferrovirt::flags::ConnectCompareCpuFlags as Flags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::cpu_document;
use crate::failure::Failure;
use crate::objects::given;
use crate::shell::Shell;

/// The file, and how it is compared.
pub(super) const FILE: Opt = Opt::text("file", "file containing an XML CPU description")
    .required()
    .completed_by(crate::command::Complete::File);
pub(super) const ERROR: Opt = Opt::flag("error", "report error if CPUs are incompatible");
pub(super) const VALIDATE: Opt = Opt::flag("validate", "validate the XML document against schema");

pub(crate) const COMMAND: Command = Command {
    name: "cpu-compare",
    group: Group::Host,
    summary: "compare host CPU with a CPU described by an XML file",
    description: "compare CPU with host CPU.",
    options: &[FILE, ERROR, VALIDATE],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    result: &'static str,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.required("file")?;
    let cpus = cpu_document::of_file(arguments)?;
    let cpu = cpus.into_iter().next().unwrap_or_default();
    let connection = shell.connection().await?;
    let answer = connection
        .compare_cpu(&cpu, flags(arguments))
        .await
        .map_err(Failure::call(format!(
            "Failed to compare host CPU with {path}"
        )))?;
    let sentences = [
        format!("CPU described in {path} is incompatible with host CPU"),
        format!("CPU described in {path} is identical to host CPU"),
        format!("Host CPU is a superset of CPU described in {path}"),
        format!("Failed to compare host CPU with {path}"),
    ];
    tell(shell, arguments, answer, sentences)
}

pub(super) fn flags(arguments: &Arguments) -> Flags {
    given(
        arguments,
        [
            ("error", Flags::FAIL_INCOMPATIBLE),
            ("validate", Flags::VALIDATE_XML),
        ],
    )
}

/// Tells the answer by its sentence: incompatible, identical, superset, failed. The exit code tells
/// whether a guest with that processor could run.
pub(super) fn tell(
    shell: &Shell,
    arguments: &Arguments,
    answer: Answer,
    sentences: [String; 4],
) -> Result<(), Failure> {
    let [incompatible, identical, superset, failed] = sentences;
    let (result, sentence) = match answer {
        Answer::Incompatible => ("incompatible", incompatible),
        Answer::Identical => ("identical", identical),
        Answer::Superset => ("superset", superset),
        Answer::Error | Answer::Unrecognized(_) => ("error", failed),
    };
    shell.show(arguments, &Shown { result }, |_| sentence + "\n")?;
    match answer {
        Answer::Identical | Answer::Superset => Ok(()),
        Answer::Incompatible | Answer::Error | Answer::Unrecognized(_) => Err(Failure::Nothing),
    }
}
