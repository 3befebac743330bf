//! Derives the XML mapping of a document's element
