//! Listing and finding domains.

use crate::{
    flags::ConnectListAllDomainsFlags, limits, procedure::procedures, remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Names of the defined domains that do not run.
    21 ConnectListDefinedDomains "CONNECT_LIST_DEFINED_DOMAINS"
        as virConnectListDefinedDomains (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        args ConnectListDefinedDomainsArgs { maxnames: i32 }
        ret ConnectListDefinedDomainsRet {
            #[xdr(max = limits::DOMAIN_LIST_MAX)] names: Vec<String>,
        };

    /// Finds a running domain by its number.
    22 DomainLookupById "DOMAIN_LOOKUP_BY_ID"
        as virDomainLookupByID (priority: High, read_only: Allowed, rules: &[domain(Getattr)])
        args DomainLookupByIdArgs { id: i32 }
        ret DomainLookupByIdRet { dom: NonnullDomain };

    /// Finds a domain by its name.
    23 DomainLookupByName "DOMAIN_LOOKUP_BY_NAME"
        as virDomainLookupByName (priority: High, read_only: Allowed, rules: &[domain(Getattr)])
        args DomainLookupByNameArgs { name: String }
        ret DomainLookupByNameRet { dom: NonnullDomain };

    /// Finds a domain by its UUID.
    24 DomainLookupByUuid "DOMAIN_LOOKUP_BY_UUID"
        as virDomainLookupByUUID (priority: High, read_only: Allowed, rules: &[domain(Getattr)])
        args DomainLookupByUuidArgs { uuid: [u8; 16] }
        ret DomainLookupByUuidRet { dom: NonnullDomain };

    /// How many defined domains do not run.
    25 ConnectNumOfDefinedDomains "CONNECT_NUM_OF_DEFINED_DOMAINS"
        as virConnectNumOfDefinedDomains (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        ret ConnectNumOfDefinedDomainsRet { num: i32 };

    /// Numbers of the running domains.
    37 ConnectListDomains "CONNECT_LIST_DOMAINS"
        as virConnectListDomains (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        args ConnectListDomainsArgs { maxids: i32 }
        ret ConnectListDomainsRet { #[xdr(max = limits::DOMAIN_LIST_MAX)] ids: Vec<i32> };

    /// How many domains run.
    51 ConnectNumOfDomains "CONNECT_NUM_OF_DOMAINS"
        as virConnectNumOfDomains (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        ret ConnectNumOfDomainsRet { num: i32 };

    /// All domains that pass the filters.
    273 ConnectListAllDomains "CONNECT_LIST_ALL_DOMAINS"
        as virConnectListAllDomains (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Domain, Getattr)),
            rules: &[connect(SearchDomains)],
        )
        args ConnectListAllDomainsArgs { need_results: i32, flags: ConnectListAllDomainsFlags }
        ret ConnectListAllDomainsRet {
            #[xdr(max = limits::DOMAIN_LIST_MAX)] domains: Vec<NonnullDomain>,
            ret: u32,
        };
}
