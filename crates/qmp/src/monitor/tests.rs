//! A monitor against a peer that follows a script, on a paused clock.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};

use super::events::WAITING_MAX;
use super::{Events, Monitor, Notice, Options};
use crate::commands::{AddFd, Balloon, Cont, QueryBalloon, QueryStatus, RunState, Stop};
use crate::error::{ConnectError, Disconnect, Error};

/// The other end of the monitor.
struct Peer {
    reader: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
}

impl Peer {
    fn new(stream: UnixStream) -> Self {
        let (reader, writer) = stream.into_split();
        Peer {
            reader: BufReader::new(reader).lines(),
            writer,
        }
    }

    async fn say(&mut self, line: &str) {
        self.writer
            .write_all(format!("{line}\r\n").as_bytes())
            .await
            .unwrap();
    }

    async fn greet(&mut self, capabilities: &[&str]) {
        let version = json!({"qemu": {"major": 10, "minor": 0, "micro": 2}, "package": "x"});
        let greeting = json!({"QMP": {"version": version, "capabilities": capabilities}});
        self.say(&greeting.to_string()).await;
        let (_, arguments) = self.expect("qmp_capabilities").await;
        assert_eq!(arguments["enable"], json!(capabilities));
    }

    /// Takes a command and answers it with an empty object.
    async fn expect(&mut self, name: &str) -> (Value, Value) {
        let (id, arguments) = self.take(name).await;
        self.answer(&id, &json!({})).await;
        (id, arguments)
    }

    async fn take(&mut self, name: &str) -> (Value, Value) {
        let line = self.reader.next_line().await.unwrap().expect("a command");
        let mut command: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(command["execute"], name, "{line}");
        (command["id"].take(), command["arguments"].take())
    }

    async fn answer(&mut self, id: &Value, value: &Value) {
        self.say(&json!({"return": value, "id": id}).to_string())
            .await;
    }

    /// Whether nothing was sent that we have not taken: sends an event that brings the other
    /// side to its end of all it had to do.
    async fn expect_nothing(&mut self, events: &mut Events) {
        self.say("{\"event\": \"SYNC\"}").await;
        assert!(matches!(events.recv().await, Some(Notice::Event(e)) if e.name == "SYNC"));
        let more = tokio::time::timeout(Duration::from_millis(1), self.reader.next_line()).await;
        assert!(more.is_err(), "{more:?}");
    }
}

async fn connected(capabilities: &[&str]) -> (Monitor, Events, Peer) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut peer = Peer::new(theirs);
    let (monitor, ()) = tokio::join!(
        Monitor::connect(ours, Options::new("vm")),
        peer.greet(capabilities)
    );
    let (monitor, events) = monitor.unwrap();
    (monitor, events, peer)
}

#[tokio::test]
async fn the_greeting_is_kept_and_out_of_band_switched_on_where_offered() {
    let (monitor, _, _) = connected(&["oob"]).await;
    assert_eq!(monitor.greeting().unwrap().version.qemu.major, 10);
    let (monitor, _, _) = connected(&[]).await;
    assert!(monitor.greeting().unwrap().capabilities.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_does_not_greet_is_no_monitor() {
    let connect = |stream| Monitor::connect(stream, Options::new("vm"));

    let (ours, _theirs) = UnixStream::pair().unwrap();
    let silent = connect(ours).await.unwrap_err();
    assert!(matches!(silent, ConnectError::Deadline { .. }), "{silent}");

    let (ours, theirs) = UnixStream::pair().unwrap();
    drop(theirs);
    let gone = connect(ours).await.unwrap_err();
    let closed = Disconnect::Closed.to_string();
    assert!(gone.to_string().ends_with(&closed), "{gone}");

    for wrong in ["SSH-2.0-OpenSSH", "{\"event\": \"STOP\"}"] {
        let (ours, theirs) = UnixStream::pair().unwrap();
        Peer::new(theirs).say(wrong).await;
        let other = connect(ours).await.unwrap_err();
        assert!(matches!(other, ConnectError::NotAMonitor { .. }), "{other}");
    }
}

#[tokio::test]
async fn commands_overlap_and_answers_may_come_in_any_order() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let status = monitor.submit(&QueryStatus);
    let balloon = monitor.submit(&QueryBalloon);
    // Both are here before either is answered.
    let (first, arguments) = peer.take("query-status").await;
    assert_eq!(arguments, Value::Null);
    let (second, _) = peer.take("query-balloon").await;
    peer.answer(&second, &json!({"actual": 5})).await;
    peer.answer(&first, &json!({"running": true, "status": "running"}))
        .await;
    assert_eq!(balloon.await.unwrap().actual, 5);
    assert_eq!(status.await.unwrap().status, RunState::Running);
}

#[tokio::test]
async fn a_state_of_a_newer_qemu_is_kept_by_name() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let status = monitor.submit(&QueryStatus);
    let (id, _) = peer.take("query-status").await;
    peer.answer(&id, &json!({"running": false, "status": "dreaming"}))
        .await;
    assert_eq!(
        status.await.unwrap().status,
        RunState::Other("dreaming".to_owned())
    );
}

#[tokio::test]
async fn qemus_refusal_reaches_the_caller_in_its_own_words() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let refused = monitor.submit(&Balloon { value: 1 });
    let (id, arguments) = peer.take("balloon").await;
    assert_eq!(arguments, json!({"value": 1}));
    let error = json!({"class": "DeviceNotActive", "desc": "No balloon device has been activated"});
    peer.say(&json!({"error": error, "id": id}).to_string())
        .await;
    let refused = refused.await.unwrap_err();
    assert_eq!(refused.refused().unwrap().class, "DeviceNotActive");
    assert!(
        refused
            .to_string()
            .ends_with("No balloon device has been activated"),
        "{refused}"
    );

    let odd = monitor.submit(&QueryStatus);
    peer.expect("query-status").await;
    assert!(matches!(odd.await, Err(Error::Unexpected { .. })));
}

#[tokio::test(start_paused = true)]
async fn a_hung_qemu_costs_the_deadline_and_recovery_is_noticed() {
    let (monitor, mut events, mut peer) = connected(&[]).await;
    let mut responsive = monitor.responsive();
    let error = monitor.execute(&Stop).await.unwrap_err();
    assert!(
        matches!(error, Error::Deadline { sent: true, .. }),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "QEMU of 'vm' did not answer 'stop' within 10s; it may still carry it out"
    );
    assert!(!*responsive.borrow_and_update());

    // What nobody waits for any more is not sent afterwards.
    let unsent = monitor.execute(&Cont).await.unwrap_err();
    assert!(
        matches!(unsent, Error::Deadline { sent: false, .. }),
        "{unsent}"
    );
    let waits = monitor.submit(&QueryBalloon);
    let (stop, _) = peer.take("stop").await;
    peer.expect_nothing(&mut events).await;

    // The late answer releases what still waits, and only that.
    peer.answer(&stop, &json!({})).await;
    let (balloon, _) = peer.take("query-balloon").await;
    assert!(*responsive.wait_for(|responsive| *responsive).await.unwrap());
    peer.answer(&balloon, &json!({"actual": 7})).await;
    assert_eq!(waits.await.unwrap().actual, 7);
}

#[tokio::test(start_paused = true)]
async fn a_query_does_not_join_those_that_wait_for_a_silent_qemu() {
    const PATIENCE: Duration = Duration::from_millis(250);
    let (monitor, _events, mut peer) = connected(&[]).await;
    assert_eq!(monitor.silence(), None, "nothing was asked");
    let first = monitor.submit_unless_silent(&QueryBalloon, PATIENCE);
    let (id, _) = peer.take("query-balloon").await;
    tokio::time::advance(PATIENCE / 2).await;
    let joins = monitor.submit_unless_silent(&QueryStatus, PATIENCE);
    tokio::time::advance(PATIENCE / 2).await;
    let error = monitor.submit_unless_silent(&QueryStatus, PATIENCE).await;
    let error = error.unwrap_err();
    assert!(error.is_late());
    assert_eq!(
        error.to_string(),
        "QEMU of 'vm' was not asked for 'query-status': it has answered nothing for 250.0ms"
    );

    // One answer ends the silence, although another is still owed.
    peer.answer(&id, &json!({"actual": 7})).await;
    assert_eq!(first.await.unwrap().actual, 7);
    assert!(monitor.silence().unwrap() < PATIENCE);
    peer.expect("query-status").await;
    assert!(matches!(joins.await, Err(Error::Unexpected { .. })));
    assert_eq!(monitor.silence(), None);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_no_silence() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let lost = monitor.submit(&Stop);
    peer.take("stop").await;
    peer.say("{\"return\": {}, \"id\": \"libv").await;
    assert!(lost.await.unwrap_err().is_late());
    assert_eq!(monitor.silence(), None);
}

#[tokio::test(start_paused = true)]
async fn an_answer_lost_in_garbage_does_not_block_the_monitor() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let lost = monitor.submit(&Stop);
    peer.take("stop").await;
    peer.say("{\"return\": {}, \"id\": \"libv").await;
    assert!(matches!(lost.await, Err(Error::Deadline { .. })));
    let next = monitor.submit(&Cont);
    peer.expect("cont").await;
    next.await.unwrap();
}

#[tokio::test]
async fn a_dropped_command_is_not_sent_or_its_answer_is_discarded() {
    let (monitor, mut events, mut peer) = connected(&[]).await;
    drop(monitor.submit(&Stop));
    peer.expect_nothing(&mut events).await;
    let sent = monitor.submit(&Stop);
    let (id, _) = peer.take("stop").await;
    drop(sent);
    peer.answer(&id, &json!({})).await;
    let next = monitor.submit(&Cont);
    peer.expect("cont").await;
    next.await.unwrap();
    assert!(
        *monitor.responsive().borrow(),
        "giving up is not QEMU's fault"
    );
}

#[tokio::test]
async fn the_end_of_the_connection_reaches_everyone() {
    let (monitor, mut events, mut peer) = connected(&[]).await;
    let waiting = monitor.submit(&Stop);
    peer.say("{\"event\": \"SHUTDOWN\"}").await;
    drop(peer);
    let error = waiting.await.unwrap_err();
    assert!(matches!(error, Error::Disconnected { .. }), "{error}");
    assert!(matches!(monitor.closed().await, Disconnect::Closed));
    assert!(matches!(events.recv().await, Some(Notice::Event(e)) if e.name == "SHUTDOWN"));
    assert_eq!(events.recv().await, None);
    let after = monitor.execute(&Stop).await.unwrap_err();
    assert!(matches!(after, Error::Disconnected { .. }), "{after}");
}

#[tokio::test]
async fn the_connection_ends_with_the_last_handle_and_answer() {
    let (monitor, events, mut peer) = connected(&[]).await;
    let waiting = monitor.submit(&Stop);
    drop((monitor, events));
    peer.expect("stop").await;
    waiting.await.unwrap();
    assert_eq!(peer.reader.next_line().await.unwrap(), None);
}

#[tokio::test]
async fn events_are_bounded_and_the_loss_is_told_in_its_place() {
    let (monitor, mut events, mut peer) = connected(&[]).await;
    for _ in 0..WAITING_MAX + 7 {
        peer.say("{\"event\": \"RTC_CHANGE\"}").await;
    }
    // A command's answer comes after them all.
    let after = monitor.submit(&Stop);
    peer.expect("stop").await;
    after.await.unwrap();
    for _ in 0..WAITING_MAX {
        assert!(matches!(events.recv().await, Some(Notice::Event(_))));
    }
    assert_eq!(events.recv().await, Some(Notice::Lost(7)));
}

#[tokio::test]
async fn nothing_follows_descriptors_before_they_were_taken() {
    let (monitor, mut events, mut peer) = connected(&[]).await;
    let fd = || std::fs::File::open("/dev/null").unwrap().into();
    let add = monitor.submit_with_fds(&AddFd::default(), vec![fd()]);
    let next = monitor.submit(&Stop);
    let (id, _) = peer.take("add-fd").await;
    peer.expect_nothing(&mut events).await;
    peer.answer(&id, &json!({"fdset-id": 1, "fd": 20})).await;
    assert_eq!(add.await.unwrap().fd, 20);
    peer.expect("stop").await;
    next.await.unwrap();

    let many = (0..17).map(|_| fd()).collect();
    let error = monitor
        .submit_with_fds(&AddFd::default(), many)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Encode(_)), "{error}");
}

#[tokio::test]
async fn passthrough_returns_what_qemu_said_word_for_word() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let asking = monitor.clone();
    let asked = tokio::spawn(async move {
        asking
            .passthrough(
                "{\"execute\": \"no-such\", \"arguments\": {\"a\": 1}}",
                vec![],
            )
            .await
    });
    let (id, arguments) = peer.take("no-such").await;
    assert_eq!(arguments, json!({"a": 1}));
    let reply = format!("{{\"id\": {id},  \"error\": {{\"class\": \"X\", \"desc\": \"Y\"}}}}");
    peer.say(&reply).await;
    assert_eq!(asked.await.unwrap().unwrap(), reply);
    for wrong in ["", "[]", "{\"a\": 1}", "info status"] {
        let error = monitor.passthrough(wrong, vec![]).await.unwrap_err();
        assert!(matches!(error, Error::NotACommand { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_huge_answer_arrives_whole() {
    let (monitor, _, mut peer) = connected(&[]).await;
    let huge = "x".repeat(5_000_000);
    let answer = json!({"text": huge});
    let asked = monitor.submit_raw("big", None::<Value>);
    let (id, _) = peer.take("big").await;
    let (value, ()) = tokio::join!(asked, peer.answer(&id, &answer));
    assert_eq!(value.unwrap()["text"].as_str().unwrap().len(), huge.len());
}
