using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.EndToEnd.Boards;
using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.EndToEnd.CLibraries;

/// <summary>x86-64 makes static programs that choose their address (static-pie): this PC as the device, libc.a from packages in a folder.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StaticHereTests(LoopbackDevice device) : IClassFixture<LoopbackDevice>
{
    [Fact]
    public void A_static_program_runs_at_any_address_and_at_a_fixed_one()
    {
        Assert.SkipUnless(SignedArchive.IsHere, "no packages; ./test makes them");
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "the packages are for x86-64");
        var name = device.Sshd.AddHost("static-here", device.Command);
        device.Ferry.Run("device", "add", "here", name).ShouldExitWith(0);
        using var folder = new TemporaryFolder();
        foreach (var deb in SignedArchive.Debs("amd64").Where(file => Path.GetFileName(file).StartsWith("libc6-dev_", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("libgcc-12-dev_", StringComparison.Ordinal)))
        {
            Run.Process("dpkg-deb", ["-x", deb, folder["root"]]).ShouldExitWith(0);
        }

        device.Ferry.Run("sysroot", "add", "here", "--from-dir", folder["root"]).ShouldExitWith(0);
        var project = BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "CLibraries", "case", "fixed"), folder["fixed"]);
        foreach (var (flags, type) in new[] { ("-Ctarget-feature=+crt-static", ElfType.SharedObject), ("-Ctarget-feature=+crt-static -Crelocation-model=static", ElfType.Executable) })
        {
            device.Ferry.Environment["RUSTFLAGS"] = flags;
            device.Ferry.RunIn(project, "run", "--quiet", "--on", "here", "--", "one").ShouldExitWith(0).Output
                .ShouldBe("count 3 dropped 4 caught true map 3 read written time true arguments [\"one\"]\ntrue\n");
            var program = ElfFile.Read(File.ReadAllBytes(folder["fixed/target/x86_64-unknown-linux-gnu/debug/fixed"]));
            (program.Type, program.Interpreter, program.Dynamic?.Needed.Count ?? 0).ShouldBe((type, null, 0));
        }
    }
}
