using Ferry.Debugging;

namespace Ferry.Tests.Debugging;

public sealed class GdbScriptTests
{
    private static readonly DebugSetup Usual = new()
    {
        Program = "/p/target/aarch64/debug/hello",
        Address = "/tmp/s/gdb",
        Sysroot = "/home/me/with blank/sysroot",
        CanStartAgain = true,
        StopAt = new DebugTarget("hello::main", "_ZN5hello4main17h0123456789abcdefE", HasDebugInfo: true),
    };

    [Fact]
    public void It_reads_program_and_libraries_here_asks_little_of_the_device_and_stops_at_the_programs_own_main() => GdbScript.Of(Usual).ShouldBe($"""
        set breakpoint pending on
        set sysroot /home/me/with blank/sysroot
        tbreak hello::main
        {string.Join('\n', GdbScript.OverTheWire)}
        target extended-remote /tmp/s/gdb
        continue
        mem auto

        """);

    [Fact]
    public void Breakpoints_come_before_the_start_and_the_users_commands_last()
    {
        var script = GdbScript.Of(Usual with { Breakpoints = ["src/a.rs:3", "area"], BreaksOnPanic = true, StopAt = null, Commands = "/c d/mine" });

        script.Split('\n')[2..^1].ShouldBe(["break src/a.rs:3", "break area", "break rust_panic", .. GdbScript.OverTheWire, "target extended-remote /tmp/s/gdb", "continue", "mem auto", "source /c d/mine"]);
    }

    [Fact]
    public void What_was_running_before_stays_where_it_stands() =>
        GdbScript.Of(Usual with { IsAttached = true, CanStartAgain = false, StopAt = null }).ShouldEndWith("target remote /tmp/s/gdb\nmem auto\n");

    [Fact]
    public void A_core_file_is_opened_and_nothing_is_met() =>
        GdbScript.Of(Usual with { Core = "/c/core.1" }).ShouldBe("set breakpoint pending on\nset sysroot /home/me/with blank/sysroot\ncore-file /c/core.1\n");

    [Fact]
    public void Sources_and_libraries_of_this_PC_are_named() =>
        GdbScript.Of(Usual with { LibraryFolders = ["/a", "/b"], Sources = [("/rustc/abc", "/home/a \"b\"/src")] }).Split('\n')[2..4]
            .ShouldBe([$"set solib-search-path /a{Path.PathSeparator}/b", @"set substitute-path ""/rustc/abc"" ""/home/a \""b\""/src"""]);

    [Fact]
    public void Rusts_scripts_are_trusted_and_found_and_their_lack_is_no_warning_of_gdbs()
    {
        GdbScript.Line(Usual with { Printers = "/etc" }, "/s").ShouldBe(["-q", "-iex", "add-auto-load-safe-path /etc", "-directory", "/etc", "-x", "/s", Usual.Program]);
        GdbScript.Variables(Usual with { Printers = "/etc" })["PYTHONPATH"]!.ShouldEndWith("/etc");
        GdbScript.Line(Usual, "/s").ShouldBe(["-q", "-iex", "set auto-load python-scripts off", "-x", "/s", Usual.Program]);
        GdbScript.Variables(Usual).ShouldBeEmpty();
    }
}
