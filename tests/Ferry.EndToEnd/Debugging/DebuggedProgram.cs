using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>A program with something of everything that a debugger is asked for, and the lines of it that tests name.</summary>
internal static class DebuggedProgram
{
    public const string Name = "two-words";

    private const string Source = """
        use std::collections::HashMap;
        use std::io::Read;

        #[derive(Debug)]
        #[allow(dead_code)]
        pub enum Shape {
            Dot,
            Circle(f64),
            Box { width: u32, height: u32 },
        }

        #[inline(never)]
        fn area(shape: &Shape) -> u32 {
            match shape {
                Shape::Box { width, height } => width * height, // area
                _ => 0,
            }
        }

        #[inline(never)]
        fn count(limit: u32) -> u32 {
            let mut sum = 0;
            for step in 1..=limit {
                sum += step;
            }
            sum // counted
        }

        fn main() {
            let words: Vec<String> = std::env::args().skip(1).collect();
            let ages = HashMap::from([("moon".to_string(), 1u128 << 100)]);
            let shape = Shape::Box { width: 3, height: 4 };
            let maybe = Some(5u8);
            let mut code = 3;
            let (sender, receiver) = std::sync::mpsc::channel::<()>();
            let helper = std::thread::Builder::new().name("helper".into()).spawn(move || receiver.recv().is_err()).unwrap();
            println!("area {} counted {} {maybe:?}", area(&shape), count(4)); // shown
            eprintln!("on the way");
            if words.iter().any(|word| word == "panic") {
                panic!("asked to, with {ages:?}");
            }
            let mut read = String::new();
            std::io::stdin().read_to_string(&mut read).unwrap();
            code += read.len() as i32;
            drop(sender);
            println!("helper {} read {read:?}", helper.join().unwrap()); // end
            std::process::exit(code);
        }

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn boxes_have_areas() {
                let shape = Shape::Box { width: 3, height: 5 };
                assert_eq!(area(&shape), 15); // in the test
            }

            #[test]
            fn dots_have_none() {
                assert_eq!(area(&Shape::Dot), 0); // dots
            }
        }

        """;

    public static string Lldb { get; } = Path.Combine(Repository.Cache, "debuggers", "bin", "lldb-19");

    /// <summary>What of it, and of gdbserver, runs on a board.</summary>
    public static string LeftOn(BoardSession board) => board.OnBoard($"ps ax -o args | grep -E 'gdbserver|{Name}' | grep -v grep; true").ShouldExitWith(0).Output;

    public static CargoProject In(string folder) => new CargoProject(folder, Name).With("src/main.rs", Source);

    /// <summary>FILE:LINE of the line with this remark.</summary>
    public static string LineOf(string remark) => $"src/main.rs:{Source.Split('\n').TakeWhile(line => !line.Contains("// " + remark, StringComparison.Ordinal)).Count() + 1}";
}
