#[test]
fn the_library_is_linked_once() {
    assert_eq!(app::constructed(), 1);
}
