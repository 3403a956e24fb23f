using Ferry.Commands;
using Ferry.Commands.Debugging;

namespace Ferry.Tests.Debugging;

public sealed class DebugWordsTests
{
    private static readonly CargoLine Line = new() { Verb = "debug" };

    [Fact]
    public void What_goes_together_passes() => new DebugWords { Test = "one", Breakpoints = ["a"], BreaksOnPanic = true }.Check(Line);

    [Fact]
    public void What_does_not_go_together_is_wrong_usage_before_anything_is_done()
    {
        Refusal(new() { Attach = "a", Test = "b" }).ShouldStartWith("--attach and --test");
        Refusal(new() { Core = "a", Test = "b" }).ShouldStartWith("--core does not");
        Refusal(new() { Core = "/no/such/core" }).ShouldBe("there is no file '/no/such/core'");
        Refusal(new() { Commands = "/no/such/file" }).ShouldBe("there is no file '/no/such/file'");
        Refusal(new() { Gdbserver = "/no/such/server" }).ShouldBe("there is no file '/no/such/server'");
        Refusal(new(), Line with { Devices = ["a", "b"] }).ShouldBe("a program is debugged on one device at a time");
        Refusal(new() { Attach = "a" }, Line with { ProgramArguments = ["x"u8.ToArray()] }).ShouldBe("what runs already takes no arguments");
    }

    [Theory]
    [InlineData("debug --core --bin x", "debug --core= --bin x")]
    [InlineData("debug --core", "debug --core=")]
    [InlineData("debug --core file --serve", "debug --core file --serve=0")]
    [InlineData("-v debug --serve --keep", "-v debug --serve=0 --keep")]
    [InlineData("debug --serve 7 --test x:1", "debug --serve 7 --test x:1")]
    [InlineData("why --core file", "why --core file")]
    public void What_an_option_may_leave_out_is_not_taken_from_what_follows(string typed, string read) =>
        DebugCommand.WithWhatIsLeftOut(typed.Split(' ')).ShouldBe(read.Split(' '));

    private static string Refusal(DebugWords words, CargoLine? line = null)
    {
        var error = Should.Throw<FerryException>(() => words.Check(line ?? Line));
        error.Exit.ShouldBe(ExitCode.WrongUsage);
        return error.Message;
    }
}
