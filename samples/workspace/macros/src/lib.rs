//! `#[derive(Fields)]` gives a struct the constant `FIELDS`, the names of its fields.

use proc_macro::{Delimiter, TokenStream, TokenTree};

#[proc_macro_derive(Fields)]
pub fn fields(item: TokenStream) -> TokenStream {
    let mut name = String::new();
    let mut names = vec![];
    let mut tokens = item.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word.to_string() == "struct" => name = tokens.next().unwrap().to_string(),
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => names = before_colons(body.stream()),
            _ => (),
        }
    }
    format!("impl {name} {{ pub const FIELDS: &'static [&'static str] = &{names:?}; }}").parse().unwrap()
}

/// The word before each single colon: `celsius: f32` has one, `std::string::String` none.
fn before_colons(body: TokenStream) -> Vec<String> {
    let tokens: Vec<_> = body.into_iter().collect();
    let colon = |n: usize| matches!(tokens.get(n), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    (1..tokens.len()).filter(|&n| colon(n) && !colon(n - 1) && !colon(n + 1)).map(|n| tokens[n - 1].to_string()).collect()
}
