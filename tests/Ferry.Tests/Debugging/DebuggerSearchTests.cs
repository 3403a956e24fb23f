using System.Runtime.Versioning;
using Ferry.Debugging;
using Ferry.Lab;

namespace Ferry.Tests.Debugging;

[UnsupportedOSPlatform("windows")]
public sealed class DebuggerSearchTests : IDisposable
{
    private const string Target = "aarch64-unknown-linux-gnu";

    private readonly string folder = Directory.CreateTempSubdirectory("ferry-debuggers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_real_ones_are_asked_whether_they_know_the_architecture()
    {
        var gdb = DebuggerSearch.Find("gdb-multiarch", Target);

        gdb.Kind.ShouldBe(DebuggerKind.Gdb);
        gdb.Version.ShouldBeGreaterThan(8);
        DebuggerSearch.Find(Path.Combine(Repository.Cache, "debuggers", "bin", "lldb-19"), Target).ShouldBe(new Debugger(DebuggerKind.Lldb, Path.Combine(Repository.Cache, "debuggers", "bin", "lldb-19"), 19));
    }

    [Fact]
    public void One_that_knows_only_its_own_PC_is_refused_with_that_reason()
    {
        var gdb = Fake("gdb-plain", "case \"$1\" in --version) echo 'GNU gdb (GDB) 15.2' ;; *) echo 'Undefined item: \"aarch64\".' >&2; exit 1 ;; esac");

        var error = Should.Throw<FerryException>(() => DebuggerSearch.Find(gdb, Target));

        (error.Message, error.Exit).ShouldBe(($"'{gdb}' cannot debug aarch64 programs", ExitCode.ToolMissing));
        error.Cause.ShouldBe($"{gdb} knows no aarch64");
        error.Help.ShouldNotBeNull();
    }

    [Fact]
    public void One_that_is_too_old_is_refused_with_its_version()
    {
        Should.Throw<FerryException>(() => DebuggerSearch.Find(Fake("lldb", "echo 'lldb version 14.0.6'"), Target)).Cause!.ShouldContain("is version 14, 15 is the oldest that will do");
        Should.Throw<FerryException>(() => DebuggerSearch.Find(Fake("gdb", "echo 'GNU gdb (Debian 8.2.1-2+b3) 8.2.1'"), Target)).Cause!.ShouldContain("is version 8, 9 is the oldest that will do");
    }

    [Fact]
    public void Each_is_asked_once_and_again_when_it_is_another()
    {
        var asked = Path.Combine(folder, "asked");
        string Gdb(int version) => $"echo \"$*\" >>'{asked}'; case \"$1\" in --version) echo 'GNU gdb (GDB) {version}.2' ;; *) echo 'The target architecture is set to \"aarch64\".' ;; esac";
        var gdb = Fake("gdb", Gdb(15));
        var link = Path.Combine(folder, "a-link");
        File.CreateSymbolicLink(link, gdb);

        DebuggerSearch.Find(link, Target).Version.ShouldBe(15);
        DebuggerSearch.Find(link, Target).Version.ShouldBe(15);
        File.ReadLines(asked).Count().ShouldBe(2); // its version, and the architecture

        File.Delete(gdb);
        Fake("gdb", Gdb(100)); // another size, whatever the clock says
        DebuggerSearch.Find(link, Target).Version.ShouldBe(100);
        File.ReadLines(asked).Count().ShouldBe(4);
    }

    [Fact]
    public void One_that_fails_is_asked_again()
    {
        var once = Path.Combine(folder, "once");
        var gdb = Fake("gdb", $"[ -e '{once}' ] || {{ : >'{once}'; exit 1; }}; case \"$1\" in --version) echo 'GNU gdb (GDB) 15.2' ;; *) echo '\"aarch64\"' ;; esac");

        Should.Throw<FerryException>(() => DebuggerSearch.Find(gdb, Target));
        DebuggerSearch.Find(gdb, Target).Version.ShouldBe(15);
    }

    [Fact]
    public void Lldb_and_gdbserver_do_not_agree_on_x86() =>
        Should.Throw<FerryException>(() => DebuggerSearch.Find(Fake("lldb", "echo 'lldb version 19.1.7'"), "x86_64-unknown-linux-gnu")).Cause!.ShouldContain("takes gdbserver's breakpoints for signals");

    [Fact]
    public void Xcodes_lldb_counts_otherwise_and_will_do() =>
        DebuggerSearch.Find(Fake("lldb", "printf 'lldb-1500.0.404.7\\nApple Swift version 5.10\\n'"), Target).ShouldBe(new Debugger(DebuggerKind.Lldb, Path.Combine(folder, "lldb"), 1500));

    [Fact]
    public void What_is_not_there_is_said_to_be_so() =>
        Should.Throw<FerryException>(() => DebuggerSearch.Find(Path.Combine(folder, "none"), Target)).Cause.ShouldBe("it is not there");

    [Fact]
    public void Gdb_goes_first_and_one_for_all_architectures_before_one_for_the_target() =>
        DebuggerSearch.Names(null, "armv7-unknown-linux-gnueabihf").Take(5).ShouldBe(["gdb-multiarch", "arm-linux-gnueabihf-gdb", "arm-none-linux-gnueabihf-gdb", "arm-linux-gnueabi-gdb", "gdb"]);

    private string Fake(string name, string script)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
