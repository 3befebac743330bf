//! One domain: what is defined, what runs, and how the one becomes the other.

use std::time::Instant;

use documents::Uuid;
use documents::domain::Domain;
use protocol::enums::{DomainPausedReason, DomainRunningReason, DomainShutoffReason, DomainState};
use protocol::remote::NonnullDomain;

use super::error::DomainError;

/// A domain.
#[derive(Debug)]
pub(crate) struct Guest {
    uuid: Uuid,
    /// What is started next time. A transient domain has what runs here.
    definition: Domain,
    is_persistent: bool,
    autostart: bool,
    /// Whether the next start goes on where a managed save has stopped.
    managed_save: bool,
    state: State,
}

#[derive(Debug)]
enum State {
    Off(DomainShutoffReason),
    Active(Box<Active>),
}

#[derive(Debug)]
struct Active {
    id: i32,
    document: Domain,
    since: Instant,
    run: Run,
}

#[derive(Debug, Clone, Copy)]
enum Run {
    Running(DomainRunningReason),
    Paused(DomainPausedReason),
    /// A state that nothing here leads to: a description of the host says so.
    Described(DomainState),
}

/// How to start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StartOptions {
    pub(crate) paused: bool,
    /// Why it runs, unless it is paused.
    pub(crate) reason: DomainRunningReason,
}

/// Which of a domain's documents a change is made to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Impact {
    pub(crate) live: bool,
    pub(crate) config: bool,
}

impl Impact {
    /// Whether a running domain's own document is meant.
    pub(crate) fn reaches_live(self) -> bool {
        self.live || !self.config
    }
}

impl Guest {
    /// A domain that is defined and off. The document is complete.
    pub(crate) fn defined(uuid: Uuid, definition: Domain) -> Self {
        let state = State::Off(DomainShutoffReason::Unknown);
        Self {
            uuid,
            definition,
            is_persistent: true,
            autostart: false,
            managed_save: false,
            state,
        }
    }

    /// A domain that exists only while it runs; it is to be started at once.
    pub(crate) fn transient(uuid: Uuid, document: Domain) -> Self {
        Self {
            is_persistent: false,
            ..Self::defined(uuid, document)
        }
    }

    pub(crate) fn uuid(&self) -> Uuid {
        self.uuid
    }

    pub(crate) fn name(&self) -> &str {
        &self.definition.name
    }

    pub(crate) fn id(&self) -> Option<i32> {
        self.active().map(|active| active.id)
    }

    pub(crate) fn is_active(&self) -> bool {
        self.active().is_some()
    }

    pub(crate) fn is_persistent(&self) -> bool {
        self.is_persistent
    }

    pub(crate) fn autostart(&self) -> bool {
        self.autostart
    }

    /// Whether nothing is left of it.
    pub(crate) fn is_gone(&self) -> bool {
        !self.is_persistent && !self.is_active()
    }

    /// The state and its reason, as numbers of the public API.
    pub(crate) fn state(&self) -> (DomainState, i32) {
        match &self.state {
            State::Off(reason) => (DomainState::Shutoff, reason.value()),
            State::Active(active) => match active.run {
                Run::Running(reason) => (DomainState::Running, reason.value()),
                Run::Paused(reason) => (DomainState::Paused, reason.value()),
                Run::Described(state) => (state, 0),
            },
        }
    }

    /// Nanoseconds of processor time; the guest is always busy.
    pub(crate) fn cpu_time(&self) -> u64 {
        let elapsed = self.active().map(|active| active.since.elapsed());
        elapsed.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
    }

    /// How the wire names it.
    pub(crate) fn wire(&self) -> NonnullDomain {
        let (name, uuid) = (self.name().to_owned(), self.uuid.0);
        NonnullDomain {
            name,
            uuid,
            id: self.id().unwrap_or(-1),
        }
    }

    /// What runs, or what is defined when nothing does.
    pub(crate) fn document(&self) -> &Domain {
        self.active()
            .map_or(&self.definition, |active| &active.document)
    }

    /// What is started next time.
    pub(crate) fn definition(&self) -> &Domain {
        &self.definition
    }

    /// The document that a question is about.
    pub(crate) fn asked(&self, impact: Impact) -> Result<&Domain, DomainError> {
        match (impact.live, impact.config) {
            (true, _) if !self.is_active() => Err(DomainError::NotRunning),
            (_, true) if !self.is_persistent => Err(DomainError::NotPersistent),
            (false, true) => Ok(&self.definition),
            _ => Ok(self.document()),
        }
    }

    /// Makes a change to the documents that it is meant for; without a choice, to what is current.
    /// Nothing is changed when the change is refused for one of them.
    pub(crate) fn edit(
        &mut self,
        impact: Impact,
        change: impl Fn(&mut Domain) -> Result<(), DomainError>,
    ) -> Result<(), DomainError> {
        self.asked(impact)?;
        let neither = !impact.live && !impact.config;
        let mut definition = self.definition.clone();
        let to_definition = impact.config || !self.is_active() || !self.is_persistent;
        if to_definition {
            change(&mut definition)?;
        }
        if let State::Active(active) = &mut self.state
            && (impact.live || neither)
        {
            let mut document = active.document.clone();
            change(&mut document)?;
            active.document = document;
        }
        self.definition = definition;
        Ok(())
    }

    pub(crate) fn start(&mut self, id: i32, options: StartOptions) {
        let run = if options.paused {
            Run::Paused(DomainPausedReason::User)
        } else {
            Run::Running(options.reason)
        };
        let document = self.definition.clone();
        self.managed_save = false;
        let active = Active {
            id,
            document,
            since: Instant::now(),
            run,
        };
        self.state = State::Active(Box::new(active));
    }

    /// Starts a domain that has been so since before anybody looked: nobody knows why.
    pub(crate) fn start_unseen(&mut self, id: i32, state: DomainState) {
        let options = StartOptions {
            paused: false,
            reason: DomainRunningReason::Unknown,
        };
        self.start(id, options);
        if let State::Active(active) = &mut self.state {
            active.run = match state {
                DomainState::Running => Run::Running(DomainRunningReason::Unknown),
                DomainState::Paused => Run::Paused(DomainPausedReason::Unknown),
                other => Run::Described(other),
            };
        }
    }

    pub(crate) fn managed_save(&self) -> bool {
        self.managed_save
    }

    pub(crate) fn set_managed_save(&mut self, saved: bool) {
        self.managed_save = saved;
    }

    pub(crate) fn stop(&mut self, reason: DomainShutoffReason) {
        self.state = State::Off(reason);
    }

    pub(crate) fn suspend(&mut self) -> Result<(), DomainError> {
        match &mut self.require_active()?.run {
            Run::Paused(_) => Err(DomainError::AlreadyPaused),
            run => {
                *run = Run::Paused(DomainPausedReason::User);
                Ok(())
            }
        }
    }

    pub(crate) fn resume(&mut self) -> Result<(), DomainError> {
        let name = self.name().to_owned();
        match &mut self.require_active()?.run {
            Run::Running(_) => Err(DomainError::NotPaused(name)),
            run => {
                *run = Run::Running(DomainRunningReason::Unpaused);
                Ok(())
            }
        }
    }

    /// The guest starts over; its id stays.
    pub(crate) fn reboot(&mut self) -> Result<(), DomainError> {
        let active = self.require_active()?;
        if let Run::Running(reason) = &mut active.run {
            *reason = DomainRunningReason::Booted;
        }
        Ok(())
    }

    /// Takes a new definition. What runs goes on as it is.
    pub(crate) fn define(&mut self, definition: Domain) {
        self.definition = definition;
        self.is_persistent = true;
    }

    /// Starts a transient document in place of the definition, which stays.
    pub(crate) fn start_other(&mut self, id: i32, document: Domain, options: StartOptions) {
        self.start(id, options);
        if let State::Active(active) = &mut self.state {
            active.document = document;
        }
    }

    pub(crate) fn undefine(&mut self) -> Result<(), DomainError> {
        if !self.is_persistent {
            return Err(DomainError::UndefineTransient);
        }
        self.is_persistent = false;
        self.autostart = false;
        Ok(())
    }

    pub(crate) fn set_autostart(&mut self, autostart: bool) -> Result<(), DomainError> {
        if !self.is_persistent {
            return Err(DomainError::AutostartTransient);
        }
        self.autostart = autostart;
        Ok(())
    }

    pub(crate) fn rename(&mut self, name: String) {
        self.definition.name = name;
    }

    fn active(&self) -> Option<&Active> {
        match &self.state {
            State::Active(active) => Some(active),
            State::Off(_) => None,
        }
    }

    fn require_active(&mut self) -> Result<&mut Active, DomainError> {
        match &mut self.state {
            State::Active(active) => Ok(active),
            State::Off(_) => Err(DomainError::NotRunning),
        }
    }
}
