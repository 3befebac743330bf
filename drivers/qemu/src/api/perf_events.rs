//! Which events of a domain are counted.

use std::sync::Arc;

use documents::domain::{Domain, Perf, PerfEvent, PerfEventName};
use driver::{Call, Error, Routes};
use protocol::flags::DomainModificationImpact as Impact;
use protocol::remote::{
    DomainGetPerfEvents, DomainGetPerfEventsArgs, DomainGetPerfEventsRet, DomainSetPerfEvents,
    DomainSetPerfEventsArgs,
};
use protocol::typed_param::TypedParam;
use rustix::process::Pid;
use xml::ScalarEnum;

use super::impact::{Affected, affected, looked_at};
use super::parameters::{self, Kind};
use super::{domain_xml, live, object};
use crate::driver::QemuDriver;
use crate::vm::request::{Action, Edit};
use crate::vm::snapshot::Snapshot;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetPerfEvents>(get)
        .on::<DomainSetPerfEvents>(set);
}

async fn get(
    call: Call<QemuDriver>,
    args: DomainGetPerfEventsArgs,
) -> Result<DomainGetPerfEventsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let flags = Impact::from_bits_truncate(args.flags.bits());
    let Affected { live, .. } = looked_at(&snapshot, flags)?;
    let document = match live {
        true => None,
        false => Some(domain_xml::document(&snapshot, true)?),
    };
    let is_on = |name| match &document {
        Some(document) => is_on(document, name),
        None => {
            let running = snapshot.state.live();
            running.is_some_and(|live| live.counters.is_enabled(name))
        }
    };
    let events = PerfEventName::VARIANTS.iter();
    let params = events.map(|name| TypedParam::new(xml::enum_name(*name), is_on(*name)));
    Ok(DomainGetPerfEventsRet {
        params: params.collect(),
    })
}

async fn set(call: Call<QemuDriver>, args: DomainSetPerfEventsArgs) -> Result<(), Error> {
    let vm = object::find(&call, &args.dom)?;
    let events = wanted(&args.params)?;
    let snapshot = vm.snapshot();
    let Affected { live, config } = affected(&snapshot, args.flags)?;
    if live {
        count(&snapshot, &events)?;
    }
    let edit = Edit {
        live,
        config,
        apply: Arc::new(move |document| write(document, &events)),
        announce: None,
    };
    Ok(vm.ask(call.driver(), Action::Edit(edit)).await?)
}

type Events = Vec<(PerfEventName, bool)>;

fn wanted(params: &[TypedParam]) -> Result<Events, Error> {
    let event = |name: &str| xml::enum_from_name::<PerfEventName>(name);
    parameters::check(params, |name| event(name).map(|_| Kind::Boolean))?;
    let events = params.iter().filter_map(|param| {
        let on = param.value.as_bool()?;
        Some((event(&param.field)?, on))
    });
    Ok(events.collect())
}

/// Begins and ends counting. What cannot be counted ends it; what was begun before goes on.
fn count(snapshot: &Snapshot, events: &Events) -> Result<(), Error> {
    let live = live::running(snapshot)?;
    let pid = Pid::from_raw(live.pid);
    for (name, on) in events {
        match (on, pid) {
            (true, Some(pid)) => {
                let enabled = live.counters.enable(*name, pid);
                enabled.map_err(|error| Error::new(error.code(), error.to_string()))?;
            }
            _ => live.counters.disable(*name),
        }
    }
    Ok(())
}

fn is_on(document: &Domain, name: PerfEventName) -> bool {
    let mut events = document.perf.iter().flat_map(|perf| &perf.events);
    events.any(|event| event.name == name && event.enabled)
}

fn write(document: &mut Domain, events: &Events) {
    let perf = document.perf.get_or_insert_with(Perf::default);
    for (name, enabled) in events {
        perf.events.retain(|event| event.name != *name);
        perf.events.push(PerfEvent {
            name: *name,
            enabled: *enabled,
        });
    }
    perf.events.sort_by_key(|event| event.name.index());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_written_once() {
        let text = "<domain type='qemu'><name>a</name><os/>\
             <perf><event name='task_clock' enabled='yes'/></perf></domain>";
        let mut document: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let params = [
            TypedParam::new("task_clock", false),
            TypedParam::new("cpu_clock", true),
        ];
        write(&mut document, &wanted(&params).unwrap());
        let events = &document.perf.as_ref().unwrap().events;
        let names: Vec<_> = events.iter().map(|event| event.name).collect();
        assert_eq!(names, [PerfEventName::CpuClock, PerfEventName::TaskClock]);
        assert!(is_on(&document, PerfEventName::CpuClock));
        assert!(!is_on(&document, PerfEventName::TaskClock));
    }
}
