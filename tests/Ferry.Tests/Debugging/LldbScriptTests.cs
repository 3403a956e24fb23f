using Ferry.Debugging;

namespace Ferry.Tests.Debugging;

public sealed class LldbScriptTests
{
    private static readonly DebugSetup Usual = new()
    {
        Program = "/p/hello",
        Address = "/tmp/s/gdb",
        Sysroot = "/sys root",
        StopAt = new DebugTarget("hello::main", "_ZN5hello4main17h0123456789abcdefE", HasDebugInfo: true),
    };

    [Fact]
    public void It_stops_at_the_symbol_since_lldb_shows_rusts_names_with_their_hashes() => LldbScript.Of(Usual).ShouldBe("""
        settings set plugin.process.gdb-remote.use-libraries-svr4 false
        settings set plugin.process.gdb-remote.packet-timeout 86400
        platform select remote-linux --sysroot "/sys root"
        target create "/p/hello"
        breakpoint set --one-shot true --name _ZN5hello4main17h0123456789abcdefE
        settings set stop-disassembly-display never

        """);

    [Fact]
    public void What_its_user_wants_to_see_is_on_the_command_line() => Shown(Usual with { Breakpoints = ["src/a.rs:3"], BreaksOnPanic = true, Commands = "/my file" }).ShouldBe(
    [
        "command source -s 1 \"/s\"",
        "breakpoint set --file \"src/a.rs\" --line 3",
        "breakpoint set --name rust_panic",
        "process connect --plugin gdb-remote unix-connect:///tmp/s/gdb",
        "settings set stop-disassembly-display no-debuginfo",
        "process continue",
        "command source \"/my file\"",
    ]);

    [Theory]
    [InlineData("src/main.rs:12", "--file \"src/main.rs\" --line 12")]
    [InlineData("hello::area", "--name \"hello::area\"")]
    [InlineData("*0x1234", "--address 0x1234")]
    [InlineData("rust_panic", "--name \"rust_panic\"")]
    public void Places_are_written_as_for_gdb(string place, string words) => LldbScript.Place(place).ShouldBe(words);

    [Fact]
    public void What_was_running_before_stays_where_it_stands() => Shown(Usual with { IsAttached = true }).ShouldNotContain("process continue");

    [Fact]
    public void A_core_file_is_opened_with_its_program_and_nothing_is_met()
    {
        var setup = Usual with { Core = "/c/core.1", Commands = "/mine" };

        LldbScript.Of(setup).ShouldNotContain("target create");
        Shown(setup).ShouldBe(["command source -s 1 \"/s\"", "target create --core \"/c/core.1\" \"/p/hello\"", "command source \"/mine\""]);
    }

    [Fact]
    public void A_port_of_this_PC_serves_where_there_are_no_unix_sockets() =>
        Shown(Usual with { Address = "localhost:4711" }).ShouldContain("process connect --plugin gdb-remote connect://localhost:4711");

    private static IEnumerable<string> Shown(DebugSetup setup)
    {
        var line = LldbScript.Line(setup, "/s");
        line[0].ShouldBe("-Q");
        return line.Skip(1).Where(word => word != "-o");
    }
}
