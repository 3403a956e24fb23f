using System.Diagnostics;
using System.Text;
using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>Programs below a real gdbserver, spoken to in its protocol; what gdb and lldb make of it is tested on boards.</summary>
public sealed class AgentDebugTests
{
    private static readonly string GdbserverPath = Path.Combine(Repository.Cache, "debuggers", "usr", "bin", "gdbserver");
    private static readonly ProgramFile Gdbserver = ProgramFile.Read(GdbserverPath);

    [Fact]
    public void It_stands_still_until_it_is_let_go_and_has_streams_of_its_own()
    {
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("both"));

        program.Ask("?").ShouldStartWith("T05");
        program.Output.Text.ShouldBe("");
        program.Ask("c").ShouldStartWith("W00");
        program.Leave();

        program.End().ShouldBe(ProgramEnd.Exited(0));
        program.Output.Text.ShouldBe("to stdout\n");
        program.Errors.Text.ShouldBe("to stderr\n");
    }

    [Fact]
    public void Arguments_of_any_bytes_arrive_as_they_are()
    {
        byte[][] odd = [.. new[] { "args", "a b", "$(x)", "'", "\"", "\n", "*", "", "\\", "-n", "`id`" }.Select(Encoding.UTF8.GetBytes), [0xFF, 0xC3, 0x28, 1]];
        var request = Request() with { Arguments = ["odd name"u8.ToArray(), .. odd] };
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, request);

        program.Ask("c").ShouldStartWith("W00");
        program.Leave();

        program.End().ShouldBe(ProgramEnd.Exited(0));
        program.Output.Text.Split('\n')[..^1].ShouldBe(request.Arguments.Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void Variables_and_folder_are_the_programs_and_not_gdbservers()
    {
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("env", "LD_LIBRARY_PATH") with { Environment = ["LD_LIBRARY_PATH=/no libraries here"u8.ToArray()], Folder = "/usr/lib" });

        program.Ask("c").ShouldStartWith("W00");
        program.Leave();

        program.End();
        program.Output.Text.ShouldBe("/no libraries here");
    }

    [Fact]
    public void Input_reaches_it()
    {
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("cat"), new MemoryStream("typed"u8.ToArray()));

        program.Ask("c").ShouldStartWith("W00");
        program.Leave();

        program.End().ShouldBe(ProgramEnd.Exited(0));
        program.Output.Text.ShouldBe("typed");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    public void Its_exit_code_is_heard_from_gdbserver(int code)
    {
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("exit", $"{code}"));

        program.Ask("c").ShouldStartWith($"W{code:x2}");
        program.Leave();

        program.End().ShouldBe(ProgramEnd.Exited(code));
    }

    // GDB has numbers of its own: SIGBUS is 10 there, SIGUSR1 30.
    [Theory]
    [InlineData(6, "06")]
    [InlineData(7, "0a")]
    [InlineData(10, "1e")]
    [InlineData(11, "0b")]
    public void A_death_by_signal_has_linux_number(int signal, string gdbs)
    {
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("die", $"{signal}"));

        program.Ask("c").ShouldStartWith("T" + gdbs);
        program.Ask("C" + gdbs).ShouldStartWith("X" + gdbs);
        program.Leave();

        program.End().ShouldBe(ProgramEnd.Killed(signal));
    }

    [Fact]
    public void When_the_debugger_goes_the_program_goes_and_nobody_says_how_it_ended()
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("sleep", "60", mark));

        program.Ask("?").ShouldStartWith("T05");
        program.Leave();

        program.End().ShouldBe(ProgramEnd.NotSeen);
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(10));
        agent.Run("exit", "3").End.ShouldBe(ProgramEnd.Exited(3)); // the session goes on
    }

    [Fact]
    public void A_cut_connection_leaves_neither_program_nor_gdbserver()
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("stubborn", "60", mark));
        program.Say("c");

        agent.Cut();

        agent.WaitForExit();
        Should.Throw<FerryException>(() => program.End());
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(10));
        LivingProcesses.ShouldEnd(agent.Folder, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Why_the_program_does_not_start_is_told_in_the_systems_words()
    {
        using var agent = LocalAgent.Start();
        var program = new GdbClient(agent, Request("exit", "0") with { Folder = "/nowhere" });

        Should.Throw<FerryException>(() => program.End()).Cause!.ShouldStartWith("cannot enter /nowhere: ");
    }

    [Fact]
    public void A_process_that_is_not_there_is_named()
    {
        using var agent = LocalAgent.Start();
        var request = new RunRequest { Arguments = [], Files = [Gdbserver], Program = "x", Server = new DebugServer(IsSent: true, "no-such-program") };

        Should.Throw<FerryException>(() => new GdbClient(agent, request).End()).Cause.ShouldBe("no program called 'no-such-program' runs there");
    }

    // D is gdb's word when it leaves, k lldb's.
    [Theory]
    [InlineData("D")]
    [InlineData("k")]
    [InlineData(null)]
    public void A_program_whose_death_the_agent_watches_makes_room_for_gdbserver_and_goes_on_afterwards(string? lastWord)
    {
        var mark = Guid.NewGuid().ToString();
        using var first = LocalAgent.Start();
        using var second = LocalAgent.Start();
        var run = new BackgroundRun(first, LocalAgent.Request("sleep", "60", mark) with { IsTraced = true });
        run.Output.WaitFor("ready");
        var pid = LivingProcesses.With(mark).ShouldHaveSingleItem();
        var session = new GdbClient(second, Attached($"{pid}"));

        session.Ask("?").ShouldStartWith("T");
        if (lastWord is not null)
        {
            session.Say(lastWord);
        }

        session.Leave();

        session.End().ShouldBe(ProgramEnd.NotSeen);
        LivingProcesses.With(mark).ShouldBe([pid]);
        first.Cut();
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void What_another_debugger_has_is_left_to_it_and_the_debugger_is_named()
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.Start();
        using var other = Process.Start(GdbserverPath, ["--once", "127.0.0.1:0", "/bin/sleep", "60", mark]);
        try
        {
            Waiting.Until(() => LivingProcesses.With(mark).Count == 2, TimeSpan.FromSeconds(20), () => "no sleep");
            var pid = LivingProcesses.With(mark).Single(pid => pid != other.Id);

            Should.Throw<FerryException>(() => new GdbClient(agent, Attached($"{pid}")).End()).Cause!.ShouldEndWith($"process {other.Id} ({GdbserverPath}) traces it already");
        }
        finally
        {
            other.Kill(entireProcessTree: true);
        }
    }

    private static RunRequest Attached(string process) => new() { Arguments = [], Files = [Gdbserver], Program = "it", Server = new DebugServer(IsSent: true, process) };

    private static RunRequest Request(params string[] arguments)
    {
        var request = LocalAgent.Request(arguments);
        return request with { Files = [.. request.Files, Gdbserver], Server = new DebugServer(IsSent: true, Process: null) };
    }
}
