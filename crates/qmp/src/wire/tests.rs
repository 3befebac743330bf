//! The conversation without a socket.

use proptest::prelude::*;

use super::{CommandId, Incoming, LINE_MAX, LineTooLong, MessageError, Session};

/// All that comes of some chunks, written so that it can be compared.
fn incoming(session: &mut Session, chunks: &[&[u8]]) -> Vec<String> {
    let mut found = Vec::new();
    for chunk in chunks {
        session.feed(chunk);
        while let Some(incoming) = session.next_incoming().unwrap() {
            found.push(match incoming {
                Incoming::Greeting(g) => format!("greeting {}", g.version.qemu.major),
                Incoming::Reply {
                    result: Ok(value), ..
                } => format!("reply {value}"),
                Incoming::Reply { result: Err(e), .. } => format!("error {}: {e}", e.class),
                Incoming::Late(_) => "late".to_owned(),
                Incoming::Event(e) => format!("event {} {}", e.name, e.data),
                Incoming::Stray { id, .. } => format!("stray {id:?}"),
                Incoming::Garbage(_) => "garbage".to_owned(),
            });
        }
    }
    found
}

fn send(session: &mut Session, name: &str) -> (CommandId, String) {
    let (id, bytes) = session.command::<()>(name, None, false).unwrap();
    (id, String::from_utf8(bytes).unwrap())
}

#[test]
fn commands_are_written_as_qemu_reads_them() {
    let mut session = Session::new(LINE_MAX);
    assert_eq!(
        send(&mut session, "stop").1,
        "{\"execute\":\"stop\",\"id\":\"libvirt-1\"}\r\n"
    );
    let arguments = serde_json::json!({"value": 5});
    let (_, bytes) = session.command("balloon", Some(&arguments), true).unwrap();
    let expected =
        "{\"exec-oob\":\"balloon\",\"arguments\":{\"value\":5},\"id\":\"libvirt-2\"}\r\n";
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

#[test]
fn replies_find_their_commands_in_any_order() {
    let mut session = Session::new(LINE_MAX);
    for name in ["a", "b", "c"] {
        send(&mut session, name);
    }
    let found = incoming(&mut session, &[
        b"{\"return\": {\"n\": 1}, \"id\": \"libvirt-2\"}\r\n",
        b"{\"id\": \"libvirt-1\", \"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}}\r\n",
        b"{\"return\": null, \"id\": \"libvirt-3\"}\r\n",
        b"{\"return\": {}, \"id\": \"libvirt-3\"}\r\n",
        b"{\"return\": {}}\r\n",
    ]);
    let expected = [
        "reply {\"n\": 1}",
        "error GenericError: no",
        "reply null",
        "stray Some(\"libvirt-3\")",
        "stray None",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_unknown_event_is_an_event() {
    let mut session = Session::new(LINE_MAX);
    let line = b"{\"event\": \"NEVER_HEARD_OF\", \"data\": {\"a\": [1]}, \"more\": 1, \
                 \"timestamp\": {\"seconds\": 5, \"microseconds\": 6}}\r\n{\"event\":\"STOP\"}\n";
    assert_eq!(
        incoming(&mut session, &[line]),
        ["event NEVER_HEARD_OF {\"a\":[1]}", "event STOP {}"]
    );
}

#[test]
fn an_abandoned_answer_is_late_and_owed_until_then() {
    let mut session = Session::new(LINE_MAX);
    let (id, _) = send(&mut session, "stop");
    session.abandon(id);
    session.abandon(id);
    assert!(session.owes_answers());
    let answer: &[u8] = b"{\"return\": {}, \"id\": \"libvirt-1\"}\n";
    assert_eq!(incoming(&mut session, &[answer]), ["late"]);
    assert!(!session.owes_answers());
}

#[test]
fn after_garbage_nothing_is_owed_for_sure() {
    let mut session = Session::new(LINE_MAX);
    let (id, _) = send(&mut session, "stop");
    session.abandon(id);
    let found = incoming(
        &mut session,
        &[b"\xff\xfe not json\n[]\n{}\n{\"event\":\"STOP\"}\n"],
    );
    assert_eq!(found, ["garbage", "garbage", "garbage", "event STOP {}"]);
    assert!(!session.owes_answers());
}

#[test]
fn garbage_is_told_with_its_beginning() {
    let error = super::parse(format!("{{\"what\": \"{}\"}}", "x".repeat(500)).as_bytes());
    let MessageError::Unknown { line } = error.unwrap_err() else {
        panic!()
    };
    assert!(line.starts_with("{\\\"what") && line.len() < 200, "{line}");
}

#[test]
fn a_foreign_command_is_answered_by_the_whole_line() {
    let mut session = Session::new(LINE_MAX);
    let serde_json::Value::Object(command) = serde_json::json!({"execute": "x", "id": 7}) else {
        panic!()
    };
    let (_, bytes) = session.foreign_command(command);
    assert_eq!(bytes, b"{\"execute\":\"x\",\"id\":\"libvirt-1\"}\r\n");
    let line = "{\"id\": \"libvirt-1\", \"error\": {\"class\": \"C\", \"desc\": \"d\"}}";
    let found = incoming(&mut session, &[line.as_bytes(), b"\n"]);
    assert_eq!(found, [format!("reply {line}")]);
}

#[test]
fn an_endless_line_ends_the_conversation() {
    let mut session = Session::new(100);
    session.feed(&[b'x'; 101]);
    assert_eq!(
        session.next_incoming().unwrap_err(),
        LineTooLong { limit: 100 }
    );
}

/// A conversation with everything in it.
const TALK: &[u8] =
    b"{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 2, \"minor\": 0, \"major\": 10}, \
\"package\": \"\"}, \"capabilities\": [\"oob\"]}}\r\n{\"return\": {}, \"id\": \"libvirt-1\"}\r\n\
{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"RESUME\"}\r\nrubbish\r\n\
{\"return\": [1, \"\\u00e4\\n\"], \"id\": \"libvirt-2\"}\r\n";

proptest! {
    #[test]
    fn where_chunks_end_makes_no_difference(mut cuts in prop::collection::vec(0..TALK.len(), 0..12)) {
        cuts.extend([0, TALK.len()]);
        cuts.sort_unstable();
        let chunks: Vec<&[u8]> = cuts.windows(2).map(|w| &TALK[w[0]..w[1]]).collect();
        let session = || {
            let mut session = Session::new(LINE_MAX);
            send(&mut session, "a");
            send(&mut session, "b");
            session
        };
        prop_assert_eq!(
            incoming(&mut session(), &chunks),
            incoming(&mut session(), &[TALK])
        );
    }

    #[test]
    fn no_input_makes_it_panic(input: Vec<u8>) {
        let mut session = Session::new(64);
        send(&mut session, "a");
        session.feed(&input);
        session.feed(b"\n");
        while let Ok(Some(_)) = session.next_incoming() {}
    }
}

/// The inputs that are kept for the fuzz target `qmp`, as it feeds them.
#[test]
fn the_kept_fuzz_inputs_are_survived() {
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/qmp");
    let mut count = 0;
    for file in std::fs::read_dir(kept).unwrap() {
        let input = std::fs::read(file.unwrap().path()).unwrap();
        let (size, rest) = input.split_first().unwrap();
        let mut session = Session::new(64 * 1024);
        send(&mut session, "first");
        send(&mut session, "second");
        for piece in rest.chunks(usize::from(*size).max(1)) {
            incoming(&mut session, &[piece]);
        }
        count += 1;
    }
    assert!(count >= 6);
}
