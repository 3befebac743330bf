//! The lifecycle through `libvirt-python` with its event loop.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use e2e::{Daemon, domain, python};

/// Opens `sys.argv[1]`, runs a life with every lifecycle event registered, and prints what came.
const LIFE: &str = r#"
import libvirt, sys, threading
libvirt.virEventRegisterDefaultImpl()
stop = threading.Event()
def loop():
    while not stop.is_set():
        libvirt.virEventRunDefaultImpl()
threading.Thread(target=loop, daemon=True).start()
conn = libvirt.open(sys.argv[1])
seen, arrived = [], threading.Condition()
def lifecycle(conn, dom, event, detail, opaque):
    # The state that an event announces can be read when the event arrives.
    with arrived:
        seen.append((dom.name(), event, detail))
        arrived.notify_all()
def wait(count):
    with arrived:
        assert arrived.wait_for(lambda: len(seen) >= count, 20), seen
handle = conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lifecycle, None)
dom = conn.defineXML(sys.argv[2]); wait(1)
dom.create(); wait(3)
dom.suspend(); wait(4)
assert dom.state() == [libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_USER], dom.state()
dom.resume(); wait(5)
assert dom.isActive() == 1
dom.destroy(); wait(7)
assert dom.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_DESTROYED], dom.state()
dom.undefine(); wait(8)
conn.domainEventDeregisterAny(handle)
conn.close()
for name, event, detail in seen:
    print(name, event, detail)
"#;

#[test]
fn events_arrive_in_the_order_of_the_changes() {
    let daemon = Daemon::start();
    let out = python(LIFE, &[&daemon.uri(), &domain("e").xml()]).ok();
    assert_eq!(
        out.lines().collect::<Vec<_>>(),
        [
            "e 0 0", // defined, added
            "e 4 0", // resumed, unpaused: QEMU's own order, as the C driver reports it
            "e 2 0", // started, booted
            "e 3 0", // suspended, paused
            "e 4 0", // resumed, unpaused
            "e 6 2", // shutdown on the host's signal, as QEMU reports it
            "e 5 1", // stopped, destroyed
            "e 1 0", // undefined, removed
        ]
    );
}

/// Calls that must fail, with the code and origin of the public API.
const ERRORS: &str = r#"
import libvirt, sys
libvirt.registerErrorHandler(lambda *a: None, None)
c = libvirt.open(sys.argv[1]); xml = sys.argv[2]
def t(f, *a):
    try:
        f(*a); print(f.__name__, "passed")
    except libvirt.libvirtError as e:
        print(f.__name__, e.get_error_code(), e.get_error_domain(), e.get_error_message())
t(c.lookupByName, "nope")
t(c.lookupByID, 77)
t(c.lookupByUUIDString, "6695eb01-f6a4-8304-79aa-97f2502e193f")
t(c.defineXML, "<domain/>")
t(c.defineXML, "nonsense")
t(c.defineXMLFlags, xml, 0x8000)
d = c.defineXML(xml)
for m in ("destroy", "suspend", "resume", "shutdown", "reboot", "reset"):
    t(getattr(d, m))
t(d.metadata, 0, None)
t(d.setMetadata, 1, "a\nb", None, None)
t(d.XMLDesc, 1 << 10)
t(c.listAllDomains, 1 << 20)
t(c.domainXMLToNative, "foo", "<domain/>", 0)
d.create()
t(d.create)
t(d.resume)
d.destroy()
d.undefine()
t(d.info)
"#;

#[test]
fn refused_calls_carry_the_codes_of_the_public_api() {
    let daemon = Daemon::start();
    let out = python(ERRORS, &[&daemon.uri(), &domain("e").xml()]).ok();
    let expected = [
        "lookupByName 42 10 Domain not found: no domain with matching name 'nope'",
        "lookupByID 42 10 Domain not found: no domain with matching id 77",
        "lookupByUUIDString 42 10 Domain not found: no domain with matching uuid '6695eb01-f6a4-8304-79aa-97f2502e193f'",
        "defineXML 21 20 ",
        "defineXML 35 20 ",
        "defineXMLFlags 8 ",
        "destroy 55 10 Requested operation is not valid: domain is not running",
        "suspend 55 10 Requested operation is not valid: domain is not running",
        "resume 55 10 Requested operation is not valid: domain is not running",
        "shutdown 55 10 Requested operation is not valid: domain is not running",
        "reboot 55 10 Requested operation is not valid: domain is not running",
        "reset 55 10 Requested operation is not valid: domain is not running",
        "metadata 80 20 metadata not found: ",
        "setMetadata 8 ",
        "XMLDesc 8 ",
        "listAllDomains 8 ",
        "domainXMLToNative 8 10 invalid argument: unsupported config type foo",
        "create 55 10 Requested operation is not valid: domain is already running",
        "resume 55 10 Requested operation is not valid: domain is already running",
        "info 42 10 Domain not found: no domain with matching uuid",
    ];
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{out}");
    for (line, start) in lines.iter().zip(expected) {
        assert!(
            line.starts_with(start),
            "{line:?} does not start with {start:?}"
        );
    }
}

/// Boots the guest, talks to it over the console stream, and lets it power itself off.
const CONSOLE: &str = r#"
import libvirt, sys
c = libvirt.open(sys.argv[1])
d = c.createXML(sys.argv[2], 0)
s = c.newStream(0)
d.openConsole(None, s, 0)
text = b""
def until(word):
    global text
    while word not in text:
        got = s.recv(4096)
        assert got, text
        text += got
until(b"Ferrovirt guest ready")
until(b"guest> ")
s.send(b"echo from outside\n")
until(b"\nfrom outside")
second = c.newStream(0)
try:
    d.openConsole(None, second, libvirt.VIR_DOMAIN_CONSOLE_SAFE)
    print("two clients share a console")
except libvirt.libvirtError as e:
    print("refused", e.get_error_code())
s.send(b"poweroff\n")
while s.recv(4096):
    pass
print("powered off")
"#;

#[test]
fn the_console_stream_carries_the_guest_s_text_both_ways() {
    let daemon = Daemon::start();
    let xml = domain("g").boots_guest(daemon.root()).xml();
    let out = python(CONSOLE, &[&daemon.uri(), &xml]).ok();
    assert_eq!(out, "refused 9\npowered off\n");
}

/// Boots the guest, asks for its shutdown through ACPI and waits for the events.
const SHUTDOWN: &str = r#"
import libvirt, sys, threading
libvirt.virEventRegisterDefaultImpl()
def loop():
    while True:
        libvirt.virEventRunDefaultImpl()
threading.Thread(target=loop, daemon=True).start()
c = libvirt.open(sys.argv[1])
seen, arrived = [], threading.Condition()
def note(what):
    with arrived:
        seen.append(what); arrived.notify_all()
def wait(what):
    with arrived:
        assert arrived.wait_for(lambda: what in seen, 60), seen
c.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lambda c, d, e, x, o: note((e, x)), None)
c.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_REBOOT, lambda c, d, o: note("reboot"), None)
d = c.defineXML(sys.argv[2])
d.create()
s = c.newStream(0)
d.openConsole(None, s, 0)
def greeting():
    text = b""
    while b"Ferrovirt guest ready" not in text or b"guest> " not in text:
        got = s.recv(4096)
        assert got, text
        text += got
greeting()
s.send(b"reboot\n")
wait("reboot")
greeting()
d.shutdown()
wait((libvirt.VIR_DOMAIN_EVENT_SHUTDOWN, libvirt.VIR_DOMAIN_EVENT_SHUTDOWN_GUEST))
wait((libvirt.VIR_DOMAIN_EVENT_STOPPED, libvirt.VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN))
assert d.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN], d.state()
print("shut down")
"#;

#[test]
fn a_guest_reboots_itself_and_answers_the_power_button() {
    let daemon = Daemon::start();
    let xml = domain("g").boots_guest(daemon.root()).xml();
    let out = python(SHUTDOWN, &[&daemon.uri(), &xml]).ok();
    assert_eq!(out, "shut down\n");
}
