//! Limits of a daemon's clients.

use super::fields;

fields! {
    "VIR_SERVER_CLIENTS_CURRENT" CURRENT = "nclients";
    "VIR_SERVER_CLIENTS_MAX" MAX = "nclients_max";
    "VIR_SERVER_CLIENTS_UNAUTH_CURRENT" UNAUTH_CURRENT = "nclients_unauth";
    "VIR_SERVER_CLIENTS_UNAUTH_MAX" UNAUTH_MAX = "nclients_unauth_max";
}
