#[test]
fn parses_empty_lines() {
    assert_eq!("".lines().count(), 0);
}
