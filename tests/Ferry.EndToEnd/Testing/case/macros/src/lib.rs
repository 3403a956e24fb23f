use proc_macro::TokenStream;

#[proc_macro]
pub fn seven(_input: TokenStream) -> TokenStream {
    word(7).parse().unwrap()
}

fn word(number: u8) -> String {
    number.to_string()
}

#[test]
fn a_macro_is_tested_where_it_is_expanded() {
    assert_eq!(word(7), "7");
    assert!(cfg!(target_arch = "x86_64"));
}
