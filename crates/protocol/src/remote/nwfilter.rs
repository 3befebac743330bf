//! Network filters and their bindings.

use crate::{
    flags::{NoFlags, NwFilterBindingCreateFlags, NwFilterDefineFlags},
    limits,
    procedure::procedures,
    remote::{NonnullNwfilter, NonnullNwfilterBinding},
};

procedures! {
    Remote;

    /// Finds a network filter by its name.
    175 NwfilterLookupByName "NWFILTER_LOOKUP_BY_NAME"
        as virNWFilterLookupByName (priority: High, read_only: Allowed, rules: &[nwfilter(Getattr)])
        args NwfilterLookupByNameArgs { name: String }
        ret NwfilterLookupByNameRet { nwfilter: NonnullNwfilter };

    /// Finds a network filter by its UUID.
    176 NwfilterLookupByUuid "NWFILTER_LOOKUP_BY_UUID"
        as virNWFilterLookupByUUID (priority: High, read_only: Allowed, rules: &[nwfilter(Getattr)])
        args NwfilterLookupByUuidArgs { uuid: [u8; 16] }
        ret NwfilterLookupByUuidRet { nwfilter: NonnullNwfilter };

    /// A network filter's rules as XML.
    177 NwfilterGetXmlDesc "NWFILTER_GET_XML_DESC"
        as virNWFilterGetXMLDesc (priority: High, read_only: Allowed, rules: &[nwfilter(Read)])
        args NwfilterGetXmlDescArgs { nwfilter: NonnullNwfilter, flags: NoFlags }
        ret NwfilterGetXmlDescRet { xml: String };

    /// How many network filters there are.
    178 ConnectNumOfNwfilters "CONNECT_NUM_OF_NWFILTERS"
        as virConnectNumOfNWFilters (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NwFilter, Getattr)),
            rules: &[connect(SearchNwfilters)],
        )
        ret ConnectNumOfNwfiltersRet { num: i32 };

    /// Names of the network filters.
    179 ConnectListNwfilters "CONNECT_LIST_NWFILTERS"
        as virConnectListNWFilters (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NwFilter, Getattr)),
            rules: &[connect(SearchNwfilters)],
        )
        args ConnectListNwfiltersArgs { maxnames: i32 }
        ret ConnectListNwfiltersRet { #[xdr(max = limits::NWFILTER_LIST_MAX)] names: Vec<String> };

    /// Defines a network filter, or changes its rules.
    180 NwfilterDefineXml "NWFILTER_DEFINE_XML"
        as virNWFilterDefineXML (priority: High, rules: &[nwfilter(Write), nwfilter(Save)])
        args NwfilterDefineXmlArgs { xml: String }
        ret NwfilterDefineXmlRet { nwfilter: NonnullNwfilter };

    /// Forgets a network filter that nobody uses.
    181 NwfilterUndefine "NWFILTER_UNDEFINE"
        as virNWFilterUndefine (priority: High, rules: &[nwfilter(Delete)])
        args NwfilterUndefineArgs { nwfilter: NonnullNwfilter };

    /// All network filters.
    286 ConnectListAllNwfilters "CONNECT_LIST_ALL_NWFILTERS"
        as virConnectListAllNWFilters (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NwFilter, Getattr)),
            rules: &[connect(SearchNwfilters)],
        )
        args ConnectListAllNwfiltersArgs { need_results: i32, flags: NoFlags }
        ret ConnectListAllNwfiltersRet {
            #[xdr(max = limits::NWFILTER_LIST_MAX)] filters: Vec<NonnullNwfilter>,
            ret: u32,
        };

    /// Finds a network filter binding by its port device.
    397 NwfilterBindingLookupByPortDev "NWFILTER_BINDING_LOOKUP_BY_PORT_DEV"
        as virNWFilterBindingLookupByPortDev (
            priority: High,
            read_only: Allowed,
            rules: &[nwfilter_binding(Getattr)],
        )
        args NwfilterBindingLookupByPortDevArgs { name: String }
        ret NwfilterBindingLookupByPortDevRet { nwfilter: NonnullNwfilterBinding };

    /// A network filter binding's description as XML.
    398 NwfilterBindingGetXmlDesc "NWFILTER_BINDING_GET_XML_DESC"
        as virNWFilterBindingGetXMLDesc (
            priority: High,
            read_only: Allowed,
            rules: &[nwfilter_binding(Read)],
        )
        args NwfilterBindingGetXmlDescArgs { nwfilter: NonnullNwfilterBinding, flags: NoFlags }
        ret NwfilterBindingGetXmlDescRet { xml: String };

    /// Binds a network filter to a port device.
    399 NwfilterBindingCreateXml "NWFILTER_BINDING_CREATE_XML"
        as virNWFilterBindingCreateXML (priority: High, rules: &[nwfilter_binding(Create)])
        args NwfilterBindingCreateXmlArgs { xml: String, flags: NwFilterBindingCreateFlags }
        ret NwfilterBindingCreateXmlRet { nwfilter: NonnullNwfilterBinding };

    /// Removes a network filter binding.
    400 NwfilterBindingDelete "NWFILTER_BINDING_DELETE"
        as virNWFilterBindingDelete (priority: High, rules: &[nwfilter_binding(Delete)])
        args NwfilterBindingDeleteArgs { nwfilter: NonnullNwfilterBinding };

    /// All network filter bindings.
    401 ConnectListAllNwfilterBindings "CONNECT_LIST_ALL_NWFILTER_BINDINGS"
        as virConnectListAllNWFilterBindings (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::NwFilterBinding, Getattr)),
            rules: &[connect(SearchNwfilterBindings)],
        )
        args ConnectListAllNwfilterBindingsArgs { need_results: i32, flags: NoFlags }
        ret ConnectListAllNwfilterBindingsRet {
            #[xdr(max = limits::NWFILTER_BINDING_LIST_MAX)] bindings: Vec<NonnullNwfilterBinding>,
            ret: u32,
        };

    /// Defines a network filter, or changes its rules, with flags.
    431 NwfilterDefineXmlFlags "NWFILTER_DEFINE_XML_FLAGS"
        as virNWFilterDefineXMLFlags (priority: High, rules: &[nwfilter(Write), nwfilter(Save)])
        args NwfilterDefineXmlFlagsArgs { xml: String, flags: NwFilterDefineFlags }
        ret NwfilterDefineXmlFlagsRet { nwfilter: NonnullNwfilter };
}
