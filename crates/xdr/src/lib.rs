//! The XDR codec (RFC 4506): bounded decoding with named errors
