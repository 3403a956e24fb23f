namespace Ferry.EndToEnd.Debugging;

/// <summary>A program that gives up, with something to look at on the way there.</summary>
internal static class CoredProgram
{
    private const string Source = """
        use std::collections::HashMap;

        #[inline(never)]
        fn give_up(words: &[String], ages: &HashMap<String, u128>) {
            let total = words.len() + ages.len();
            if total == 3 {
                std::process::abort();
            }
        }

        fn main() {
            if std::env::args().any(|word| word == "live") {
                return;
            }
            let words: Vec<String> = vec!["a b".to_string(), "c".to_string()];
            let ages = HashMap::from([("moon".to_string(), 1u128 << 100)]);
            let (_sender, receiver) = std::sync::mpsc::channel::<()>();
            std::thread::Builder::new().name("helper".into()).spawn(move || receiver.recv()).unwrap();
            give_up(&words, &ages);
        }

        """;

    public static CargoProject In(string folder) => new CargoProject(folder, "cored").With("src/main.rs", Source);
}
