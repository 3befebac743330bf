//! `domxml-to-native`: the hypervisor's own form of a domain.

use ferrovirt::XmlOptions;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::shell::{Shell, read_file};

pub(crate) const COMMAND: Command = Command {
    name: "domxml-to-native",
    group: Group::Host,
    summary: "Convert domain XML to native config",
    description: "Convert domain XML config to a native guest configuration format.",
    options: &[
        Opt::text("format", "target config data type format").required(),
        Opt::text("domain", "domain name, id or uuid")
            .named()
            .completed_by(Complete::Domain),
        Opt::text("xml", "xml data file to export from")
            .named_only()
            .completed_by(Complete::File),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    native: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let format = arguments.required("format")?;
    let xml = match (arguments.text("xml"), arguments.text("domain")) {
        (Some(file), None) => read_file(file)?,
        (None, Some(_)) => {
            shell
                .domain(arguments)
                .await?
                .xml(XmlOptions::empty())
                .await?
        }
        (Some(_), Some(_)) => {
            return Err(Failure::Exclusive {
                one: "domain",
                other: "xml",
            });
        }
        (None, None) => {
            return Err(Failure::Usage {
                what: "need either domain or domain XML",
            });
        }
    };
    let connection = shell.connection().await?;
    let native = connection.domain_xml_to_native(format, &xml).await?;
    shell.show(arguments, &Shown { native }, |shown| shown.native.clone())
}
