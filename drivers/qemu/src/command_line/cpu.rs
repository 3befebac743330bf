//! `-cpu`: the model, its features, and what is told to the guest about the hypervisor.

use documents::domain::{
    Cpu, CpuCacheMode, CpuFeaturePolicy, CpuMode, Domain, Features, Hyperv, HypervMode,
    KvmFeatures, MaxPhysAddrMode, Panic, PanicModel, Switch, TimerName,
};

use cpu::x86::Table;

use super::arguments::Arguments;
use crate::capabilities::{Arch, Capabilities, HostCpu};
use crate::devices::KeyVal;

/// Adds the CPU, if the document has one.
pub(super) fn add(args: &mut Arguments, domain: &Domain, capabilities: &Capabilities) {
    let features = domain.features.clone().unwrap_or_default();
    let Some(cpu) = domain.cpu.as_deref() else {
        return;
    };
    let mut out = KeyVal::new(model(cpu));
    // What is known of other architectures' CPUs is not all that they have.
    let x86 = capabilities.arch.is_x86();
    let accelerator = capabilities.accelerator(domain.kind).filter(|_| x86);
    let known = accelerator.and_then(|accelerator| accelerator.host_cpu.as_ref());
    add_model_options(&mut out, cpu, capabilities.arch, known);
    add_timers(&mut out, domain);
    if let Some(eoi) = features.apic.and_then(|apic| apic.eoi) {
        out.switch("kvm-pv-eoi", eoi);
    }
    if let Some(spinlock) = features.pvspinlock {
        out.switch("kvm-pv-unhalt", spinlock.is_on());
    }
    if let Some(hyperv) = features.hyperv.as_deref() {
        add_hyperv(&mut out, hyperv);
    }
    let crash = |panic: &Panic| panic.model == Some(PanicModel::Hyperv);
    if domain.devices.panics.iter().any(crash) {
        out.switch("hv-crash", true);
    }
    if let Some(kvm) = &features.kvm {
        add_kvm(&mut out, kvm);
    }
    add_rest(&mut out, cpu, &features);
    args.option("cpu", out.finish());
}

/// A model of QEMU. What refers to the host stands for itself since the start was prepared.
fn model(cpu: &Cpu) -> &str {
    match cpu.mode.unwrap_or_default() {
        CpuMode::HostPassthrough => "host",
        CpuMode::Maximum => "max",
        CpuMode::Custom | CpuMode::HostModel => cpu
            .model
            .as_ref()
            .and_then(|model| model.name.as_deref())
            .unwrap_or("max"),
    }
}

/// Features that QEMU cannot turn: the guest's operating system does, or the host's.
const NOT_TURNED: &[&str] = &["cmt", "mbm_total", "mbm_local", "osxsave", "ospke"];

fn add_model_options(out: &mut KeyVal, cpu: &Cpu, emulator: Arch, known: Option<&HostCpu>) {
    // The CPUs of 32-bit emulators are not asked whether they can migrate.
    let passes = emulator == Arch::X86_64
        && matches!(cpu.mode, Some(CpuMode::HostPassthrough | CpuMode::Maximum));
    if let Some(migratable) = cpu.migratable.filter(|_| passes) {
        out.switch("migratable", migratable);
    }
    if let Some(vendor) = cpu
        .model
        .as_ref()
        .and_then(|model| model.vendor_id.as_deref())
    {
        out.pair("vendor", vendor);
    }
    for feature in &cpu.features {
        if NOT_TURNED.contains(&feature.name.as_str()) {
            continue;
        }
        let on = match feature.policy.unwrap_or_default() {
            CpuFeaturePolicy::Force | CpuFeaturePolicy::Require => true,
            // What QEMU does not know, no guest has.
            CpuFeaturePolicy::Disable | CpuFeaturePolicy::Forbid
                if known.is_some_and(|known| !known.features.contains_key(&feature.name)) =>
            {
                continue;
            }
            CpuFeaturePolicy::Disable | CpuFeaturePolicy::Forbid => false,
            CpuFeaturePolicy::Optional => continue,
        };
        out.switch(Table::to_qemu(&feature.name), on);
    }
}

fn add_timers(out: &mut KeyVal, domain: &Domain) {
    for timer in domain.clock.iter().flat_map(|clock| &clock.timers) {
        match timer.name {
            TimerName::Kvmclock => {
                if let Some(present) = timer.present {
                    out.switch("kvmclock", present);
                }
            }
            TimerName::Hypervclock if timer.present == Some(true) => out.switch("hv-time", true),
            TimerName::Tsc => out.optional("tsc-frequency", timer.frequency),
            _ => {}
        }
    }
}

/// What is told to a guest that expects Hyper-V.
fn add_hyperv(out: &mut KeyVal, hyperv: &Hyperv) {
    if hyperv.mode == Some(HypervMode::Passthrough) {
        out.pair("hv-passthrough", "on");
    }
    turn_on(out, "hv-relaxed", hyperv.relaxed);
    turn_on(out, "hv-vapic", hyperv.vapic);
    let spinlocks = hyperv.spinlocks.as_ref();
    let spinlocks = spinlocks.filter(|spinlocks| spinlocks.state.unwrap_or(true));
    if let Some(retries) = spinlocks.and_then(|spinlocks| spinlocks.retries) {
        out.pair("hv-spinlocks", &format!("{retries:#x}"));
    }
    turn_on(out, "hv-vpindex", hyperv.vpindex);
    turn_on(out, "hv-runtime", hyperv.runtime);
    turn_on(out, "hv-synic", hyperv.synic);
    let stimer = hyperv.stimer.as_ref();
    if let Some(stimer) = stimer.filter(|stimer| stimer.state.unwrap_or(true)) {
        out.switch("hv-stimer", true);
        turn_on(out, "hv-stimer-direct", stimer.direct);
    }
    turn_on(out, "hv-reset", hyperv.reset);
    let vendor = hyperv.vendor_id.as_ref();
    let vendor = vendor.filter(|vendor| vendor.state.unwrap_or(true));
    if let Some(value) = vendor.and_then(|vendor| vendor.value.as_deref()) {
        out.pair("hv-vendor-id", value);
    }
    turn_on(out, "hv-frequencies", hyperv.frequencies);
    turn_on(out, "hv-reenlightenment", hyperv.reenlightenment);
    let flush = hyperv.tlbflush.as_ref();
    if let Some(flush) = flush.filter(|flush| flush.state.unwrap_or(true)) {
        out.switch("hv-tlbflush", true);
        turn_on(out, "hv-tlbflush-direct", flush.direct);
        turn_on(out, "hv-tlbflush-ext", flush.extended);
    }
    turn_on(out, "hv-ipi", hyperv.ipi);
    turn_on(out, "hv-evmcs", hyperv.evmcs);
    turn_on(out, "hv-avic", hyperv.avic);
    turn_on(out, "hv-emsr-bitmap", hyperv.emsr_bitmap);
    turn_on(out, "hv-xmm-input", hyperv.xmm_input);
}

/// Adds an option that is off unless it is named.
fn turn_on(out: &mut KeyVal, name: &str, switch: Option<Switch>) {
    if switch.is_some_and(Switch::is_on) {
        out.switch(name, true);
    }
}

fn add_kvm(out: &mut KeyVal, kvm: &KvmFeatures) {
    if kvm.hidden.is_some_and(Switch::is_on) {
        out.switch("kvm", false);
    }
    turn_on(out, "kvm-hint-dedicated", kvm.hint_dedicated);
    turn_on(out, "kvm-poll-control", kvm.poll_control);
    // It is on by itself.
    if kvm.pv_ipi.is_some_and(|ipi| !ipi.is_on()) {
        out.switch("kvm-pv-ipi", false);
    }
}

fn add_rest(out: &mut KeyVal, cpu: &Cpu, features: &Features) {
    if let Some(pmu) = features.pmu {
        out.switch("pmu", pmu.is_on());
    }
    let passes = matches!(cpu.mode, Some(CpuMode::HostPassthrough | CpuMode::Maximum));
    match cpu.cache.as_ref().map(|cache| (cache.mode, cache.level)) {
        Some((CpuCacheMode::Passthrough, _)) => {
            out.switch("host-cache-info", true);
            out.switch("l3-cache", false);
        }
        Some((CpuCacheMode::Emulate, Some(3))) => {
            out.switch("l3-cache", true);
            if passes {
                out.switch("host-cache-info", false);
            }
        }
        Some((CpuCacheMode::Disable, _)) => {
            if passes {
                out.switch("host-cache-info", false);
            }
            out.switch("l3-cache", false);
        }
        _ => {}
    }
    if let Some(address) = &cpu.maxphysaddr {
        match address.mode {
            MaxPhysAddrMode::Passthrough => {
                out.switch("host-phys-bits", true);
                out.optional("host-phys-bits-limit", address.limit);
            }
            MaxPhysAddrMode::Emulate if matches!(address.bits, None | Some(0)) => {
                out.switch("host-phys-bits", false);
            }
            MaxPhysAddrMode::Emulate => out.optional("phys-bits", address.bits),
        }
    }
}
