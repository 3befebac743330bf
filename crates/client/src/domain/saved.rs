//! Domains that are saved and go on later.

use protocol::flags::{DomainSaveImageXmlFlags, DomainSaveRestoreFlags, NoFlags};
use protocol::remote::{
    DomainManagedSave, DomainManagedSaveArgs, DomainManagedSaveRemove, DomainManagedSaveRemoveArgs,
    DomainRestore, DomainRestoreArgs, DomainRestoreFlags, DomainRestoreFlagsArgs, DomainSave,
    DomainSaveArgs, DomainSaveFlags, DomainSaveFlagsArgs, DomainSaveImageDefineXml,
    DomainSaveImageDefineXmlArgs, DomainSaveImageGetXmlDesc, DomainSaveImageGetXmlDescArgs,
};

use super::Domain;
use crate::connection::{Connection, text};
use crate::error::Result;

impl Domain {
    /// Saves the running domain into a file of the host, and stops it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run.
    pub async fn save(&self, file: &str) -> Result<()> {
        let args = DomainSaveArgs {
            dom: self.wire(),
            to: text("the file", file)?,
        };
        self.connection().call::<DomainSave>(&args).await
    }

    /// As [`Domain::save`], as `flags` say; with `xml` in place of the domain's own document.
    ///
    /// # Errors
    ///
    /// As for [`Domain::save`]; [`crate::Code::ConfigUnsupported`] when the guest would see that
    /// the document is another one.
    pub async fn save_with(
        &self,
        file: &str,
        xml: Option<&str>,
        flags: DomainSaveRestoreFlags,
    ) -> Result<()> {
        let args = DomainSaveFlagsArgs {
            dom: self.wire(),
            to: text("the file", file)?,
            dxml: xml.map(|xml| text("the document", xml)).transpose()?,
            flags,
        };
        self.connection().call::<DomainSaveFlags>(&args).await
    }

    /// Saves the running domain where its next start finds it, and stops it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it does not run, or is transient.
    pub async fn managed_save(&self, flags: DomainSaveRestoreFlags) -> Result<()> {
        let args = DomainManagedSaveArgs {
            dom: self.wire(),
            flags,
        };
        self.connection().call::<DomainManagedSave>(&args).await
    }

    /// Forgets what [`Domain::managed_save`] has saved: the next start boots.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn remove_managed_save(&self) -> Result<()> {
        let args = DomainManagedSaveRemoveArgs {
            dom: self.wire(),
            flags: NoFlags,
        };
        self.connection()
            .call::<DomainManagedSaveRemove>(&args)
            .await
    }
}

impl Connection {
    /// Lets a domain go on that was saved into a file of the host.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationInvalid`] when it runs already.
    pub async fn restore_domain(&self, file: &str) -> Result<()> {
        let args = DomainRestoreArgs {
            from: text("the file", file)?,
        };
        self.call::<DomainRestore>(&args).await
    }

    /// As [`Connection::restore_domain`], as `flags` say; with `xml` in place of the document in
    /// the file.
    ///
    /// # Errors
    ///
    /// As for [`Connection::restore_domain`].
    pub async fn restore_domain_with(
        &self,
        file: &str,
        xml: Option<&str>,
        flags: DomainSaveRestoreFlags,
    ) -> Result<()> {
        let args = DomainRestoreFlagsArgs {
            from: text("the file", file)?,
            dxml: xml.map(|xml| text("the document", xml)).transpose()?,
            flags,
        };
        self.call::<DomainRestoreFlags>(&args).await
    }

    /// The document in the file of a saved domain.
    ///
    /// # Errors
    ///
    /// When it is no such file.
    pub async fn saved_domain_xml(
        &self,
        file: &str,
        flags: DomainSaveImageXmlFlags,
    ) -> Result<String> {
        let args = DomainSaveImageGetXmlDescArgs {
            file: text("the file", file)?,
            flags,
        };
        Ok(self.call::<DomainSaveImageGetXmlDesc>(&args).await?.xml)
    }

    /// Changes the document in the file of a saved domain.
    ///
    /// # Errors
    ///
    /// When it is no such file, or the document is refused.
    pub async fn define_saved_domain(
        &self,
        file: &str,
        xml: &str,
        flags: DomainSaveRestoreFlags,
    ) -> Result<()> {
        let args = DomainSaveImageDefineXmlArgs {
            file: text("the file", file)?,
            dxml: text("the document", xml)?,
            flags,
        };
        self.call::<DomainSaveImageDefineXml>(&args).await
    }
}
