//! The other devices, and how many of each kind there are, where.

use std::collections::BTreeMap;

use documents::domain::Devices;

use super::Facts;
use crate::domain::addresses;
use crate::domain::completion::os::word;

pub(super) fn tell(facts: &mut Facts, devices: &Devices) {
    tell_places(facts, devices);
    for (at, controller) in devices.controllers.iter().enumerate() {
        let what = |part: &str| format!("controller {at} {part}");
        facts.tell(what("type"), word(controller.kind));
        facts.optional(what("index"), controller.index);
        facts.optional(what("model"), controller.model.as_ref());
        facts.optional(what("ports"), controller.ports);
        facts.optional(what("vectors"), controller.vectors);
        if let Some(target) = &controller.target {
            facts.element(what("target"), target, "target");
        }
    }
    for (at, input) in devices.inputs.iter().enumerate() {
        let what = |part: &str| format!("input {at} {part}");
        facts.tell(what("type"), word(input.kind));
        facts.optional(what("bus"), input.bus.map(word));
        facts.optional(what("model"), input.model.map(word));
    }
    for (at, video) in devices.videos.iter().enumerate() {
        let Some(model) = &video.model else {
            continue;
        };
        let what = |part: &str| format!("video {at} {part}");
        facts.tell(what("type"), word(model.kind));
        facts.optional(what("ram"), model.ram);
        facts.optional(what("vram"), model.vram);
        facts.optional(what("vgamem"), model.vgamem);
        facts.optional(what("heads"), model.heads);
    }
    for (at, watchdog) in devices.watchdogs.iter().enumerate() {
        facts.tell(format!("watchdog {at} model"), word(watchdog.model));
    }
    if let Some(balloon) = &devices.memballoon {
        facts.tell("memballoon model", word(balloon.model));
    }
}

/// How many devices of each element there are, and their addresses.
fn tell_places(facts: &mut Facts, devices: &Devices) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (element, info) in addresses::infos(devices) {
        let count = counts.entry(element).or_default();
        if let Some(address) = &info.address {
            facts.element(format!("{element} {count} address"), address, "address");
        }
        *count += 1;
    }
    for (element, count) in counts {
        facts.tell(format!("{element} count"), count);
    }
}
