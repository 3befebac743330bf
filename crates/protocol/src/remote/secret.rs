//! Secrets.

use xdr::Opaque;

use crate::{
    enums::SecretEventId,
    flags::{ConnectListAllSecretsFlags, NoFlags, SecretDefineFlags},
    limits,
    procedure::{events, procedures},
    remote::NonnullSecret,
};

procedures! {
    Remote;

    /// How many secrets there are.
    139 ConnectNumOfSecrets "CONNECT_NUM_OF_SECRETS"
        as virConnectNumOfSecrets (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Secret, Getattr)),
            rules: &[connect(SearchSecrets)],
        )
        ret ConnectNumOfSecretsRet { num: i32 };

    /// UUIDs of the secrets.
    140 ConnectListSecrets "CONNECT_LIST_SECRETS"
        as virConnectListSecrets (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Secret, Getattr)),
            rules: &[connect(SearchSecrets)],
        )
        args ConnectListSecretsArgs { maxuuids: i32 }
        ret ConnectListSecretsRet { #[xdr(max = limits::SECRET_LIST_MAX)] uuids: Vec<String> };

    /// Finds a secret by its UUID.
    141 SecretLookupByUuid "SECRET_LOOKUP_BY_UUID"
        as virSecretLookupByUUID (priority: High, read_only: Allowed, rules: &[secret(Getattr)])
        args SecretLookupByUuidArgs { uuid: [u8; 16] }
        ret SecretLookupByUuidRet { secret: NonnullSecret };

    /// Defines a secret, or changes its definition.
    142 SecretDefineXml "SECRET_DEFINE_XML"
        as virSecretDefineXML (priority: High, rules: &[secret(Write), secret(Save)])
        args SecretDefineXmlArgs { xml: String, flags: SecretDefineFlags }
        ret SecretDefineXmlRet { secret: NonnullSecret };

    /// A secret's description as XML, without its value.
    143 SecretGetXmlDesc "SECRET_GET_XML_DESC"
        as virSecretGetXMLDesc (priority: High, read_only: Allowed, rules: &[secret(Read)])
        args SecretGetXmlDescArgs { secret: NonnullSecret, flags: NoFlags }
        ret SecretGetXmlDescRet { xml: String };

    /// Sets a secret's value.
    144 SecretSetValue "SECRET_SET_VALUE"
        as virSecretSetValue (priority: High, rules: &[secret(Write)])
        args SecretSetValueArgs {
            secret: NonnullSecret,
            #[xdr(max = limits::SECRET_VALUE_MAX)] value: Opaque,
            flags: NoFlags,
        };

    /// A secret's value.
    145 SecretGetValue "SECRET_GET_VALUE"
        as virSecretGetValue (priority: High, rules: &[secret(ReadSecure)])
        args SecretGetValueArgs { secret: NonnullSecret, flags: NoFlags }
        ret SecretGetValueRet { #[xdr(max = limits::SECRET_VALUE_MAX)] value: Opaque };

    /// Forgets a secret and its value.
    146 SecretUndefine "SECRET_UNDEFINE"
        as virSecretUndefine (priority: High, rules: &[secret(Delete)])
        args SecretUndefineArgs { secret: NonnullSecret };

    /// Finds a secret by what uses it.
    147 SecretLookupByUsage "SECRET_LOOKUP_BY_USAGE"
        as virSecretLookupByUsage (priority: High, read_only: Allowed, rules: &[secret(Getattr)])
        args SecretLookupByUsageArgs {
            #[xdr(name = "usageType")] usage_type: i32,
            #[xdr(name = "usageID")] usage_id: String,
        }
        ret SecretLookupByUsageRet { secret: NonnullSecret };

    /// All secrets that pass the filters.
    287 ConnectListAllSecrets "CONNECT_LIST_ALL_SECRETS"
        as virConnectListAllSecrets (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Secret, Getattr)),
            rules: &[connect(SearchSecrets)],
        )
        args ConnectListAllSecretsArgs { need_results: i32, flags: ConnectListAllSecretsFlags }
        ret ConnectListAllSecretsRet {
            #[xdr(max = limits::SECRET_LIST_MAX)] secrets: Vec<NonnullSecret>,
            ret: u32,
        };

    /// Asks for one kind of secret events.
    380 ConnectSecretEventRegisterAny "CONNECT_SECRET_EVENT_REGISTER_ANY"
        as virConnectSecretEventRegisterAny (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::Secret, Getattr)),
            rules: &[connect(SearchSecrets)],
        )
        args ConnectSecretEventRegisterAnyArgs {
            #[xdr(name = "eventID")] event_id: i32,
            secret: Option<NonnullSecret>,
        }
        ret ConnectSecretEventRegisterAnyRet { #[xdr(name = "callbackID")] callback_id: i32 };

    /// Ends what `ConnectSecretEventRegisterAny` began.
    381 ConnectSecretEventDeregisterAny "CONNECT_SECRET_EVENT_DEREGISTER_ANY"
        as virConnectSecretEventDeregisterAny (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        args ConnectSecretEventDeregisterAnyArgs { #[xdr(name = "callbackID")] callback_id: i32 };
}

events! {
    Remote;

    /// A secret was defined or forgotten.
    382 SecretEventLifecycle "SECRET_EVENT_LIFECYCLE" (
        id: Some((Object::Secret, SecretEventId::Lifecycle.value())),
    )
        msg SecretEventLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            secret: NonnullSecret,
            event: i32,
            detail: i32,
        };

    /// A secret's value changed.
    383 SecretEventValueChanged "SECRET_EVENT_VALUE_CHANGED" (
        id: Some((Object::Secret, SecretEventId::ValueChanged.value())),
    )
        msg SecretEventValueChangedMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            secret: NonnullSecret,
        };
}
