//! The environment of a QEMU process.

use std::path::PathBuf;

use documents::domain::{Domain, Graphics};

use super::{Runtime, clock};
use crate::devices::audio;

/// QEMU gets nothing of ours: a fixed language and path, and a home of its own.
pub(super) fn environment(domain: &Domain, runtime: &Runtime) -> Vec<(String, String)> {
    let mut env = vec![
        ("LC_ALL".to_owned(), "C".to_owned()),
        (
            "PATH".to_owned(),
            "/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
        ),
    ];
    if let Some(home) = &runtime.home {
        let mut add = |name: &str, path: PathBuf| {
            env.push((name.to_owned(), path.to_string_lossy().into_owned()));
        };
        add("HOME", home.clone());
        add("XDG_DATA_HOME", home.join(".local/share"));
        add("XDG_CACHE_HOME", home.join(".cache"));
        add("XDG_CONFIG_HOME", home.join(".config"));
    }
    if let Some(zone) = domain.clock.as_ref().and_then(clock::time_zone) {
        env.push(("TZ".to_owned(), zone.to_owned()));
    }
    let audios = domain.devices.audios.iter().filter_map(audio::environment);
    env.extend(audios.map(|(name, value)| (name.to_owned(), value)));
    for graphics in &domain.devices.graphics {
        let Graphics::Sdl(sdl) = graphics else {
            continue;
        };
        let display = [("XAUTHORITY", &sdl.xauth), ("DISPLAY", &sdl.display)];
        env.extend(
            display
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))),
        );
    }
    if let Some(extra) = &domain.qemu_commandline {
        let given = extra
            .env
            .iter()
            .filter_map(|env| Some((env.name.clone()?, env.value.clone().unwrap_or_default())));
        env.extend(given);
    }
    env
}
