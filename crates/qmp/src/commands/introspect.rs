//! What this QEMU understands.

use serde::Deserialize;
use serde_json::Value;

use crate::command::command;

command! {
    /// The commands (QMP: `query-commands`).
    QueryCommands = "query-commands" -> Vec<CommandInfo>
}
command! {
    /// The types of all commands and events (QMP: `query-qmp-schema`); about 200 KiB.
    QueryQmpSchema = "query-qmp-schema" -> Vec<Value>
}
command! {
    /// The options of the command line (QMP: `query-command-line-options`).
    QueryCommandLineOptions = "query-command-line-options" -> Vec<CommandLineOption>
}

/// A command (QMP: `CommandInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommandInfo {
    /// Its name.
    pub name: String,
}

/// An option of the command line (QMP: `CommandLineOptionInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommandLineOption {
    /// Its name, without the dash.
    pub option: String,
    /// What it takes.
    pub parameters: Vec<CommandLineParameter>,
}

/// A parameter (QMP: `CommandLineParameterInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommandLineParameter {
    /// Its name.
    pub name: String,
    /// `string`, `boolean`, `number` or `size`.
    pub r#type: String,
}
