using Ferry.Lab;

namespace Ferry.Delta.Tests;

/// <summary>device/agent/patch.rs, compiled for this PC as a program that applies a patch.</summary>
internal static class DevicePatch
{
    private const string Main = """
        #[path = "PATCH"] mod patch;
        fn main() {
            let files: Vec<Vec<u8>> = std::env::args().skip(1).take(2).map(|file| std::fs::read(file).unwrap()).collect();
            let result = patch::header(&files[1]).and_then(|(header, body)| {
                if header.old_length != files[0].len() { return Err("another file"); }
                let mut new = vec![0; header.new_length];
                patch::apply(&files[0], body, &mut new).map(|_| new)
            });
            match result {
                Ok(new) => std::fs::write(std::env::args().nth(3).unwrap(), new).unwrap(),
                Err(reason) => { eprintln!("{reason}"); std::process::exit(3) }
            }
        }
        """;

    private static readonly Lazy<string> Program = new(Compile);
    private static readonly string Folder = Directory.CreateTempSubdirectory("ferry-delta-").FullName;

    static DevicePatch() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>The new file, or null where the device refuses the patch; anything but a refusal fails the test.</summary>
    public static byte[]? Apply(byte[] old, byte[] patch)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Path.GetRandomFileName())).FullName;
        File.WriteAllBytes(Path.Combine(folder, "old"), old);
        File.WriteAllBytes(Path.Combine(folder, "patch"), patch);
        var run = Run.Process(Program.Value, ["old", "patch", "new"], folder);
        run.ExitCode.ShouldBeOneOf([0, 3], run.Errors);
        return run.ExitCode == 0 ? File.ReadAllBytes(Path.Combine(folder, "new")) : null;
    }

    private static string Compile()
    {
        var rustc = Path.Combine(Repository.Cache, "toolchain", "bin", "rustc");
        Assert.SkipUnless(File.Exists(rustc), $"no {rustc}; ./test makes it");
        var source = Path.Combine(Folder, "apply.rs");
        File.WriteAllText(source, Main.Replace("PATCH", Repository.PathOf("device", "agent", "patch.rs"), StringComparison.Ordinal));
        // With overflow checks: what would end a debug build of the agent is to end the test.
        Run.Process(rustc, ["--edition=2021", "-O", "-Coverflow-checks=on", "-Dwarnings", "-Adead_code", "--target", "x86_64-unknown-linux-musl", "-Clinker=rust-lld", "-o", Path.Combine(Folder, "apply"), source], Folder)
            .ShouldExitWith(0);
        return Path.Combine(Folder, "apply");
    }
}
