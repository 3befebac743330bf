//! Finding, listing and making domains.

use std::os::fd::OwnedFd;

use protocol::flags::{ConnectListAllDomainsFlags, DomainCreateFlags, DomainDefineFlags};
use protocol::remote::{
    ConnectListAllDomains, ConnectListAllDomainsArgs, ConnectNumOfDefinedDomains,
    ConnectNumOfDomains, DomainCreateXml, DomainCreateXmlArgs, DomainCreateXmlWithFiles,
    DomainCreateXmlWithFilesArgs, DomainDefineXmlFlags, DomainDefineXmlFlagsArgs, DomainLookupById,
    DomainLookupByIdArgs, DomainLookupByName, DomainLookupByNameArgs, DomainLookupByUuid,
    DomainLookupByUuidArgs,
};

use super::{Domain, parse_uuid};
use crate::connection::{Connection, text};
use crate::error::{Error, Result};
use crate::host::unsigned;

/// What a word may be that a user names a domain by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DomainWord {
    /// The number of a running domain.
    Id,
    /// The UUID.
    Uuid,
    /// The name.
    Name,
}

impl DomainWord {
    /// All ways, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::Id, Self::Uuid, Self::Name];
}

impl Connection {
    /// All domains that `flags` select; empty flags select all.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_domains(&self, flags: ConnectListAllDomainsFlags) -> Result<Vec<Domain>> {
        let args = ConnectListAllDomainsArgs {
            need_results: 1,
            flags,
        };
        let answer = self.call::<ConnectListAllDomains>(&args).await?;
        let domains = answer.domains.into_iter();
        Ok(domains.map(|wire| Domain::new(self, wire)).collect())
    }

    /// How many domains run.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn num_of_domains(&self) -> Result<u32> {
        Ok(unsigned(self.call::<ConnectNumOfDomains>(&()).await?.num))
    }

    /// How many domains are defined and do not run.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn num_of_defined_domains(&self) -> Result<u32> {
        Ok(unsigned(
            self.call::<ConnectNumOfDefinedDomains>(&()).await?.num,
        ))
    }

    /// The domain called `name`.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoDomain`] when there is none.
    pub async fn lookup_domain(&self, name: &str) -> Result<Domain> {
        let args = DomainLookupByNameArgs {
            name: text("the name", name)?,
        };
        let found = self.call::<DomainLookupByName>(&args).await?;
        Ok(Domain::new(self, found.dom))
    }

    /// The running domain with that number.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoDomain`] when there is none.
    pub async fn lookup_domain_by_id(&self, id: i32) -> Result<Domain> {
        let found = self
            .call::<DomainLookupById>(&DomainLookupByIdArgs { id })
            .await?;
        Ok(Domain::new(self, found.dom))
    }

    /// The domain with that UUID.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoDomain`] when there is none.
    pub async fn lookup_domain_by_uuid(&self, uuid: [u8; 16]) -> Result<Domain> {
        let args = DomainLookupByUuidArgs { uuid };
        let found = self.call::<DomainLookupByUuid>(&args).await?;
        Ok(Domain::new(self, found.dom))
    }

    /// The domain that a user means by a number, a UUID or a name, tried in this order.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoDomain`] when it is none of them.
    pub async fn find_domain(&self, word: &str) -> Result<Domain> {
        self.find_domain_by(word, &DomainWord::ALL).await
    }

    /// The domain that a user means by a word that can be what `ways` says, tried in that order.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoDomain`] when it is none of them.
    pub async fn find_domain_by(&self, word: &str, ways: &[DomainWord]) -> Result<Domain> {
        let mut missing = None;
        for way in ways {
            let found = match way {
                DomainWord::Id => match word.parse().ok().filter(|&id| id >= 0) {
                    Some(id) => self.lookup_domain_by_id(id).await,
                    None => continue,
                },
                DomainWord::Uuid => match parse_uuid(word) {
                    Some(uuid) => self.lookup_domain_by_uuid(uuid).await,
                    None => continue,
                },
                DomainWord::Name => self.lookup_domain(word).await,
            };
            match found {
                Err(error) if error.is_not_found() => missing = Some(error),
                other => return other,
            }
        }
        Err(match missing {
            Some(error) => error,
            None => Error::NoSuchDomain {
                word: word.to_owned(),
            },
        })
    }

    /// Defines a domain that persists, or changes the definition of the one with its UUID.
    ///
    /// # Errors
    ///
    /// When the document is refused, or another domain has its name.
    pub async fn define_domain(&self, xml: &str) -> Result<Domain> {
        self.define_domain_with(xml, DomainDefineFlags::empty())
            .await
    }

    /// As [`Connection::define_domain`], with flags.
    ///
    /// # Errors
    ///
    /// When the document is refused, or another domain has its name.
    pub async fn define_domain_with(&self, xml: &str, flags: DomainDefineFlags) -> Result<Domain> {
        let args = DomainDefineXmlFlagsArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let made = self.call::<DomainDefineXmlFlags>(&args).await?;
        Ok(Domain::new(self, made.dom))
    }

    /// Starts a transient domain: it is forgotten when it stops.
    ///
    /// # Errors
    ///
    /// When the document is refused or the start fails; QEMU's own words are in the message.
    pub async fn create_domain(&self, xml: &str) -> Result<Domain> {
        self.create_domain_with(xml, DomainCreateFlags::empty())
            .await
    }

    /// As [`Connection::create_domain`], with flags: paused, destroyed with the connection, ….
    ///
    /// # Errors
    ///
    /// When the document is refused or the start fails; QEMU's own words are in the message.
    pub async fn create_domain_with(&self, xml: &str, flags: DomainCreateFlags) -> Result<Domain> {
        let args = DomainCreateXmlArgs {
            xml_desc: text("the document", xml)?,
            flags,
        };
        let made = self.call::<DomainCreateXml>(&args).await?;
        Ok(Domain::new(self, made.dom))
    }

    /// As [`Connection::create_domain_with`], with descriptors for the guest's first process.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSupport`] of drivers whose guests cannot be given any.
    pub async fn create_domain_with_files(
        &self,
        xml: &str,
        files: Vec<OwnedFd>,
        flags: DomainCreateFlags,
    ) -> Result<Domain> {
        let args = DomainCreateXmlWithFilesArgs {
            xml_desc: text("the document", xml)?,
            flags,
        };
        let made = self
            .call_with_files::<DomainCreateXmlWithFiles>(&args, files)
            .await?;
        Ok(Domain::new(self, made.dom))
    }
}
