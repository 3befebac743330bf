//! `<graphics>`: how somebody sees the guest's screen.

use documents::domain::{Graphics, Listen, SharePolicy, VncGraphics};

use super::keyval::KeyVal;
use super::part::Part;
use super::sound::audio_name;
use crate::domain::DisplayError;

/// The TCP port of the first VNC display.
const FIRST_PORT: i32 = 5900;

/// Everything that QEMU creates for a graphics device. `audio` is the audio back-end that a client hears if the
/// document names none.
pub(crate) fn parts(graphics: &Graphics, audio: Option<u32>) -> Result<Vec<Part>, DisplayError> {
    let unsupported = |kind| Err(DisplayError::Graphics { kind });
    match graphics {
        Graphics::Vnc(vnc) => self::vnc(vnc, vnc.audio.or(audio).map(audio_name).as_deref()),
        Graphics::Sdl(_) => unsupported("sdl"),
        Graphics::Spice(_) => unsupported("spice"),
        Graphics::EglHeadless(_) => unsupported("egl-headless"),
        Graphics::Dbus(_) => unsupported("dbus"),
        Graphics::Rdp(_) => unsupported("rdp"),
        Graphics::Desktop(_) => unsupported("desktop"),
    }
}

fn vnc(vnc: &VncGraphics, audio: Option<&str>) -> Result<Vec<Part>, DisplayError> {
    let mut out = place(vnc)?;
    out.optional("websocket", vnc.websocket.filter(|port| *port > 0));
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
        Some(Listen::Network(_)) => Err(DisplayError::Listen {
            kind: "network",
            graphics: "vnc",
        }),
        Some(Listen::Address(listen)) => {
            let address = listen.address.as_deref().unwrap_or_default();
            let port = vnc.port.unwrap_or(FIRST_PORT);
            let display = port.checked_sub(FIRST_PORT).filter(|display| *display >= 0);
            let display = display.ok_or(DisplayError::VncPort { port })?;
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
