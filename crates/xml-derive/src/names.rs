//! Names in XML from names in Rust, and the doc comment of an item.

use syn::{Attribute, Expr, ExprLit, Ident, Lit, Meta};

/// `memory_backing` → `memoryBacking`.
pub(crate) fn camel(ident: &Ident) -> String {
    let mut out = String::new();
    let mut upper = false;
    for it in plain(ident).chars() {
        if it == '_' {
            upper = true;
        } else if upper {
            out.extend(it.to_uppercase());
            upper = false;
        } else {
            out.push(it);
        }
    }
    out
}

/// `HostPassthrough` → `host-passthrough`.
pub(crate) fn kebab(ident: &Ident) -> String {
    let mut out = String::new();
    for it in plain(ident).chars() {
        if it.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(it.to_lowercase());
    }
    out
}

fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// The doc comment, its lines joined.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    lines.join("\n").trim().to_owned()
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    if !attribute.path().is_ident("doc") {
        return None;
    }
    match &attribute.meta {
        Meta::NameValue(it) => match &it.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => {
                let text = text.value();
                Some(text.strip_prefix(' ').map(str::to_owned).unwrap_or(text))
            }
            _ => None,
        },
        _ => None,
    }
}
