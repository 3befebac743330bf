//! SPICE: a display that carries sound, USB devices and the clipboard too.

use documents::domain::{
    ChannelMode, ImageCompression, Listen, MouseMode, SlowCompression, SpiceChannelName,
    SpiceGraphics, StreamingMode,
};

use super::graphics::add_gl;
use super::keyval::KeyVal;
use super::part::Part;
use crate::domain::DisplayError;

/// Where the certificates of the server are.
const CERTIFICATES: &str = "/etc/pki/libvirt-spice";

/// Everything that QEMU creates for SPICE.
pub(super) fn parts(
    spice: &SpiceGraphics,
    render_node: Option<&str>,
) -> Result<Vec<Part>, DisplayError> {
    if spice.listens.len() > 1 {
        return Err(DisplayError::Listens);
    }
    let secure = spice.tls_port.filter(|port| *port > 0);
    let mut out = KeyVal::default();
    place(spice, secure, &mut out)?;
    if spice.password.passwd.is_none() {
        out.switch("disable-ticketing", true);
    }
    if secure.is_some() {
        out.pair("x509-dir", CERTIFICATES);
    }
    match spice.default_mode.unwrap_or_default() {
        ChannelMode::Secure if secure.is_none() => return Err(DisplayError::NoTlsPort),
        ChannelMode::Secure => out.pair("tls-channel", "default"),
        ChannelMode::Insecure => out.pair("plaintext-channel", "default"),
        ChannelMode::Any => {}
    }
    for channel in &spice.channels {
        let name = channel_name(channel.name);
        match channel.mode {
            ChannelMode::Secure if secure.is_none() => return Err(DisplayError::NoTlsPort),
            ChannelMode::Secure => out.pair("tls-channel", name),
            ChannelMode::Insecure => out.pair("plaintext-channel", name),
            ChannelMode::Any => {}
        }
    }
    out.optional("image-compression", spice.image.map(image));
    out.optional("jpeg-wan-compression", spice.jpeg.map(slow));
    out.optional("zlib-glz-wan-compression", spice.zlib.map(slow));
    if let Some(playback) = spice.playback {
        out.switch("playback-compression", playback);
    }
    out.optional("streaming-video", spice.streaming.map(streaming));
    if let Some(mouse) = spice.mouse {
        out.switch("agent-mouse", mouse == MouseMode::Client);
    }
    if spice.clipboard == Some(false) {
        out.switch("disable-copy-paste", true);
    }
    if spice.filetransfer == Some(false) {
        out.switch("disable-agent-file-xfer", true);
    }
    add_gl(&mut out, spice.gl.as_ref());
    if let Some(gl) = spice.gl.as_ref().filter(|gl| gl.enable == Some(true)) {
        out.optional("rendernode", gl.rendernode.as_deref().or(render_node));
    }
    // Clients follow a guest to another host without connecting anew.
    out.switch("seamless-migration", true);
    let mut parts = vec![Part::option("spice", out.finish())];
    if let Some(keymap) = &spice.keymap {
        parts.push(Part::option("k", keymap.as_str()));
    }
    Ok(parts)
}

/// Where the server listens.
fn place(spice: &SpiceGraphics, secure: Option<i32>, out: &mut KeyVal) -> Result<(), DisplayError> {
    match spice.listens.first() {
        Some(Listen::Socket(listen)) => {
            out.switch("unix", true);
            out.pair("addr", listen.socket.as_deref().unwrap_or_default());
        }
        Some(Listen::None) => out.pair("port", "0"),
        Some(Listen::Network(listen)) => {
            return Err(DisplayError::ListenNetwork {
                network: listen.network.clone().unwrap_or_default(),
            });
        }
        first => {
            let port = spice.port.filter(|port| *port > 0);
            if port.is_some() || secure.is_none() {
                out.pair("port", &port.unwrap_or(0).to_string());
            }
            out.optional("tls-port", secure);
            if let Some(Listen::Address(listen)) = first {
                out.optional("addr", listen.address.as_deref());
            }
        }
    }
    Ok(())
}

fn channel_name(name: SpiceChannelName) -> &'static str {
    match name {
        SpiceChannelName::Main => "main",
        SpiceChannelName::Display => "display",
        SpiceChannelName::Inputs => "inputs",
        SpiceChannelName::Cursor => "cursor",
        SpiceChannelName::Playback => "playback",
        SpiceChannelName::Record => "record",
        SpiceChannelName::Smartcard => "smartcard",
        SpiceChannelName::Usbredir => "usbredir",
    }
}

fn image(compression: ImageCompression) -> &'static str {
    match compression {
        ImageCompression::AutoGlz => "auto_glz",
        ImageCompression::AutoLz => "auto_lz",
        ImageCompression::Quic => "quic",
        ImageCompression::Glz => "glz",
        ImageCompression::Lz => "lz",
        ImageCompression::Off => "off",
    }
}

fn slow(compression: SlowCompression) -> &'static str {
    match compression {
        SlowCompression::Auto => "auto",
        SlowCompression::Never => "never",
        SlowCompression::Always => "always",
    }
}

fn streaming(mode: StreamingMode) -> &'static str {
    match mode {
        StreamingMode::Filter => "filter",
        StreamingMode::All => "all",
        StreamingMode::Off => "off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::{GraphicsGl, ListenAddress, ListenSocket, SpiceChannel};

    fn check(spice: &SpiceGraphics, expected: &str) {
        let parts = parts(spice, Some("/dev/dri/renderD128")).unwrap();
        assert_eq!(parts[0], Part::option("spice", expected));
    }

    fn at(address: &str) -> Vec<Listen> {
        vec![Listen::Address(ListenAddress {
            address: Some(address.into()),
            from_config: None,
        })]
    }

    #[test]
    fn ports_channels_and_compression_are_spelled_as_qemu_wants_them() {
        let spice = SpiceGraphics {
            port: Some(5903),
            tls_port: Some(5904),
            listens: at("127.0.0.1"),
            channels: vec![
                SpiceChannel {
                    name: SpiceChannelName::Main,
                    mode: ChannelMode::Secure,
                },
                SpiceChannel {
                    name: SpiceChannelName::Inputs,
                    mode: ChannelMode::Insecure,
                },
            ],
            image: Some(ImageCompression::AutoGlz),
            jpeg: Some(SlowCompression::Auto),
            playback: Some(true),
            streaming: Some(StreamingMode::Filter),
            mouse: Some(MouseMode::Client),
            clipboard: Some(false),
            filetransfer: Some(false),
            ..SpiceGraphics::default()
        };
        check(
            &spice,
            "port=5903,tls-port=5904,addr=127.0.0.1,disable-ticketing=on,\
             x509-dir=/etc/pki/libvirt-spice,tls-channel=main,plaintext-channel=inputs,\
             image-compression=auto_glz,jpeg-wan-compression=auto,playback-compression=on,\
             streaming-video=filter,agent-mouse=on,disable-copy-paste=on,\
             disable-agent-file-xfer=on,seamless-migration=on",
        );
    }

    #[test]
    fn sockets_and_opengl_need_no_port() {
        let socket = ListenSocket {
            socket: Some("/s".into()),
            auto_generated: None,
        };
        let spice = SpiceGraphics {
            listens: vec![Listen::Socket(socket)],
            gl: Some(GraphicsGl {
                enable: Some(true),
                rendernode: None,
            }),
            ..SpiceGraphics::default()
        };
        check(
            &spice,
            "unix=on,addr=/s,disable-ticketing=on,gl=on,rendernode=/dev/dri/renderD128,\
             seamless-migration=on",
        );
        let none = SpiceGraphics {
            listens: vec![Listen::None],
            ..SpiceGraphics::default()
        };
        check(&none, "port=0,disable-ticketing=on,seamless-migration=on");
    }

    #[test]
    fn a_secure_channel_needs_a_secure_port() {
        let spice = SpiceGraphics {
            port: Some(5900),
            listens: at("h"),
            default_mode: Some(ChannelMode::Secure),
            ..SpiceGraphics::default()
        };
        assert!(matches!(parts(&spice, None), Err(DisplayError::NoTlsPort)));
    }

    #[test]
    fn spice_listens_at_one_place_that_is_known() {
        let listening = |listens: Vec<Listen>| {
            let spice = SpiceGraphics {
                listens,
                ..SpiceGraphics::default()
            };
            parts(&spice, None)
        };
        let two = listening(vec![Listen::None, Listen::None]);
        assert!(matches!(two, Err(DisplayError::Listens)));
        let network = listening(vec![Listen::Network(Default::default())]);
        assert!(matches!(network, Err(DisplayError::ListenNetwork { .. })));
    }

    #[test]
    fn each_secure_channel_needs_a_secure_port() {
        let spice = SpiceGraphics {
            port: Some(5900),
            channels: vec![documents::domain::SpiceChannel {
                name: SpiceChannelName::Main,
                mode: ChannelMode::Secure,
            }],
            ..SpiceGraphics::default()
        };
        assert!(matches!(parts(&spice, None), Err(DisplayError::NoTlsPort)));
    }
}
