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
        platform select remote-linux --sysroot "/sys root"
        target create "/p/hello"
        breakpoint set --one-shot true --name _ZN5hello4main17h0123456789abcdefE
        process connect --plugin gdb-remote unix-connect:///tmp/s/gdb
        process continue

        """);

    [Theory]
    [InlineData("src/main.rs:12", "--file \"src/main.rs\" --line 12")]
    [InlineData("hello::area", "--name \"hello::area\"")]
    [InlineData("*0x1234", "--address 0x1234")]
    [InlineData("rust_panic", "--name \"rust_panic\"")]
    public void Places_are_written_as_for_gdb(string place, string words) => LldbScript.Place(place).ShouldBe(words);

    [Fact]
    public void A_core_file_is_opened_with_its_program_and_nothing_is_met()
    {
        var script = LldbScript.Of(Usual with { Core = "/c/core.1", Commands = "/mine" });

        script.ShouldEndWith("target create --core \"/c/core.1\" \"/p/hello\"\ncommand source \"/mine\"\n");
        script.ShouldNotContain("connect");
    }

    [Fact]
    public void A_port_of_this_PC_serves_where_there_are_no_unix_sockets() =>
        LldbScript.Of(Usual with { Address = "localhost:4711" }).ShouldContain("process connect --plugin gdb-remote connect://localhost:4711\n");
}
