using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentRunTests
{
    [Fact]
    public void A_program_is_sent_once_and_run()
    {
        using var agent = LocalAgent.Start();
        var sent = new List<(long Sent, long Total)>();
        var request = LocalAgent.Request("both");
        var (output, errors) = (new WatchedStream(), new WatchedStream());

        agent.Session.Run(request, new LocalStreams(null, output, errors), (done, total) => sent.Add((done, total))).ShouldBe(ProgramEnd.Exited(0));
        output.Text.ShouldBe("to stdout\n");
        errors.Text.ShouldBe("to stderr\n");
        sent[^1].ShouldBe((AgentLab.Counterpart.Content.Length, AgentLab.Counterpart.Content.Length));

        sent.Clear();
        agent.Session.Run(request, new LocalStreams(null, output, errors), (done, total) => sent.Add((done, total))).ShouldBe(ProgramEnd.Exited(0));
        sent.ShouldBeEmpty();
        agent.Session.Build.ShouldBe(AgentSource.Build(AgentLab.Target));
    }

    [Fact]
    public void Arguments_arrive_as_they_are()
    {
        byte[][] odd = [.. new[] { "args", "a b", "$(x)", "'", "\"", "\n", "*", "", "\\", "grüße", "-n", "`id`", "!", "~" }.Select(Encoding.UTF8.GetBytes), [0xFF, 0xC3, 0x28, 1]];
        var request = LocalAgent.Request() with { Arguments = ["odd name"u8.ToArray(), .. odd] };
        using var agent = LocalAgent.Start();
        var output = new WatchedStream();

        agent.Session.Run(request, new LocalStreams(null, output, output)).ShouldBe(ProgramEnd.Exited(0));

        output.Text.Split('\n')[..^1].ShouldBe(request.Arguments.Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void Variables_override_those_of_the_login_and_need_not_be_text()
    {
        using var agent = LocalAgent.Start();
        var output = new MemoryStream();
        var request = LocalAgent.Request("env", "PATH") with { Environment = [[.. "PATH="u8, 0xFE, (byte)'=', (byte)' ']] };

        agent.Session.Run(request, new LocalStreams(null, output, output)).ShouldBe(ProgramEnd.Exited(0));

        output.ToArray().ShouldBe([0xFE, (byte)'=', (byte)' ']);
        agent.Run("env", "PATH").Output.ShouldBe(Environment.GetEnvironmentVariable("PATH"));
        agent.Run("env", "LD_LIBRARY_PATH").Output.ShouldBe("(unset)");
    }

    [Fact]
    public void Libraries_that_are_sent_come_before_those_of_the_device()
    {
        using var agent = LocalAgent.Start();
        var output = new WatchedStream();
        var library = new ProgramFile("libx.so", new byte[] { 1 }, isLibrary: true);
        var request = LocalAgent.Request("env", "LD_LIBRARY_PATH") with
        {
            Files = [AgentLab.Counterpart, library],
            LibraryFolders = ["/opt/lib"],
            Environment = ["LD_LIBRARY_PATH=/own"u8.ToArray()],
        };

        agent.Session.Run(request, new LocalStreams(null, output, output)).ShouldBe(ProgramEnd.Exited(0));

        output.Text.ShouldBe($"/opt/lib:{agent.Folder}/store/{library.Sha256}:/own");
    }

    [Fact]
    public void The_working_folder_is_the_home_or_the_one_that_is_asked_for()
    {
        using var agent = LocalAgent.Start();
        var output = new WatchedStream();

        agent.Run("folder").Output.ShouldBe(Environment.GetEnvironmentVariable("HOME") + "\n");
        agent.Session.Run(LocalAgent.Request("folder") with { Folder = "/usr/lib" }, new LocalStreams(null, output, output));
        output.Text.ShouldBe("/usr/lib\n");
    }

    [Fact]
    public void Every_exit_code_comes_back()
    {
        using var agent = LocalAgent.Start();

        for (var code = 0; code < 256; code++)
        {
            agent.Run("exit", $"{code}").End.ShouldBe(ProgramEnd.Exited(code));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    [InlineData(34)]
    public void A_death_by_signal_is_told_as_such(int signal)
    {
        using var agent = LocalAgent.Start();

        var end = agent.Run("die", $"{signal}").End;

        end.Signal.ShouldBe(signal);
        end.ExitCode.ShouldBe(128 + signal);
    }

    [Fact]
    public void The_program_starts_with_nothing_blocked_and_nothing_ignored()
    {
        using var agent = LocalAgent.Start();

        var output = agent.Run("dispositions").Output;

        output.ShouldContain("SigBlk:\t0000000000000000");
        output.ShouldContain("TERM 0 CHLD 0 HUP 0");
    }

    [Fact]
    public void A_hundred_megabytes_arrive_byte_for_byte_at_a_slow_reader()
    {
        const int Length = 100_000_000;
        using var agent = LocalAgent.Start();
        var output = new SlowChecker();

        agent.Session.Run(LocalAgent.Request("pour", $"{Length}"), new LocalStreams(null, output, Stream.Null)).ShouldBe(ProgramEnd.Exited(0));

        output.WrongAt.ShouldBeNull();
        output.Count.ShouldBe(Length);
    }

    [Fact]
    public void Input_arrives_byte_for_byte()
    {
        var seed = Environment.TickCount;
        var input = new byte[5_000_000];
        new Random(seed).NextBytes(input);
        using var agent = LocalAgent.Start();
        var output = new MemoryStream();

        agent.Session.Run(LocalAgent.Request("cat"), new LocalStreams(new MemoryStream(input), output, Stream.Null)).ShouldBe(ProgramEnd.Exited(0));

        output.ToArray().AsSpan().SequenceEqual(input).ShouldBeTrue($"seed {seed}");
    }

    [Fact]
    public void An_input_that_is_closed_or_not_given_is_empty()
    {
        using var agent = LocalAgent.Start();
        var output = new WatchedStream();

        agent.Run("count").Output.ShouldBe("0\n");
        agent.Session.Run(LocalAgent.Request("count"), new LocalStreams(new MemoryStream(), output, output)).ShouldBe(ProgramEnd.Exited(0));
        output.Text.ShouldBe("0\n");
    }

    [Fact]
    public void A_program_that_does_not_read_its_input_ends_all_the_same()
    {
        using var agent = LocalAgent.Start();

        var end = agent.Session.Run(LocalAgent.Request("exit", "4"), new LocalStreams(new MemoryStream(new byte[10_000_000]), Stream.Null, Stream.Null));

        end.ShouldBe(ProgramEnd.Exited(4));
    }

    [Fact]
    public void When_nobody_reads_the_output_the_program_gets_SIGPIPE()
    {
        using var agent = LocalAgent.Start();

        var end = agent.Session.Run(LocalAgent.Request("pour", "1000000000000"), new LocalStreams(null, new ClosedStream(), Stream.Null));

        end.ShouldBe(ProgramEnd.Killed(13));
    }

    [Fact]
    public void A_program_has_ended_though_a_grandchild_holds_its_output()
    {
        using var agent = LocalAgent.Start();
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var (end, output, _) = agent.Run("hold", "5");

        end.ShouldBe(ProgramEnd.Exited(3));
        output.ShouldBe("before\nafter\n");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void What_a_program_leaves_running_on_purpose_is_left_alone()
    {
        var mark = Guid.NewGuid().ToString();
        using (var agent = LocalAgent.Start())
        {
            agent.Run("daemon", "30", mark).End.ShouldBe(ProgramEnd.Exited(3));
        }

        var left = LivingProcesses.With(mark);
        left.Count.ShouldBe(1);
        System.Diagnostics.Process.GetProcessById(left[0]).Kill();
    }

    [Fact]
    public void Why_a_program_does_not_start_is_told_in_the_systems_words()
    {
        using var agent = LocalAgent.Start();

        Refused(LocalAgent.Request() with { Files = [new ProgramFile("text", "no program"u8.ToArray())] }).ShouldEndWith("/text: Exec format error");
        Refused(LocalAgent.Request() with { Files = [new ProgramFile("script", "#!/no/such/interpreter\n"u8.ToArray())] })
            .ShouldEndWith("/script: No such file or directory (its loader or interpreter)");
        Refused(LocalAgent.Request() with { Program = "/dev/null" }).ShouldBe("cannot start /dev/null: Permission denied");
        Refused(LocalAgent.Request("exit", "0") with { Folder = "/no/such/folder" }).ShouldBe("cannot enter /no/such/folder: No such file or directory");
        agent.Run("exit", "0").End.ShouldBe(ProgramEnd.Exited(0), "the session goes on after a refusal");

        string Refused(RunRequest request) =>
            Should.Throw<FerryException>(() => agent.Session.Run(request, new LocalStreams(null, Stream.Null, Stream.Null))).Cause.ShouldNotBeNull();
    }
}
