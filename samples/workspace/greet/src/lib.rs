pub fn greeting(whom: &str) -> String {
    format!("Greetings from {whom}!")
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_greets() {
        assert_eq!(super::greeting("a board"), "Greetings from a board!");
    }
}
