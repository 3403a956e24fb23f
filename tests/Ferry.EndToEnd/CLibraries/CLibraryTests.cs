using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.CLibraries;

/// <summary>C libraries of the device's distribution: headers and links come here, the program runs with the board's own libraries. Run on each board.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class CLibraryTests : IDisposable
{
    private readonly BoardSession board;
    private readonly SignedArchive archive;
    private readonly TemporaryFolder folder = new();
    private readonly string architecture;
    private readonly string triplet;

    protected CLibraryTests(BoardSession board, string architecture, string triplet)
    {
        (this.board, this.architecture, this.triplet) = (board, architecture, triplet);
        archive = BoardArchive.On(board.Board, architecture);
        BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "CLibraries", "case"), Workspace);
        Directory.CreateDirectory(folder["case/.cargo"]);
        File.WriteAllText(folder["case/.cargo/config.toml"], $"[source.crates-io]\nreplace-with = \"debian\"\n[source.debian]\ndirectory = \"{SignedArchive.Home}/crates\"\n");
        // Each test begins with a device that has nothing but its own libraries.
        Ferry("device", "remove", Device).ShouldExitWith(0);
        Ferry("device", "add", Device, board.Board.Name).ShouldExitWith(0);
    }

    private string Workspace => folder["case"];

    private string Device => board.Board.Name;

    private string Sysroot => Ferry("sysroot", "show", Device).ShouldExitWith(0).Output.Split('\n').First(line => line.TrimStart().StartsWith("folder ", StringComparison.Ordinal)).Trim()["folder ".Length..].Trim();

    public void Dispose()
    {
        archive.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void OpenSSL_from_the_archive_is_linked_and_the_boards_own_is_run()
    {
        var clang = new[] { "/usr/bin/clang", "/usr/bin/clang-14", "/usr/bin/clang-19" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(clang is null, "openssl-sys asks a C compiler for OpenSSL's version, and there is no clang here");
        Ferry("sysroot", "add", Device, "libssl-dev").ShouldExitWith(0).Errors.ShouldContain("Added libssl-dev ");
        var own = board.OnBoard($"sha256sum /usr/lib/{triplet}/libssl.so.3").Output.Split(' ')[0];
        Sha256(Path.Combine(Sysroot, "usr/lib", triplet, "libssl.so")).ShouldBe(own, "the library is the board's, not the package's");
        var output = Built(
            ["run", "--quiet", "-p", "tls"],
            ($"CC_{board.Triple}", clang!),
            ($"CFLAGS_{board.Triple}", $"--target={triplet} --sysroot={Sysroot}")).ShouldExitWith(0).Output;
        output.ShouldStartWith("OpenSSL 3.");
        output.ShouldContain("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    [Fact]
    public void Libgpiod_comes_from_the_board_itself_where_it_is_installed_and_is_kept_when_the_board_is_asked_anew()
    {
        Ferry("sysroot", "add", Device, "libgpiod-dev").ShouldExitWith(0).Errors.ShouldContain("from the device");
        archive.Server.Asked.ShouldBeEmpty();
        Built(["run", "--quiet", "-p", "gpio"]).ShouldExitWith(0).Output.ShouldBe("libgpiod 1.6.3, No such file or directory (os error 2)\n");
        var before = Sysroot;
        Ferry("sysroot", "add", Device, "libgpiod-dev").ShouldExitWith(0).Errors.ShouldContain("Unchanged libgpiod-dev: already in the sysroot");
        Ferry("device", "add", Device, board.Board.Name).ShouldExitWith(0).Errors.ShouldContain("Kept in its sysroot: libgpiod-dev");
        Sysroot.ShouldBe(before);

        // The cache is emptied: the next build fetches all of it again.
        Directory.Delete(Path.GetDirectoryName(before)!, recursive: true);
        Ferry("build", "--quiet", "-p", "fixed").ShouldExitWith(0);
        Sysroot.ShouldBe(before);
    }

    [Fact]
    public void A_static_program_is_linked_with_the_distributions_libc()
    {
        Built(["build", "-p", "fixed"], ("RUSTFLAGS", "-Ctarget-feature=+crt-static")).Errors.ShouldContain("ferry sysroot add DEVICE libc6-dev libgcc-12-dev");
        Ferry("sysroot", "add", Device, "libc6-dev", "libgcc-12-dev").ShouldExitWith(0);
        foreach (var more in new[] { "", " -Crelocation-model=static" })
        {
            var output = Built(["run", "--quiet", "-p", "fixed", "--", "one", "two"], ("RUSTFLAGS", "-Ctarget-feature=+crt-static" + more)).ShouldExitWith(0).Output;
            output.ShouldBe("count 3 dropped 4 caught true map 3 read written time true arguments [\"one\", \"two\"]\ntrue\n");
            var program = global::Ferry.Elf.ElfFile.Read(File.ReadAllBytes(folder[$"case/target/{board.Triple}/debug/fixed"]));
            (program.Interpreter, program.Dynamic?.Needed.Count ?? 0).ShouldBe((null, 0));
        }

        // Dynamic programs stay dynamic, though static libraries are in the same folders.
        Built(["run", "--quiet", "-p", "fixed"]).ShouldExitWith(0);
        global::Ferry.Elf.ElfFile.Read(File.ReadAllBytes(folder[$"case/target/{board.Triple}/debug/fixed"])).Dynamic!.Needed.ShouldContain("libc.so.6");
    }

    [Fact]
    public void A_library_that_the_board_lacks_is_told_when_it_is_added_and_before_anything_is_sent()
    {
        Ferry("sysroot", "add", Device, "libyaml-dev").ShouldExitWith(0).Errors.ShouldContain("does not have libyaml-0-2; what is linked against it needs it there: sudo apt install libyaml-0-2");
        var refused = Built(["build", "-p", "absent"]).ShouldExitWith(5).Errors;
        refused.ShouldContain("'absent' needs libyaml-0.so.2, which device");
        refused.ShouldContain("sudo apt install libyaml-0-2");
    }

    [Fact]
    public void What_is_not_for_the_board_is_refused_and_nothing_changes()
    {
        var before = Sysroot;
        var other = architecture == "arm64" ? "armhf" : "arm64";
        var deb = SignedArchive.Debs(other).First(file => Path.GetFileName(file).StartsWith("libgpiod-dev_", StringComparison.Ordinal));
        Ferry("sysroot", "add", Device, deb).ShouldExitWith(1).Errors.ShouldContain($"is a package for {other}, but device '{Device}' is {architecture}");

        var library = SignedArchive.Debs(other).First(file => Path.GetFileName(file).StartsWith("libgpiod2_", StringComparison.Ordinal));
        Run.Process("dpkg-deb", ["-x", library, folder["root"]]).ShouldExitWith(0);
        Ferry("sysroot", "add", Device, "--from-dir", folder["root"]).ShouldExitWith(1).Errors.ShouldContain($", but device '{Device}' runs ");
        Ferry("sysroot", "add", Device, "libno-such-dev").ShouldExitWith(1).Errors.ShouldContain("no package 'libno-such-dev' in the archives");
        Ferry("sysroot", "add", Device, "no name").ShouldExitWith(2);
        Ferry("sysroot", "add", Device).ShouldExitWith(2).Errors.ShouldContain("no package is named");
        Ferry("sysroot", "add", Device, "./none.deb").ShouldExitWith(2).Errors.ShouldContain("there is no file './none.deb'");
        File.WriteAllText(folder["case/broken.deb"], "!<arch>\nbroken");
        Ferry("sysroot", "add", Device, "./broken.deb").ShouldExitWith(1).Errors.ShouldContain("is not a package that can be read");
        Sysroot.ShouldBe(before);
    }

    [Fact]
    public void Files_and_folders_of_this_PC_are_taken_as_packages_are()
    {
        var debs = SignedArchive.Debs(architecture).ToList();
        var package = debs.First(file => Path.GetFileName(file).StartsWith("libyaml-dev_", StringComparison.Ordinal));
        foreach (var deb in debs.Where(file => Path.GetFileName(file).StartsWith("libyaml-0-2_", StringComparison.Ordinal)))
        {
            Run.Process("dpkg-deb", ["-x", deb, folder["root"]]).ShouldExitWith(0);
        }

        Ferry("sysroot", "add", Device, package, "--from-dir", folder["root"]).ShouldExitWith(0);
        File.Exists(Path.Combine(Sysroot, "usr/include/yaml.h")).ShouldBeTrue();
        Built(["build", "-p", "absent"]).ShouldExitWith(5).Errors.ShouldContain("needs libyaml-0.so.2");
    }

    private RunResult Ferry(params string[] arguments) => board.Ferry.RunIn(Workspace, arguments);

    /// <summary>With pkg-config, told of the sysroot as ferry's own build doors tell it.</summary>
    private RunResult Built(string[] arguments, params (string Name, string Value)[] variables)
    {
        var sysroot = Sysroot;
        var tools = Path.Combine(SignedArchive.Home, "tools", "usr");
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(folder["bin/pkg-config"], $"#!/bin/sh\nLD_LIBRARY_PATH=$(echo {tools}/lib/*-linux-gnu) exec {tools}/bin/pkgconf \"$@\"\n");
        File.SetUnixFileMode(folder["bin/pkg-config"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var environment = board.Ferry.Variables();
        environment["PATH"] = $"{folder["bin"]}:{environment["PATH"]}";
        environment["PKG_CONFIG_ALLOW_CROSS"] = "1";
        environment["PKG_CONFIG_SYSROOT_DIR"] = sysroot;
        environment["PKG_CONFIG_LIBDIR"] = $"{sysroot}/usr/lib/{triplet}/pkgconfig:{sysroot}/usr/share/pkgconfig";
        foreach (var (name, value) in variables)
        {
            environment[name.StartsWith('C') ? name.Replace('-', '_') : name] = value;
        }

        return Run.Process(FerryTool.Path, arguments, Workspace, environment, timeout: TimeSpan.FromMinutes(5));
    }

    private static string Sha256(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}
