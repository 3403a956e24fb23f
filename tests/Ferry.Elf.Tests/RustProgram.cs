using Ferry.Lab;

namespace Ferry.Elf.Tests;

/// <summary>Builds small Rust programs with debug information, with the lab's toolchain; each only once.</summary>
internal static class RustProgram
{
    private const string Hello = """
        #[inline(never)] fn deep_inside(n: usize) -> usize { if n > 5 { panic!("too deep: {n}") } std::hint::black_box(n) + 1 }
        fn main() {
            let sum: usize = (0..4).map(deep_inside).sum();
            println!("the sum is {sum}");
            if std::env::args().count() > 1 { println!("{}", deep_inside(sum)); }
            std::process::exit(7);
        }
        """;

    private const string Library = """
        #![no_std]
        #[panic_handler] fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
        pub static TABLE: [fn(u32) -> u32; 2] = [double, triple];
        #[no_mangle] pub extern "C" fn double_of(n: u32) -> u32 { TABLE[n as usize & 1](n) }
        #[inline(never)] fn double(n: u32) -> u32 { n * 2 }
        #[inline(never)] fn triple(n: u32) -> u32 { n * 3 }
        """;

    private static readonly Lock Gate = new();
    private static readonly string Folder = Directory.CreateTempSubdirectory("ferry-elf-").FullName;

    static RustProgram() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>A static program that prints, panics with any argument, and else exits with 7.</summary>
    public static string Program(string target, params string[] options) => Once("hello", Hello, target, options, (source, output) =>
        Rustc(target, ["--crate-type=bin", "-Clinker=rust-lld", "-Clinker-flavor=ld.lld", "-o", output, .. options, source]));

    /// <summary>A static program that reads at address 0x10.</summary>
    public static string Crash(string target) => Once("crash", "fn main() { println!(\"{}\", unsafe { std::ptr::read_volatile(std::hint::black_box(0x10) as *const u8) }); }", target, [], (source, output) =>
        Rustc(target, ["--crate-type=bin", "-Clinker=rust-lld", "-Clinker-flavor=ld.lld", "-o", output, source]));

    /// <summary>A program of a few thousand lines: Ferry's agent.</summary>
    public static string Agent(string target, params string[] options) => Once("agent", "", target, options, (_, output) =>
        Rustc(target, ["--crate-type=bin", "-Clinker=rust-lld", "-Clinker-flavor=ld.lld", "-o", output, .. options, Repository.PathOf("device", "agent", "agent.rs")]));

    /// <summary>A shared object without any other library.</summary>
    public static string SharedObject(string target, params string[] options) => Once("library", Library, target, options, (source, output) =>
    {
        var emulation = target[..target.IndexOf('-')] switch { "aarch64" => "aarch64linux", "x86_64" => "elf_x86_64", _ => "armelf_linux_eabi" };
        var forLinker = options.Where(option => option.StartsWith(LinkArgument, StringComparison.Ordinal)).ToList();
        Rustc(target, ["--crate-type=lib", "--emit=obj", "-Cpanic=abort", "-o", output + ".o", .. options.Except(forLinker), source]);
        Run.Process(Lld, ["-flavor", "gnu", "-m", emulation, "-shared", "--build-id", "-soname", "liblibrary.so.1", "-o", output, .. forLinker.Select(option => option[LinkArgument.Length..]), output + ".o"]).ShouldExitWith(0);
    });

    /// <summary>An object of a source without std, not linked.</summary>
    public static string Object(string target, string source) => Once("object", source, target, [], (file, output) =>
        Rustc(target, ["--crate-type=lib", "--emit=obj", "-Cpanic=abort", "-Crelocation-model=pic", "-o", output, file]));

    /// <summary>rust-lld, which is told its flavor by <c>-flavor gnu</c>.</summary>
    public static string Lld => Directory.GetFiles(Toolchain("lib", "rustlib"), "rust-lld", SearchOption.AllDirectories)[0];

    private const string LinkArgument = "-Clink-arg=";

    private static string Once(string name, string source, string target, string[] options, Action<string, string> build)
    {
        Assert.SkipUnless(File.Exists(Toolchain("bin", "rustc")), $"no {Toolchain("bin", "rustc")}; ./test makes it");
        Assert.SkipUnless(Directory.Exists(Toolchain("lib", "rustlib", target)), $"no std for {target} in {Toolchain()}; ./test makes it");
        lock (Gate)
        {
            var output = Path.Combine(Folder, string.Concat([name, target, .. options]).Replace('=', '_'));
            if (!File.Exists(output))
            {
                var file = Path.Combine(Folder, name + ".rs");
                File.WriteAllText(file, source);
                build(file, output);
            }

            return output;
        }
    }

    private static void Rustc(string target, IEnumerable<string> arguments) =>
        Run.Process(Toolchain("bin", "rustc"), ["--edition=2021", "--target", target, "-g", .. arguments], Folder, [new("RUSTC_BOOTSTRAP", "1")]).ShouldExitWith(0);

    private static string Toolchain(params string[] parts) => Path.Combine([Repository.Cache, "toolchain", .. parts]);
}
