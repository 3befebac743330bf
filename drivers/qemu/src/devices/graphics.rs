//! `<graphics>`: how somebody sees the guest's screen.

use documents::domain::{
    Audio, DbusGraphics, EglHeadlessGraphics, Graphics, GraphicsGl, Listen, SdlGraphics,
    SharePolicy, VncGraphics,
};

use super::keyval::KeyVal;
use super::part::Part;
use super::sound::audio_name;
use super::spice;
use crate::domain::DisplayError;

/// The TCP ports that a VNC display can have.
const PORTS: std::ops::RangeInclusive<i32> = FIRST_PORT..=65_535;

/// The TCP port of the first VNC display.
const FIRST_PORT: i32 = 5900;

/// What is known of the host's side of a display.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Facts<'a> {
    /// The audio back-end that a client hears if the document names none.
    pub(crate) audio: Option<u32>,
    /// The device through which a screen is drawn that names none.
    pub(crate) render_node: Option<&'a str>,
    /// The audio back-ends that there are.
    pub(crate) audios: &'a [Audio],
}

/// Everything that QEMU creates for a graphics device.
pub(crate) fn parts(graphics: &Graphics, facts: &Facts<'_>) -> Result<Vec<Part>, DisplayError> {
    let unsupported = |kind| Err(DisplayError::Graphics { kind });
    match graphics {
        Graphics::Vnc(vnc) => {
            let audio = vnc.audio.or(facts.audio).map(audio_name);
            self::vnc(vnc, audio.as_deref())
        }
        Graphics::Sdl(sdl) => Ok(self::sdl(sdl)),
        Graphics::Spice(graphics) => spice::parts(graphics, facts.render_node),
        Graphics::EglHeadless(egl) => Ok(self::egl(egl, facts.render_node)),
        Graphics::Dbus(dbus) => self::dbus(dbus, facts.audios),
        Graphics::Rdp(_) => unsupported("rdp"),
        Graphics::Desktop(_) => unsupported("desktop"),
    }
}

/// Whether OpenGL is on, in QEMU's words; nothing leaves it to QEMU.
pub(super) fn add_gl(out: &mut KeyVal, gl: Option<&GraphicsGl>) {
    if let Some(enable) = gl.and_then(|gl| gl.enable) {
        out.switch("gl", enable);
    }
}

fn sdl(sdl: &SdlGraphics) -> Vec<Part> {
    let mut parts = Vec::new();
    if sdl.fullscreen == Some(true) {
        parts.push(Part::Option("full-screen", None));
    }
    let mut out = KeyVal::new("sdl");
    add_gl(&mut out, sdl.gl.as_ref());
    parts.push(Part::option("display", out.finish()));
    parts
}

fn egl(egl: &EglHeadlessGraphics, default: Option<&str>) -> Vec<Part> {
    let named = egl.gl.as_ref().and_then(|gl| gl.rendernode.as_deref());
    let mut out = KeyVal::new("egl-headless");
    out.optional("rendernode", named.or(default));
    vec![Part::option("display", out.finish())]
}

fn dbus(dbus: &DbusGraphics, audios: &[Audio]) -> Result<Vec<Part>, DisplayError> {
    if let Some(id) = dbus.audio
        && audios.iter().all(|audio| audio.id != id)
    {
        return Err(DisplayError::NoAudioBackend { id });
    }
    let mut out = KeyVal::new("dbus");
    if dbus.p2p == Some(true) {
        out.switch("p2p", true);
    } else {
        out.optional("addr", dbus.address.as_deref());
    }
    add_gl(&mut out, dbus.gl.as_ref());
    let node = dbus.gl.as_ref().and_then(|gl| gl.rendernode.as_deref());
    out.optional("rendernode", node);
    out.optional("audiodev", dbus.audio.map(audio_name));
    Ok(vec![Part::option("display", out.finish())])
}

fn vnc(vnc: &VncGraphics, audio: Option<&str>) -> Result<Vec<Part>, DisplayError> {
    let mut out = place(vnc)?;
    out.optional("websocket", vnc.websocket.filter(|port| *port != 0));
    out.optional(
        "share",
        vnc.share_policy.map(|policy| match policy {
            SharePolicy::AllowExclusive => "allow-exclusive",
            SharePolicy::ForceShared => "force-shared",
            SharePolicy::Ignore => "ignore",
        }),
    );
    if vnc.password.passwd.is_some() {
        // The password itself is told through the monitor before the guest runs.
        out.switch("password", true);
    }
    if let Some(control) = vnc.power_control {
        out.switch("power-control", control);
    }
    out.optional("audiodev", audio);
    let mut parts = vec![Part::option("vnc", out.finish())];
    if let Some(keymap) = &vnc.keymap {
        parts.push(Part::option("k", keymap.as_str()));
    }
    Ok(parts)
}

/// Where the server listens.
fn place(vnc: &VncGraphics) -> Result<KeyVal, DisplayError> {
    if vnc.listens.len() > 1 {
        return Err(DisplayError::Listens);
    }
    match vnc.listens.first() {
        Some(Listen::None) => Ok(KeyVal::new("none")),
        Some(Listen::Socket(listen)) => {
            let mut out = KeyVal::default();
            out.pair(
                "vnc",
                &format!("unix:{}", listen.socket.as_deref().unwrap_or_default()),
            );
            Ok(out)
        }
        Some(Listen::Network(listen)) => Err(DisplayError::ListenNetwork {
            network: listen.network.clone().unwrap_or_default(),
        }),
        Some(Listen::Address(listen)) => {
            let address = listen.address.as_deref().unwrap_or_default();
            // One that is neither given nor to be found is none.
            let automatic = vnc.autoport != Some(false);
            let port = vnc.port.unwrap_or(if automatic { FIRST_PORT } else { 0 });
            if !PORTS.contains(&port) {
                return Err(DisplayError::VncPort { port });
            }
            let display = port.saturating_sub(FIRST_PORT);
            Ok(KeyVal::new(&if address.contains(':') {
                format!("[{address}]:{display}")
            } else {
                format!("{address}:{display}")
            }))
        }
        None => Ok(KeyVal::new(":0")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::{GraphicsPassword, ListenAddress, ListenSocket};

    fn check(graphics: VncGraphics, expected: &str) {
        let parts = vnc(&graphics, Some("audio1")).unwrap();
        assert_eq!(parts[0], Part::option("vnc", expected));
    }

    fn at(address: &str) -> Vec<Listen> {
        vec![Listen::Address(ListenAddress {
            address: Some(address.into()),
            from_config: None,
        })]
    }

    #[test]
    fn addresses_ports_and_sockets_are_spelled_as_qemu_wants_them() {
        let base = VncGraphics {
            port: Some(5901),
            ..VncGraphics::default()
        };
        check(
            VncGraphics {
                listens: at("127.0.0.1"),
                ..base.clone()
            },
            "127.0.0.1:1,audiodev=audio1",
        );
        check(
            VncGraphics {
                listens: at("::1"),
                ..base.clone()
            },
            "[::1]:1,audiodev=audio1",
        );
        check(
            VncGraphics {
                listens: vec![Listen::None],
                ..base.clone()
            },
            "none,audiodev=audio1",
        );
        let socket = ListenSocket {
            socket: Some("/s,x".into()),
            auto_generated: None,
        };
        check(
            VncGraphics {
                listens: vec![Listen::Socket(socket)],
                ..base
            },
            "vnc=unix:/s,,x,audiodev=audio1",
        );
    }

    #[test]
    fn a_password_is_only_announced() {
        let password = GraphicsPassword {
            passwd: Some("secret".into()),
            ..GraphicsPassword::default()
        };
        check(
            VncGraphics {
                port: Some(5900),
                listens: at("h"),
                password,
                websocket: Some(5700),
                ..VncGraphics::default()
            },
            "h:0,websocket=5700,password=on,audiodev=audio1",
        );
    }

    #[test]
    fn a_port_below_the_first_display_is_refused() {
        let graphics = VncGraphics {
            port: Some(80),
            listens: at("h"),
            ..VncGraphics::default()
        };
        assert!(matches!(
            vnc(&graphics, None),
            Err(DisplayError::VncPort { port: 80 })
        ));
    }
}
