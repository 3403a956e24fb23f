using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>Whose keys and screen are whose: the debugger's terminal, and one of the program. This PC is the device, and gdbserver is sent along.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DebugTerminalTests(LoopedHere device) : IClassFixture<LoopedHere>
{
    [Fact]
    public void A_program_with_a_terminal_of_its_own_reads_from_it_again_and_again()
    {
        using var other = TerminalProcess.Of(device.Ferry, device.Ferry.Home, "/usr/bin/tty; exec /usr/bin/sleep 1d");
        using var session = Debug("--input", PathOf(other), "--no-stop", "--", "read");

        foreach (var round in (int[])[1, 2])
        {
            other.WaitFor("terminal true", round);
            other.Type("first\n");
            other.WaitFor("line first", round);
            other.Type("second\n\u0004");
            session.WaitFor("exited with code 02", round);
            if (round == 1)
            {
                session.Type("run\n");
            }
        }

        session.Type("quit\n");
        session.End().ShouldBe(2);
        session.Output.ShouldNotContain("line first");
    }

    [Fact]
    public void Ctrl_C_in_the_programs_terminal_is_the_programs()
    {
        using var other = TerminalProcess.Of(device.Ferry, device.Ferry.Home, "/usr/bin/tty; exec /usr/bin/sleep 1d");
        using var session = Debug("--input", PathOf(other), "--no-stop", "--", "read");
        other.WaitFor("terminal true");

        other.Type("\u0003");

        session.WaitFor("Program received signal SIGINT");
        session.Type("kill\n");
        session.WaitFor(@"\(y or n\)");
        session.Type("y\n");
        session.WaitFor("killed");
        session.Type("quit\n");
        session.End().ShouldBe(0);
    }

    [Fact]
    public void Output_goes_to_another_terminal_and_input_comes_from_a_file()
    {
        using var other = TerminalProcess.Of(device.Ferry, device.Ferry.Home, "/usr/bin/tty; exec /usr/bin/sleep 1d");
        File.WriteAllText(device.Project.PathOf("lines"), "a\nb\nc\n");
        using var session = Debug("--input", device.Project.PathOf("lines"), "--output-to", PathOf(other), "--no-stop", "--", "read");

        other.WaitFor("line c");
        session.WaitFor("exited with code 03");
        session.Type("quit\n");
        session.End().ShouldBe(3);
        other.Output.ShouldContain("terminal false");
        session.Output.ShouldNotContain("line c");
    }

    [Fact]
    public void Ctrl_C_stops_what_runs_and_Ctrl_Z_gives_the_terminal_back_until_fg()
    {
        using var shell = TerminalProcess.Of(device.Ferry, device.Project.Folder, "/bin/bash --norc -i");
        shell.Type($"PS1='the shell: '; '{FerryTool.Path}' debug --debugger gdb-multiarch --gdbserver '{LoopedHere.Gdbserver}'; echo ended with $?\n");
        shell.WaitFor(@"^4\s+println");
        shell.Type("continue\n");
        shell.WaitFor("^ready");

        shell.Type("\u001a");
        shell.WaitFor("Stopped");
        shell.Type("fg\n");
        shell.WaitFor("^.*debug --debugger", 3);
        shell.Type("\u0003");
        shell.WaitFor("Program received signal SIGINT");
        shell.Type("print 20 + 22\n");
        shell.WaitFor(@"= 42");
        shell.Type("\u001a");
        shell.WaitFor("Stopped", 2);
        shell.Type("fg\n");
        shell.WaitFor("^.*debug --debugger", 5);
        shell.Type("print 20 + 23\n");
        shell.WaitFor(@"= 43");
        shell.Type("kill\n");
        shell.WaitFor(@"\(y or n\)");
        shell.Type("y\n");
        shell.WaitFor("killed");
        shell.Type("quit\n");
        shell.WaitFor("the shell: ", 3);
    }

    private TerminalProcess Debug(params string[] words) => new(device.Ferry, device.Project.Folder, ["debug", "--debugger", "gdb-multiarch", "--gdbserver", LoopedHere.Gdbserver, .. words]);

    private static string PathOf(TerminalProcess terminal)
    {
        terminal.WaitFor("/dev/pts/[0-9]+\n");
        return Regex.Match(terminal.Output, "/dev/pts/[0-9]+").Value;
    }
}
