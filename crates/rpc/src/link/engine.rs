//! The task that drives one end: turns of reading, writing and looking at the clock.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use protocol::header::PacketKind;
use tokio::time::{Instant, Sleep};

use super::Link;
use crate::close::{CloseReason, Violation};
use crate::counters::count;
use crate::keepalive::{self, Beat, Due, Keepalive, Watch};
use crate::limits::Limits;
use crate::message::Message;
use crate::outbox::{Account, PongTurn};
use crate::transport::{Intake, Io, Received};

/// Messages that one turn of the engine takes before it lets other tasks run.
const BATCH: usize = 64;

/// What the two ends do differently.
pub(crate) trait Role: Send {
    /// Takes a call, a reply or an event.
    fn receive(&mut self, message: Message) -> Result<(), CloseReason>;
    /// Goes on with what was put off, now that something may have become free.
    fn resume(&mut self);
    /// Whether it can take another message.
    fn accepts(&self) -> bool;
    /// Whether nothing is left to be answered.
    fn is_idle(&self) -> bool;
    /// The conversation is over.
    fn ended(&mut self, reason: &CloseReason);
}

/// The task that drives one end. Its output is why it ended.
pub(crate) struct Engine<R: Role> {
    link: Arc<Link>,
    io: Option<Arc<Io>>,
    intake: Intake,
    role: R,
    limits: Limits,
    watch: Watch,
    partial: Option<Partial>,
    paused: Option<Paused>,
    peer_pings: bool,
    timer: Option<Pin<Box<Sleep>>>,
}

/// A packet that has begun to arrive.
#[derive(Debug, Clone, Copy)]
struct Partial {
    since: Instant,
    size: usize,
}

/// Reading has stopped because the role takes nothing more.
#[derive(Debug, Clone, Copy)]
struct Paused {
    next_beat: Instant,
}

impl<R: Role + Unpin> Engine<R> {
    /// `role` is made with the link that it will answer through.
    pub(crate) fn new(
        io: Io,
        passes_descriptors: bool,
        limits: Limits,
        role: impl FnOnce(&Arc<Link>) -> R,
    ) -> Self {
        let io = Arc::new(io);
        let link = Arc::new(Link::new(io.clone(), passes_descriptors));
        let role = role(&link);
        Self {
            link,
            io: Some(io),
            intake: Intake::default(),
            role,
            limits,
            watch: Watch::new(Instant::now()),
            partial: None,
            paused: None,
            peer_pings: false,
            timer: None,
        }
    }

    pub(crate) fn role(&self) -> &R {
        &self.role
    }

    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        self.link.wake.register(cx.waker());
        if let Some(reason) = self.link.take_close_request() {
            return Poll::Ready(reason);
        }
        let Some(io) = self.io.clone() else {
            return Poll::Ready(CloseReason::Requested);
        };
        self.link.outbox().corked = true;
        let end = self.read(&io, cx);
        let written = self.write(&io, cx);
        if let Err(reason) = end.and(written) {
            return Poll::Ready(reason);
        }
        if self.link.is_finishing() && self.role.is_idle() && self.all_sent() {
            return Poll::Ready(CloseReason::Requested);
        }
        self.keep_time(cx)
    }

    fn read(&mut self, io: &Io, cx: &mut Context<'_>) -> Result<(), CloseReason> {
        self.role.resume();
        let mut now = None;
        for _ in 0..BATCH {
            if !self.accepts() {
                self.pause();
                return Ok(());
            }
            self.unpause();
            if let Some(message) = self.intake.next()? {
                self.watch.heard(*now.get_or_insert_with(Instant::now));
                self.partial = None;
                self.take(message)?;
                continue;
            }
            match io.poll_receive(cx, &mut self.intake) {
                Poll::Pending => {
                    self.note_partial();
                    return Ok(());
                }
                Poll::Ready(Ok(Received::Some)) => {}
                Poll::Ready(Ok(Received::End)) if self.intake.partial() > 0 => {
                    return Err(Violation::Truncated.into());
                }
                Poll::Ready(Ok(Received::End)) => return Err(CloseReason::PeerClosed),
                Poll::Ready(Err(error)) => return Err(error.into()),
            }
        }
        // More may be waiting; others get their turn first.
        cx.waker().wake_by_ref();
        Ok(())
    }

    fn accepts(&self) -> bool {
        self.role.accepts() || {
            self.link.starve();
            self.role.accepts()
        }
    }

    fn take(&mut self, message: Message) -> Result<(), CloseReason> {
        count(&self.link.counters.packets_received);
        if message.header.program == keepalive::PROGRAM {
            self.beat(&message);
            return Ok(());
        }
        match message.header.kind {
            PacketKind::Stream | PacketKind::StreamHole => self.link.streams.deliver(message),
            PacketKind::Call
            | PacketKind::CallWithFds
            | PacketKind::Reply
            | PacketKind::ReplyWithFds
            | PacketKind::Message => self.role.receive(message),
        }
    }

    /// Answers a ping, outside of every quota.
    fn beat(&mut self, message: &Message) {
        if keepalive::read(&message.header) == Some(Beat::Ping) {
            self.peer_pings = true;
            self.pong();
        }
    }

    fn pong(&self) {
        if let Some(turn) = PongTurn::take(&self.link.pong_busy) {
            // A failure means that the conversation is over, which the engine learns by itself.
            let _ = self.link.send(keepalive::pong(), Account::Pong(turn));
        }
    }

    fn write(&self, io: &Io, cx: &mut Context<'_>) -> Result<(), CloseReason> {
        let mut outbox = self.link.outbox();
        outbox.corked = false;
        loop {
            if let Some(error) = outbox.failure.take() {
                return Err(error.into());
            }
            if outbox.departures.is_empty() {
                return Ok(());
            }
            if outbox.blocked {
                match io.poll_writable(cx) {
                    Poll::Pending => return Ok(()),
                    Poll::Ready(result) => result?,
                }
            }
            outbox.flush();
        }
    }

    fn all_sent(&self) -> bool {
        self.link.outbox().departures.is_empty()
    }

    fn note_partial(&mut self) {
        let size = self.intake.partial();
        if size == 0 {
            self.partial = None;
            self.intake.rest();
        } else {
            let since = self
                .partial
                .map_or_else(Instant::now, |partial| partial.since);
            self.partial = Some(Partial { since, size });
        }
    }

    fn pause(&mut self) {
        if self.paused.is_none() {
            self.paused = Some(Paused {
                next_beat: Instant::now() + self.beat_interval(),
            });
            self.partial = None;
        }
    }

    /// What the peer could not say meanwhile is not held against it.
    fn unpause(&mut self) {
        if self.paused.take().is_some() {
            self.watch.heard(Instant::now());
        }
    }

    fn beat_interval(&self) -> Duration {
        self.link.keepalive_rules().unwrap_or_default().interval
    }

    fn keep_time(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        loop {
            let Some(deadline) = self.deadline() else {
                self.timer = None;
                return Poll::Pending;
            };
            // Deadlines move later with every packet: an early timer is left alone and looks again.
            let timer = match &mut self.timer {
                Some(timer) => {
                    if timer.deadline() > deadline || timer.is_elapsed() {
                        timer.as_mut().reset(deadline);
                    }
                    timer
                }
                None => self
                    .timer
                    .insert(Box::pin(tokio::time::sleep_until(deadline))),
            };
            std::task::ready!(timer.as_mut().poll(cx));
            if let Some(reason) = self.time_has_come(Instant::now()) {
                return Poll::Ready(reason);
            }
        }
    }

    fn deadline(&self) -> Option<Instant> {
        if let Some(paused) = &self.paused {
            return Some(paused.next_beat);
        }
        let ping = self
            .link
            .keepalive_rules()
            .map(|rules| self.watch.next(&rules));
        let packet = self.packet_deadline();
        match (ping, packet) {
            (Some(ping), Some(packet)) => Some(ping.min(packet)),
            (one, other) => one.or(other),
        }
    }

    fn packet_deadline(&self) -> Option<Instant> {
        let Partial { since, size } = self.partial?;
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        let transfer = Duration::from_secs(size / Limits::PACKET_RATE);
        Some(since + self.limits.packet_deadline + transfer)
    }

    fn time_has_come(&mut self, now: Instant) -> Option<CloseReason> {
        if let Some(paused) = self.paused {
            return self.beat_while_paused(paused, now);
        }
        if self
            .packet_deadline()
            .is_some_and(|deadline| now >= deadline)
        {
            return Some(Violation::TooSlow(self.limits.packet_deadline).into());
        }
        let rules = self.link.keepalive_rules()?;
        match self.watch.due(now, &rules) {
            Due::Wait(_) => None,
            Due::Ping => self.link.send(keepalive::ping(), Account::None).err(),
            Due::Dead => {
                let Keepalive { interval, count } = rules;
                Some(CloseReason::KeepaliveTimeout { interval, count })
            }
        }
    }

    /// A peer that speaks keepalive must not take us for dead while its pings wait unread behind
    /// calls or stream data: it is told so unasked. And a peer that dies meanwhile is noticed.
    fn beat_while_paused(&mut self, paused: Paused, now: Instant) -> Option<CloseReason> {
        if now < paused.next_beat {
            return None;
        }
        if self.io.as_ref().is_some_and(|io| io.is_gone()) {
            return Some(CloseReason::PeerClosed);
        }
        if self.peer_pings || self.link.keepalive_rules().is_some() {
            self.pong();
        }
        self.paused = Some(Paused {
            next_beat: now + self.beat_interval(),
        });
        None
    }

    fn conclude(&mut self, reason: &CloseReason) {
        self.io = None;
        self.link.conclude(reason);
        self.role.ended(reason);
    }
}

impl<R: Role + Unpin> Future for Engine<R> {
    type Output = CloseReason;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<CloseReason> {
        let engine = &mut *self;
        let reason = std::task::ready!(engine.turn(cx));
        engine.conclude(&reason);
        Poll::Ready(reason)
    }
}

impl<R: Role> Drop for Engine<R> {
    /// An engine whose task is dropped ends its conversation too.
    fn drop(&mut self) {
        if self.io.take().is_some() {
            let reason = CloseReason::Requested;
            self.link.conclude(&reason);
            self.role.ended(&reason);
        }
    }
}
