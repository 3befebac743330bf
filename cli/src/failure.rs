//! What can go wrong in `virsh`, in the words that its users know, with a hint where one helps.

use std::io;

use ferrovirt::kernel_words;

use crate::size::SizeError;
use crate::xpath::XPathError;

/// Why a command, or the program, ended without success.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Failure {
    #[error("unknown command: '{name}'")]
    UnknownCommand { name: String },
    #[error("command or command group '{name}' doesn't exist")]
    UnknownHelp { name: String },
    #[error("command '{command}' doesn't support option --{option}")]
    UnknownOption {
        command: &'static str,
        option: String,
    },
    #[error("command '{command}' requires {option} option")]
    RequiredOption {
        command: &'static str,
        option: String,
    },
    #[error("option --{name} is required")]
    MissingOption { name: &'static str },
    #[error("Failed to get option '{name}': Option argument is empty")]
    EmptyOption { name: &'static str },
    #[error("expected syntax: --{name} <{kind}>")]
    MissingValue {
        name: &'static str,
        kind: &'static str,
    },
    #[error("invalid '=' after option --{name}")]
    FlagWithValue { name: &'static str },
    #[error("option --{name} already seen")]
    OptionTwice { name: &'static str },
    #[error("unexpected data '{word}'")]
    UnexpectedData { word: String },
    #[error("Numeric value '{text}' for <{name}> option is malformed or out of range")]
    BadNumber { name: &'static str, text: String },
    #[error("Scaled numeric value '{text}' for <{name}> option is malformed or out of range")]
    BadScaled { name: &'static str, text: String },
    #[error("Options --{one} and --{other} are mutually exclusive")]
    Exclusive {
        one: &'static str,
        other: &'static str,
    },
    #[error(
        "Unknown mode {mode} value, expecting 'acpi', 'agent', 'initctl', 'signal'{or} 'paravirt'"
    )]
    UnknownMode {
        mode: String,
        /// How the last word is joined, as scripts know it from each command.
        or: &'static str,
    },
    #[error("Interface ({kind}: {word}) not found.")]
    NoInterface { kind: &'static str, word: String },
    #[error("vcpu {vcpu} is out of range of {of} cpu count {count}")]
    NoVcpu {
        vcpu: u32,
        of: &'static str,
        count: usize,
    },
    #[error("Unable to parse FD number '{word}'")]
    NoFdNumber { word: String },
    #[error("Cannot duplicate FD {number}: {}", kernel_words(cause))]
    Fd { number: i32, cause: io::Error },
    /// There is nothing to show, which the exit code tells.
    #[error("nothing to show")]
    Nothing,
    #[error("invalid scheduler option: {field}")]
    SchedulerOption { field: String },
    #[error("invalid argument: Invalid value for field '{field}': expected {expected}")]
    BadField {
        field: String,
        expected: &'static str,
    },
    #[error("Unknown data source '{word}'")]
    AddressSource { word: String },
    #[error("Invalid cpulist '{word}'")]
    CpuList { word: String },
    #[error("CPU {cpu} in cpulist '{word}' exceed the maxcpu {count}")]
    CpuListBeyond { cpu: u32, word: String, count: u32 },
    #[error(
        "File '{path}' does not contain any <cpu> element or valid domain XML, host capabilities XML, or domain capabilities XML"
    )]
    NoCpu { path: String },
    #[error("Input secret value is missing")]
    NoSecretValue,
    #[error("'{path}' holds no base64: use --plain for a value as it is")]
    Base64 { path: String },
    #[error("unknown event type {word}")]
    UnknownEvent { word: String },
    #[error("the console's stream ended")]
    Stream(#[source] ferrovirt::StreamError),
    #[error("missing {quote}")]
    OpenQuote { quote: char },
    #[error("dangling \\")]
    DanglingBackslash,
    #[error("unsupported option '{option}'. See --help.")]
    UnsupportedOption { option: String },
    #[error("option '-{short}'/'--{long}' requires an argument")]
    OptionWithoutValue { short: char, long: &'static str },
    #[error("Invalid value for option -{option}")]
    BadOption { option: char },
    #[error("option -{option} requires a positive integer argument")]
    NegativeOption { option: char },
    #[error("Invalid string '{value}' for escape sequence")]
    Escape { value: String },
    #[error("{what}")]
    Usage { what: &'static str },
    #[error("failed to get domain '{word}'")]
    NoDomain { word: String },
    #[error("pool '{pool}' is not active")]
    InactivePool { pool: String },
    #[error("Requested volume '{volume}' is not in pool '{pool}'")]
    OtherPool { volume: String, pool: String },
    #[error("Malformed device value '{word}'")]
    MalformedDevice { word: String },
    #[error("Invalid pool type '{word}'")]
    PoolType { word: String },
    #[error("Unsupported algorithm '{word}'")]
    WipeAlgorithm { word: String },
    /// An object was found, but not by what it is to be found by.
    #[error("failed to get {kind} '{word}'")]
    NotFoundSo { kind: &'static str, word: String },
    #[error("Malformed size {text}")]
    Size {
        text: String,
        #[source]
        cause: SizeError,
    },
    #[error("{what}")]
    Connection {
        what: String,
        #[source]
        source: ferrovirt::Error,
    },
    #[error("{what}")]
    Call {
        what: String,
        #[source]
        source: ferrovirt::Error,
    },
    #[error("{0}")]
    Plain(#[from] ferrovirt::Error),
    #[error("Failed to {action} '{path}': {}", kernel_words(cause))]
    File {
        action: &'static str,
        path: String,
        /// The message has it, as scripts know it.
        cause: io::Error,
    },
    #[error("the editor '{editor}' left '{path}' with {status}")]
    Editor {
        editor: String,
        path: String,
        status: String,
    },
    #[error("the document was refused and the changes are thrown away")]
    EditFailed,
    #[error(transparent)]
    XPath(#[from] XPathError),
    #[error("cd: {}: {path}", kernel_words(cause))]
    Directory { path: String, cause: io::Error },
    #[error("cannot write the output")]
    Output(#[source] io::Error),
}

impl Failure {
    /// `what` failed because of `source`: two lines, as `virsh` prints them.
    pub(crate) fn call(what: impl Into<String>) -> impl FnOnce(ferrovirt::Error) -> Self {
        let what = what.into();
        move |source| Self::Call { what, source }
    }
}
