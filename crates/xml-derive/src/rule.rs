//! `#[xml(rule = "@mode='custom' & !@match => model | @host")]`: what must hold between parts.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{LitStr, Result};

/// The rules of a type, as the expressions of their static form.
pub(crate) fn all(rules: &[LitStr]) -> Result<Vec<TokenStream>> {
    let rules: Vec<Vec<TokenStream>> = rules.iter().map(one).collect::<Result<_>>()?;
    Ok(rules.into_iter().flatten().collect())
}

/// One rule; `=> a, b` is one for each part.
fn one(literal: &LitStr) -> Result<Vec<TokenStream>> {
    let text = literal.value();
    let (when, want) = match text.split_once("=>") {
        Some((when, want)) => (when.trim(), want.trim()),
        None => ("", text.trim()),
    };
    let when: Vec<TokenStream> = when
        .split('&')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(|it| condition(it, literal))
        .collect::<Result<_>>()?;
    let wants = if let Some(parts) = want.strip_prefix("no ") {
        let parts = list(parts, ',', literal)?;
        vec![quote!(::xml::Want::NoneOf(&[#(#parts),*]))]
    } else if let Some(name) = want.strip_prefix("one ") {
        vec![quote!(::xml::Want::One(#name))]
    } else if let Some((matching, pattern)) = want.split_once('~') {
        let matching = part(matching.trim(), literal)?;
        let pattern: syn::Path = syn::parse_str(pattern.trim())?;
        vec![quote!(::xml::Want::Matches(#matching, &#pattern))]
    } else if want.contains('=') {
        let each = want.split('&').map(|it| condition(it.trim(), literal));
        let each = each.collect::<Result<Vec<_>>>()?;
        each.into_iter()
            .map(|it| quote!(::xml::Want::Holds(#it)))
            .collect()
    } else if want.contains('^') {
        let parts = list(want, '^', literal)?;
        vec![quote!(::xml::Want::AtMostOne(&[#(#parts),*]))]
    } else {
        let each = want.split(',').map(|it| list(it, '|', literal));
        let each = each.collect::<Result<Vec<_>>>()?;
        let each = each.into_iter();
        each.map(|parts| quote!(::xml::Want::AnyOf(&[#(#parts),*])))
            .collect()
    };
    Ok(wants
        .into_iter()
        .map(|want| quote!(::xml::Rule { when: &[#(#when),*], want: #want }))
        .collect())
}

fn list(text: &str, separator: char, literal: &LitStr) -> Result<Vec<TokenStream>> {
    let parts = text.split(separator).map(str::trim);
    parts.map(|it| part(it, literal)).collect()
}

fn part(text: &str, literal: &LitStr) -> Result<TokenStream> {
    if text == "#text" {
        return Ok(quote!(::xml::Part::Text));
    }
    let is_name = |it: &str| {
        let is_of_name = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | ':');
        !it.is_empty() && it.chars().all(is_of_name)
    };
    if let Some(name) = text.strip_prefix("/@").filter(|it| is_name(it)) {
        return Ok(quote!(::xml::Part::RootAttribute(#name)));
    }
    if let Some(name) = text.strip_prefix("../@").filter(|it| is_name(it)) {
        return Ok(quote!(::xml::Part::ParentAttribute(#name)));
    }
    if let Some(name) = text.strip_prefix("../").filter(|it| is_name(it)) {
        return Ok(quote!(::xml::Part::Parent(#name)));
    }
    if let Some(name) = text.strip_prefix("./").filter(|it| is_name(it)) {
        return Ok(quote!(::xml::Part::Itself(#name)));
    }
    if let Some((child, name)) = text
        .split_once('@')
        .filter(|(it, of)| is_name(it) && is_name(of))
    {
        return Ok(quote!(::xml::Part::ChildAttribute(#child, #name)));
    }
    let (attribute, name) = match text.strip_prefix('@') {
        Some(name) => (true, name),
        None => (false, text),
    };
    if !is_name(name) {
        let message = format!(
            "'{text}' is no part: write `@attribute`, `element`, `element@attribute`, `../@attribute`, `/@attribute`, `../element`, `./element` or `#text`"
        );
        return Err(syn::Error::new(literal.span(), message));
    }
    Ok(if attribute {
        quote!(::xml::Part::Attribute(#name))
    } else {
        quote!(::xml::Part::Element(#name))
    })
}

/// `@a`, `!a`, `@a='x|y'`, `@a!='x'`; an empty word among the values stands for
/// absence, and of an element its text is compared.
fn condition(text: &str, literal: &LitStr) -> Result<TokenStream> {
    let (not, text) = match text.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (name, values) = match text.split_once('=') {
        Some((name, values)) => (name.trim(), values.trim().trim_matches('\'')),
        None => (text, ""),
    };
    let (not, name) = match name.strip_suffix('!') {
        Some(name) => (!not, name),
        None => (not, name),
    };
    let part = part(name, literal)?;
    let values: Vec<&str> = match text.contains('=') {
        true => values.split('|').collect(),
        false => Vec::new(),
    };
    Ok(quote!(::xml::Condition { part: #part, values: &[#(#values),*], not: #not }))
}
