//! Derives the XDR codec for structs, enums and unions
