//! Sessions over a transport: calls, events, streams, passed descriptors, keepalive, limits
