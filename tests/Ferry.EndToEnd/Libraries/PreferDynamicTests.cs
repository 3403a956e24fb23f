using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Libraries;

/// <summary>
/// Rust's own library as a shared one. Debian has it for no target; of rustup's toolchains each has it for this PC, which is the device here: ssh leads to
/// this machine, where the library is out of reach since nothing but what Ferry sends is in LD_LIBRARY_PATH.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class PreferDynamicTests : IDisposable
{
    private readonly FerryTool ferry = new() { Ssh = LoopbackSshd.Shared.SshProgram };

    [Fact]
    public void The_standard_library_goes_along()
    {
        var toolchain = RustupToolchain();
        Assert.SkipWhen(toolchain is null, "no toolchain of rustup's with a libstd-*.so is here");
        ferry.Environment["PATH"] = $"{toolchain}/bin:{ToolPath.WithoutRust}";
        ferry.Environment["RUSTFLAGS"] = "-C prefer-dynamic";
        ferry.Run("device", "add", "here", LoopbackSshd.Shared.Host).ShouldExitWith(0);
        var hello = BoardSession.Copy(Repository.PathOf("samples", "hello"), Path.Combine(ferry.Home, "hello"));

        ferry.RunIn(hello, "run", "-v", "--", "--exit", "7").ShouldExitWith(7);
        var program = Directory.GetFiles(Path.Combine(hello, "target"), "hello", SearchOption.AllDirectories).Single();
        Run.Process("/usr/bin/readelf", ["-d", program]).ShouldExitWith(0).Output.ShouldContain("libstd-");
    }

    public void Dispose() => ferry.Dispose();

    private static string? RustupToolchain()
    {
        var home = Environment.GetEnvironmentVariable("RUSTUP_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".rustup");
        var toolchains = Path.Combine(home, "toolchains");
        return !Directory.Exists(toolchains) ? null
            : Directory.GetDirectories(toolchains).FirstOrDefault(toolchain => Directory.EnumerateFiles(Path.Combine(toolchain, "lib"), "libstd-*.so", SearchOption.AllDirectories).Any());
    }
}
