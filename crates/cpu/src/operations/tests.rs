//! The answers are those of libvirt 11.3 to the same questions.

use super::*;

fn host(model: &str, rest: &str) -> Definition {
    let text = format!("<cpu><arch>x86_64</arch><model>{model}</model>{rest}</cpu>");
    Definition::parse_host(&text, false).unwrap()
}

fn guest(text: &str) -> Definition {
    Definition::parse(text, false).unwrap()
}

/// A baseline of models, written as `MODEL +required -disabled`.
fn check_baseline(models: &[(&str, &str)], expected: &str) {
    let cpus: Vec<_> = models
        .iter()
        .map(|(model, rest)| host(model, rest))
        .collect();
    let found = baseline(&cpus, &Limits::default()).map(|cpu| short(&cpu));
    assert_eq!(found.unwrap_or_else(|error| error.to_string()), expected);
}

fn short(cpu: &Cpu) -> String {
    let model = cpu.model.as_ref().unwrap();
    let mut text = model.name.clone().unwrap();
    if model.fallback == Some(CpuFallback::Forbid) {
        text.push('!');
    }
    if let Some(vendor) = &cpu.vendor {
        text.push_str(&format!(" ({vendor})"));
    }
    for feature in &cpu.features {
        let sign = match feature.policy {
            Some(documents::domain::CpuFeaturePolicy::Disable) => '-',
            _ => '+',
        };
        text.push_str(&format!(" {sign}{}", feature.name));
    }
    text
}

#[test]
fn one_model_is_its_own_baseline() {
    check_baseline(&[("Haswell", "")], "Haswell!");
    check_baseline(&[("Icelake-Server", "")], "Icelake-Server! -intel-pt -mpx");
    check_baseline(
        &[("Icelake-Server-v1", "")],
        "Icelake-Server -intel-pt -mpx",
    );
    check_baseline(
        &[("kvm64", "<feature name='aes' policy='disable'/>")],
        "kvm64! +aes",
    );
}

#[test]
fn the_newest_model_that_all_have_is_the_baseline() {
    let intel = "<vendor>Intel</vendor>";
    check_baseline(&[("Haswell", ""), ("Skylake-Client", "")], "Haswell");
    check_baseline(
        &[("Haswell", intel), ("Skylake-Client", intel)],
        "Haswell (Intel)",
    );
    let avx = "<vendor>Intel</vendor><feature name='avx'/>";
    check_baseline(
        &[("Westmere", avx), ("IvyBridge", intel)],
        "Westmere (Intel) +avx",
    );
    check_baseline(
        &[("EPYC-Rome-v4", ""), ("EPYC-Genoa", "")],
        "EPYC-Rome +ibrs +amd-ssbd",
    );
    check_baseline(
        &[("EPYC-Rome-v4", ""), ("Opteron_G3", "")],
        "Opteron_G3 -monitor",
    );
    check_baseline(
        &[("SierraForest", intel), ("Skylake-Server-v5", intel)],
        "Denverton (Intel) +fma +pcid +avx +f16c +bmi1 +avx2 +bmi2 +invpcid +adx +clwb +pku +xsaves +abm \
         +vmx-xsaves -mpx -clflushopt -sha-ni -arch-capabilities -ssbd -rdctl-no -skip-l1dfl-vmentry",
    );
}

#[test]
fn makers_that_differ_have_no_baseline() {
    check_baseline(
        &[("Haswell", ""), ("Haswell", "<vendor>AMD</vendor>")],
        "CPU vendor Intel of model Haswell differs from vendor AMD",
    );
    check_baseline(
        &[
            ("Haswell", "<vendor>Intel</vendor>"),
            ("EPYC", "<vendor>AMD</vendor>"),
        ],
        "CPU vendors do not match",
    );
    check_baseline(
        &[("kvm64", "<vendor>Foo</vendor>")],
        "Unknown CPU vendor Foo",
    );
    check_baseline(&[("Nope", "")], "Unknown CPU model Nope");
    check_baseline(
        &[("kvm64", "<feature name='foo'/>")],
        "Unknown CPU feature foo",
    );
    // Nobody names a maker, and neither model of the first is asked.
    check_baseline(
        &[("Haswell", ""), ("EPYC", "")],
        "kvm64 +pclmuldq +ssse3 +fma +sse4.1 +sse4.2 +movbe +popcnt +aes +xsave +avx +fsgsbase +bmi1 +avx2 +smep \
         +bmi2 +lahf_lm +rdtscp",
    );
}

#[test]
fn non_migratable_features_are_left_out_where_asked() {
    let limits = Limits {
        migratable: true,
        ..Limits::default()
    };
    let cpu = baseline(&[host("qemu64", "<feature name='invtsc'/>")], &limits).unwrap();
    assert_eq!(short(&cpu), "qemu64!");
}

#[test]
fn an_expanded_cpu_lists_every_feature_by_name() {
    let mut cpu = baseline(
        &[host("Haswell", "<feature name='vmx'/>")],
        &Limits::default(),
    )
    .unwrap();
    expand("x86_64", &mut cpu).unwrap();
    let names: Vec<_> = cpu
        .features
        .iter()
        .map(|feature| feature.name.as_str())
        .collect();
    assert_eq!(names.len(), 51);
    assert_eq!(names.first(), Some(&"aes"));
    assert_eq!(
        names.get(47..),
        Some(&["tsc-deadline", "vmx", "x2apic", "xsave"][..])
    );
}

#[test]
fn other_architectures_know_less() {
    let arch = |arch: &str, model: &str| {
        let text = format!("<cpu><arch>{arch}</arch><model>{model}</model></cpu>");
        Definition::parse_host(&text, false).unwrap()
    };
    let none = Limits::default();
    let fails = |cpus: &[Definition]| baseline(cpus, &none).unwrap_err();
    assert_eq!(
        short(&baseline(&[arch("aarch64", "foo"), arch("aarch64", "bar")], &none).unwrap()),
        "foo"
    );
    assert_eq!(
        short(&baseline(&[arch("ppc64le", "POWER8")], &none).unwrap()),
        "POWER8!"
    );
    let mixed = [arch("ppc64", "POWER8"), arch("ppc64", "POWER9")];
    assert_eq!(fails(&mixed), CpuError::NothingInCommon);
    assert!(matches!(
        fails(&[arch("ppc64", "power8")]),
        CpuError::UnknownModel { .. }
    ));
    assert!(matches!(
        fails(&[arch("s390x", "z13")]),
        CpuError::NoBaseline { .. }
    ));
    assert!(matches!(
        fails(&[arch("mips", "x")]),
        CpuError::ArchNotSupported { .. }
    ));
    assert_eq!(model_names("aarch64").unwrap(), Vec::<&str>::new());
    assert_eq!(model_names("ppc64").unwrap().len(), 7);
    assert!(model_names("i686").unwrap().contains(&"EPYC-v4"));
    assert!(model_names("mips").is_err());
}

fn check_compare(cpu: &str, expected: &str) {
    let host = host("EPYC-Rome", "<vendor>AMD</vendor><feature name='invtsc'/>");
    let found = match compare("x86_64", Some(&host), &guest(cpu)) {
        Err(error) => error.to_string(),
        Ok(Comparison::Identical) => "identical".to_owned(),
        Ok(Comparison::Superset) => "superset".to_owned(),
        Ok(Comparison::Incompatible(reason)) => reason,
    };
    assert_eq!(found, expected, "{cpu}");
}

#[test]
fn a_host_is_compared_feature_by_feature() {
    check_compare("<cpu><model>EPYC-Rome</model></cpu>", "superset");
    check_compare(
        "<cpu><model>EPYC-Rome</model><feature name='invtsc'/></cpu>",
        "identical",
    );
    check_compare("<cpu mode='host-model'/>", "superset");
    check_compare(
        "<cpu match='strict'><model>EPYC-Rome</model></cpu>",
        "Host CPU does not strictly match guest CPU: Extra features: invtsc",
    );
    check_compare(
        "<cpu><model>Haswell</model></cpu>",
        "Host CPU does not provide required features: pcid, x2apic, tsc-deadline, hle, erms, invpcid, rtm",
    );
    check_compare(
        "<cpu><model>Haswell</model><vendor>Intel</vendor></cpu>",
        "host CPU vendor does not match required CPU vendor Intel",
    );
    check_compare(
        "<cpu><model>kvm64</model><feature name='aes' policy='forbid'/></cpu>",
        "Host CPU provides forbidden features: aes",
    );
    check_compare(
        "<cpu><model>kvm64</model><feature name='hle' policy='force'/><feature name='rtm' policy='optional'/></cpu>",
        "superset",
    );
    check_compare(
        "<cpu><arch>aarch64</arch><model>EPYC</model></cpu>",
        "CPU arch aarch64 does not match host arch",
    );
    check_compare("<cpu><model>Nope</model></cpu>", "Unknown CPU model Nope");
}

fn check_refused(text: &str, expected: &str) {
    let error = Definition::parse(text, false).unwrap_err();
    assert_eq!(error.to_string(), expected, "{text}");
}

#[test]
fn a_description_that_contradicts_itself_is_refused() {
    check_refused(
        "<cpu><arch>foo</arch><model>EPYC</model></cpu>",
        "Unknown architecture foo",
    );
    check_refused("<cpu><arch>x86_64</arch></cpu>", "Missing CPU model name");
    check_refused("<foo/>", "XML does not contain expected 'cpu' element");
    check_refused(
        "<cpu match='exact'><arch>x86_64</arch><model>kvm64</model></cpu>",
        "'arch' element cannot be used inside 'cpu' element with 'match' attribute",
    );
    check_refused(
        "<cpu><model>kvm64</model><feature name='aes'/><feature name='aes'/></cpu>",
        "CPU feature 'aes' specified more than once",
    );
    check_refused(
        "<cpu><feature name='aes'/></cpu>",
        "Non-empty feature list specified without CPU model",
    );
    check_refused(
        "<cpu><vendor>AMD</vendor></cpu>",
        "CPU vendor specified without CPU model",
    );
    check_refused(
        "<cpu mode='host-model'><arch>x86_64</arch><model>kvm64</model></cpu>",
        "Attribute mode is only allowed for guest CPU",
    );
    assert!(Definition::parse_host("<cpu><model>kvm64</model></cpu>", false).is_err());
    assert!(Definition::parse("<cpu><model>kvm64</model><bogus/></cpu>", true).is_err());
    assert!(Definition::parse("<cpu><model>kvm64</model><bogus/></cpu>", false).is_ok());
    let host = "<cpu><arch>x86_64</arch><model>kvm64</model><feature name='aes'/></cpu>";
    assert!(Definition::parse(host, true).is_ok());
}
