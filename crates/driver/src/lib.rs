//! What all drivers share: routes, call context, access checks, events, the store on disk, errors
