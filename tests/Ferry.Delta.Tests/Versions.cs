using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.Delta.Tests;

/// <summary>Two versions of a program, as they are sent: one statement apart.</summary>
internal static class Versions
{
    private const string Source = """
        use std::collections::{BTreeMap, HashMap};
        use std::fmt::Debug;
        #[derive(Debug, Clone, PartialEq)] enum Shape { Circle(f64), Square { side: f64 }, Named(String) }
        trait Area { fn area(&self) -> f64; fn twice(&self) -> f64 { self.area() * 2.0 } }
        impl Area for Shape { fn area(&self) -> f64 { match self { Shape::Circle(r) => r * r * 3.14, Shape::Square { side } => side * side, Shape::Named(name) => name.len() as f64 } } }
        fn sorted<T: Ord + Clone + Debug>(items: &[T]) -> Vec<T> { let mut all = items.to_vec(); all.sort(); println!("{all:?}"); all }
        fn words(text: &str) -> BTreeMap<String, usize> { let mut count = BTreeMap::new(); for word in text.split(' ') { *count.entry(word.to_string()).or_insert(0) += 1; } count }
        fn run(arguments: Vec<String>) -> Result<f64, std::num::ParseIntError> {
            EDIT
            let shapes: Vec<Box<dyn Area>> = vec![Box::new(Shape::Circle(1.0)), Box::new(Shape::Square { side: 2.0 }), Box::new(Shape::Named("x".into()))];
            let table: HashMap<usize, f64> = shapes.iter().enumerate().map(|(i, shape)| (i, shape.twice())).collect();
            sorted(&arguments); sorted(&table.keys().copied().collect::<Vec<_>>());
            println!("{:?}", words("a b a c"));
            Ok(table.values().sum::<f64>() + "42".parse::<i32>()? as f64)
        }
        fn main() {
            let thread = std::thread::spawn(|| run(std::env::args().collect()));
            println!("{:?}", thread.join().map_err(|_| "panicked"));
        }
        """;

    private static readonly string Folder = Directory.CreateTempSubdirectory("ferry-versions-").FullName;

    static Versions() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    public static (byte[] Old, byte[] New) Of(string target, string options, bool named)
    {
        var rustc = Path.Combine(Repository.Cache, "toolchain", "bin", "rustc");
        Assert.SkipUnless(File.Exists(rustc), $"no {rustc}; ./test makes it");
        return (Compile(""), Compile("""eprintln!("there are {} arguments: {arguments:?}", arguments.len());"""));

        byte[] Compile(string edit)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Folder, Path.GetRandomFileName())).FullName;
            var (source, output) = (Path.Combine(folder, "version.rs"), Path.Combine(folder, "version"));
            File.WriteAllText(source, Source.Replace("EDIT", edit, StringComparison.Ordinal));
            // The edit alone is to make the difference, and not the folder's name in panics' texts.
            string[] words = ["--edition=2021", "--target", target, "-g", $"--remap-path-prefix={folder}=src", "-Clinker=rust-lld", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            Run.Process(rustc, [.. words, .. named ? Array.Empty<string>() : ["-Cstrip=symbols"], "-o", output, source], folder).ShouldExitWith(0);
            return ElfStrip.WithoutDebugInfo(File.ReadAllBytes(output)).ToArray();
        }
    }
}
