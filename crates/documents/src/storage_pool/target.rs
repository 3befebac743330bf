//! `<target>`: where a pool is on the host.

use xml::Xml;

/// Where the host sees a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@type!='logical' => path")]
pub struct PoolTarget {
    /// The folder in which its volumes are seen.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        absent = "/dev, /dev/mapper or the like, of a pool of devices; an error of one of files"
    )]
    pub path: Option<String>,
    /// Owner and mode of the folder.
    #[xml(child, omit_empty)]
    pub permissions: Option<Permissions>,
}

/// Owner and mode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Permissions {
    /// The permissions as an octal number.
    #[xml(
        text_child,
        with = "crate::Octal",
        absent = "0711 of a pool, 0600 of a volume; that of a pool's folder that is there stays"
    )]
    pub mode: Option<u32>,
    /// The user's number.
    #[xml(
        text_child,
        schema = "crate::pattern::OWNER",
        absent = "that of the driver's process; that of a pool's folder that is there stays"
    )]
    pub owner: Option<i64>,
    /// The group's number.
    #[xml(
        text_child,
        schema = "crate::pattern::OWNER",
        absent = "that of the driver's process; that of a pool's folder that is there stays"
    )]
    pub group: Option<i64>,
    /// The label of the security driver.
    #[xml(text_child, absent = "the host decides")]
    pub label: Option<String>,
}
