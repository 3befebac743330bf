//! `schedinfo`: show or set how a domain gets its share of the host's processors.

use ferrovirt::flags::DomainModificationImpact as Impact;
use ferrovirt::{Domain, TypedParam};
use serde_json::Map;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::metadata::impact;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::typed;

pub(crate) const COMMAND: Command = Command {
    name: "schedinfo",
    group: Group::Domain,
    summary: "show/set scheduler parameters",
    description: "Show/Set scheduler parameters.",
    options: &[
        DOMAIN,
        Opt::number("weight", "weight for XEN_CREDIT").named_only(),
        Opt::number("cap", "cap for XEN_CREDIT").named_only(),
        Opt::flag("current", "get/set current scheduler info"),
        Opt::flag("config", "get/set value to be used on next boot"),
        Opt::flag("live", "get/set value from running domain"),
        Opt::rest("set", "parameter=value"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let of = Of::given(arguments)?;
    let domain = shell.domain(arguments).await?;
    let (scheduler, count) = domain.scheduler().await?;
    let json = arguments.flag("json");
    if !json {
        shell.line(&format!("{:<15}: {scheduler}", "Scheduler"))?;
    }
    let mut params = of.read(&domain, count).await?;
    let changes = changes(arguments, &params)?;
    if changes.is_empty() {
        if of.0 == Some(Impact::LIVE | Impact::CONFIG) {
            let what = "cannot query both live and config at once";
            return Err(Failure::Usage { what });
        }
    } else {
        of.write(&domain, changes).await?;
        params = of.read(&domain, count).await?;
    }
    if json {
        let values = params.iter();
        let values: Map<_, _> = values
            .map(|it| (it.field.clone(), typed::json(&it.value)))
            .collect();
        let shown = serde_json::json!({ "scheduler": scheduler, "parameters": values });
        return shell.show(arguments, &shown, |_| String::new());
    }
    params
        .iter()
        .try_for_each(|it| shell.line(&format!("{:<15}: {}", it.field, typed::text(&it.value))))
}

/// Which state of the domain is meant; with no word of it the old calls do, which every driver has.
struct Of(Option<Impact>);

impl Of {
    fn given(arguments: &Arguments) -> Result<Self, Failure> {
        let impact = impact(arguments)?;
        let said = arguments.flag("current") || !impact.is_empty();
        Ok(Self(said.then_some(impact)))
    }

    async fn read(&self, domain: &Domain, count: i32) -> Result<Vec<TypedParam>, Failure> {
        Ok(match self.0 {
            // Both cannot be read at once; when they were set they are the same.
            Some(of) if of == Impact::LIVE | Impact::CONFIG => {
                domain.scheduler_parameters_of(count, Impact::empty()).await
            }
            Some(of) => domain.scheduler_parameters_of(count, of).await,
            None => domain.scheduler_parameters(count).await,
        }?)
    }

    async fn write(&self, domain: &Domain, changes: Vec<TypedParam>) -> Result<(), Failure> {
        Ok(match self.0 {
            Some(of) => domain.set_scheduler_parameters_of(changes, of).await,
            None => domain.set_scheduler_parameters(changes).await,
        }?)
    }
}

/// What is to be set, each in the type that the scheduler's parameter has.
fn changes(arguments: &Arguments, known: &[TypedParam]) -> Result<Vec<TypedParam>, Failure> {
    let mut changes = Vec::new();
    for word in arguments.words("set") {
        let (field, text) = word.split_once('=').ok_or(Failure::Usage {
            what: "Invalid syntax for --set, expecting name=value",
        })?;
        changes.push(change(field, text, known)?);
    }
    for field in ["cap", "weight"] {
        if let Some(text) = arguments.text(field) {
            changes.push(change(field, text, known)?);
        }
    }
    Ok(changes)
}

fn change(field: &str, text: &str, known: &[TypedParam]) -> Result<TypedParam, Failure> {
    let param = known.iter().find(|param| param.field == field);
    let param = param.ok_or_else(|| Failure::SchedulerOption {
        field: field.to_owned(),
    })?;
    let value = typed::read(&param.value, text).map_err(|expected| Failure::BadField {
        field: field.to_owned(),
        expected,
    })?;
    Ok(TypedParam {
        field: field.to_owned(),
        value,
    })
}

#[cfg(test)]
mod tests {
    use ferrovirt::TypedParamValue as Value;

    use super::*;

    #[test]
    fn a_change_has_the_type_of_its_parameter() {
        let known = [TypedParam {
            field: "shares".to_owned(),
            value: Value::ULLong(1024),
        }];
        let changed = change("shares", "7", &known).map(|it| it.value);
        assert_eq!(changed.ok(), Some(Value::ULLong(7)));
        let failed = |field, text| change(field, text, &known).err().map(|it| it.to_string());
        assert_eq!(
            failed("cap", "7").as_deref(),
            Some("invalid scheduler option: cap")
        );
        assert_eq!(
            failed("shares", "x").as_deref(),
            Some("invalid argument: Invalid value for field 'shares': expected unsigned long long")
        );
    }
}
