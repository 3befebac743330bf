//! Tests of the machinery as a whole.
