//! Permissions: with the lookup, by the flags, and denied where nothing is declared.

use protocol::error::{Code, Origin};
use protocol::flags::{ConnectListAllDomainsFlags, DomainXmlFlags};
use protocol::procedure::Permission;
use protocol::remote::*;

use crate::world::*;

fn xml(flags: DomainXmlFlags) -> DomainGetXmlDescArgs {
    DomainGetXmlDescArgs {
        dom: domain(),
        flags,
    }
}

#[tokio::test]
async fn a_lookup_needs_the_permission_that_the_procedure_declares() {
    let client = open(&with_policy(AllBut(Permission::Read))).await;
    let body = refused::<DomainGetXmlDesc>(&client, xml(DomainXmlFlags::empty())).await;
    let text = "access denied: 'Sample' denied access: virDomainGetXMLDesc needs the permission \
                'read' on domain 'vm'";
    check(&body, Code::AccessDenied, text);
    assert_eq!(body.origin, Origin::Access);
}

#[tokio::test]
async fn a_flag_can_need_a_further_permission() {
    let client = open(&with_policy(AllBut(Permission::ReadSecure))).await;
    client
        .call::<DomainGetXmlDesc>(&xml(DomainXmlFlags::INACTIVE))
        .await
        .unwrap();
    let body = refused::<DomainGetXmlDesc>(&client, xml(DomainXmlFlags::SECURE)).await;
    check(&body, Code::AccessDenied, "'read_secure'");
}

#[tokio::test]
async fn permissions_on_the_connection_are_checked_before_the_handler() {
    let client = open(&with_policy(AllBut(Permission::SearchDomains))).await;
    let flags = ConnectListAllDomainsFlags::empty();
    let args = ConnectListAllDomainsArgs {
        need_results: 1,
        flags,
    };
    let body = refused::<ConnectListAllDomains>(&client, args).await;
    check(
        &body,
        Code::AccessDenied,
        "'search_domains' on the connection",
    );
}

#[tokio::test]
async fn a_list_leaves_out_what_the_client_may_not_see() {
    let args = ConnectListAllDomainsArgs {
        need_results: 1,
        flags: ConnectListAllDomainsFlags::empty(),
    };
    let all = open(&lenient()).await;
    assert_eq!(
        all.call::<ConnectListAllDomains>(&args).await.unwrap().ret,
        1
    );
}

#[tokio::test]
async fn an_object_that_the_procedure_does_not_declare_is_denied() {
    let client = open(&lenient()).await;
    let body = refused::<DomainIsActive>(&client, DomainIsActiveArgs { dom: domain() }).await;
    let text = "virDomainIsActive declares no permission on network 'default'";
    check(&body, Code::InternalError, text);
}
