//! What defines a domain: its document, its name, whether it persists and starts with the host.

use protocol::flags::{DomainUndefineFlagsValues, DomainXmlFlags, NoFlags};
use protocol::remote::{
    DomainGetAutostart, DomainGetAutostartArgs, DomainGetAutostartOnce, DomainGetAutostartOnceArgs,
    DomainGetOsType, DomainGetOsTypeArgs, DomainGetXmlDesc, DomainGetXmlDescArgs,
    DomainHasManagedSaveImage, DomainHasManagedSaveImageArgs, DomainIsActive, DomainIsActiveArgs,
    DomainIsPersistent, DomainIsPersistentArgs, DomainIsUpdated, DomainIsUpdatedArgs, DomainRename,
    DomainRenameArgs, DomainSetAutostart, DomainSetAutostartArgs, DomainSetAutostartOnce,
    DomainSetAutostartOnceArgs, DomainUndefineFlags, DomainUndefineFlagsArgs,
};

use super::Domain;
use crate::connection::text;
use crate::error::Result;

/// Which form of the document is wanted.
pub type XmlOptions = DomainXmlFlags;

impl Domain {
    /// The document. Without flags it is that of the running domain where it runs.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationDenied`] when secrets are asked for on a read-only connection.
    pub async fn xml(&self, options: XmlOptions) -> Result<String> {
        let args = DomainGetXmlDescArgs {
            dom: self.wire(),
            flags: options,
        };
        Ok(self.connection().call::<DomainGetXmlDesc>(&args).await?.xml)
    }

    /// What kind of guest it runs: `hvm`, ….
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn os_type(&self) -> Result<String> {
        let args = DomainGetOsTypeArgs { dom: self.wire() };
        Ok(self
            .connection()
            .call::<DomainGetOsType>(&args)
            .await?
            .r#type)
    }

    /// Whether it starts with the host.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn autostart(&self) -> Result<bool> {
        let args = DomainGetAutostartArgs { dom: self.wire() };
        let answer = self.connection().call::<DomainGetAutostart>(&args).await?;
        Ok(answer.autostart != 0)
    }

    /// Whether it starts with the host's next boot, and only then.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSupport`] when the driver has no such mark.
    pub async fn autostart_once(&self) -> Result<bool> {
        let args = DomainGetAutostartOnceArgs { dom: self.wire() };
        let call = self.connection().call::<DomainGetAutostartOnce>(&args);
        Ok(call.await?.autostart != 0)
    }

    /// Says whether it starts with the host.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] for a transient domain.
    pub async fn set_autostart(&self, autostart: bool) -> Result<()> {
        let args = DomainSetAutostartArgs {
            dom: self.wire(),
            autostart: autostart.into(),
        };
        self.connection().call::<DomainSetAutostart>(&args).await
    }

    /// Says whether it starts with the host's next boot.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] for a transient domain.
    pub async fn set_autostart_once(&self, autostart: bool) -> Result<()> {
        let args = DomainSetAutostartOnceArgs {
            dom: self.wire(),
            autostart: autostart.into(),
        };
        self.connection()
            .call::<DomainSetAutostartOnce>(&args)
            .await
    }

    /// Whether it runs.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_active(&self) -> Result<bool> {
        let args = DomainIsActiveArgs { dom: self.wire() };
        Ok(self
            .connection()
            .call::<DomainIsActive>(&args)
            .await?
            .active
            != 0)
    }

    /// Whether it is defined beyond its run.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_persistent(&self) -> Result<bool> {
        let args = DomainIsPersistentArgs { dom: self.wire() };
        let answer = self.connection().call::<DomainIsPersistent>(&args).await?;
        Ok(answer.persistent != 0)
    }

    /// Whether its definition was changed since it was started.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn is_updated(&self) -> Result<bool> {
        let args = DomainIsUpdatedArgs { dom: self.wire() };
        Ok(self
            .connection()
            .call::<DomainIsUpdated>(&args)
            .await?
            .updated
            != 0)
    }

    /// Whether its memory is saved, so that its next start goes on where it stopped.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn has_managed_save(&self) -> Result<bool> {
        let args = DomainHasManagedSaveImageArgs {
            dom: self.wire(),
            flags: NoFlags,
        };
        let answer = self
            .connection()
            .call::<DomainHasManagedSaveImage>(&args)
            .await?;
        Ok(answer.result != 0)
    }

    /// Gives it another name; the handle that comes back has it.
    ///
    /// # Errors
    ///
    /// When it runs, or the name is taken or cannot be a name.
    pub async fn rename(&self, name: &str) -> Result<Self> {
        let name = text("the name", name)?;
        let args = DomainRenameArgs {
            dom: self.wire(),
            new_name: Some(name.clone()),
            flags: NoFlags,
        };
        self.connection().call::<DomainRename>(&args).await?;
        let mut wire = self.wire();
        wire.name = name;
        Ok(Self::new(self.connection(), wire))
    }

    /// Removes the definition; a running domain goes on and becomes transient.
    ///
    /// # Errors
    ///
    /// When there is more to remove than the flags say: a saved memory, snapshots, NVRAM.
    pub async fn undefine(&self, flags: DomainUndefineFlagsValues) -> Result<()> {
        let args = DomainUndefineFlagsArgs {
            dom: self.wire(),
            flags,
        };
        self.connection().call::<DomainUndefineFlags>(&args).await
    }
}
