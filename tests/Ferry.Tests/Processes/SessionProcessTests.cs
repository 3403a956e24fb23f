using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Processes;

namespace Ferry.Tests.Processes;

[UnsupportedOSPlatform("windows")]
public class SessionProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_child_has_a_session_of_its_own()
    {
        using var child = Shell("ps -o sid= -p $$");

        var session = int.Parse(ReadAll(child.Output));

        session.ShouldBe(child.Id);
        child.Wait(Limit).ShouldBeTrue();
    }

    [Fact]
    public void A_child_that_asks_on_the_terminal_stays_in_ours()
    {
        using var child = SessionProcess.Start("sh", ["-c", "ps -o sid= -p $$ -p $PPID | uniq | wc -l"], ChildStream.Null, ChildStream.Pipe, ChildStream.Inherit, ownSession: false);

        ReadAll(child.Output).Trim().ShouldBe("1");
    }

    [Theory]
    [InlineData("exit 0", 0, 0)]
    [InlineData("exit 7", 7, 0)]
    [InlineData("exit 255", 255, 0)]
    [InlineData("kill -TERM $$", 143, 15)]
    [InlineData("kill -KILL $$", 137, 9)]
    [InlineData("kill -PIPE $$", 141, 13)]
    public async Task Exit_codes_and_signals_are_exact(string script, int code, int signal)
    {
        using var child = Shell(script);

        (await child.End.WaitAsync(Limit)).ShouldBe(new ProcessEnd(code, signal));
    }

    [Fact]
    public async Task All_three_streams_carry_bytes_as_they_are()
    {
        var bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        using var child = SessionProcess.Start("sh", ["-c", "tee /dev/stderr"], ChildStream.Pipe, ChildStream.Pipe, ChildStream.Pipe);
        var output = Task.Run(() => ReadBytes(child.Output));
        var errors = Task.Run(() => ReadBytes(child.Errors));

        child.Input.Write(bytes);
        child.Input.Dispose();

        (await output.WaitAsync(Limit)).ShouldBe(bytes);
        (await errors.WaitAsync(Limit)).ShouldBe(bytes);
    }

    [Fact]
    public void No_file_of_ours_leaks_into_a_child_while_many_are_started()
    {
        var passedOn = Directory.GetFiles("/proc/self/fdinfo").Where(IsInheritable).Select(Path.GetFileName).ToHashSet();
        var lists = Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            using var child = SessionProcess.Start("ls", ["-l", "/proc/self/fd"], ChildStream.Pipe, ChildStream.Pipe, ChildStream.Pipe);
            return ReadAll(child.Output).Split('\n').Where(line => line.Contains(" -> "));
        });

        // ls itself reads the folder with one, and the .NET runtime now and then a file of /sys.
        var leaked = lists.SelectMany(list => list).Where(line => !passedOn.Contains(line.Split(' ')[^3]) && !line.Contains("-> /proc/") && !line.Contains("-> /sys/")).ToList();
        leaked.ShouldBeEmpty();
    }

    // What whoever started the tests left open for all: proc(5), flags in octal, O_CLOEXEC is 02000000.
    private static bool IsInheritable(string fdinfo)
    {
        try
        {
            var flags = File.ReadLines(fdinfo).First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt32(flags[6..].Trim(), 8) & 0x80000) == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public void A_child_that_outlives_another_does_not_keep_its_pipes_open()
    {
        using var quick = SessionProcess.Start("cat", [], ChildStream.Pipe, ChildStream.Pipe, ChildStream.Inherit);
        using var slow = SessionProcess.Start("sleep", ["30"], ChildStream.Null, ChildStream.Null, ChildStream.Null);

        quick.Input.Dispose();

        quick.Wait(Limit).ShouldBeTrue("the other child holds the writing end of stdin");
        quick.Output.ReadByte().ShouldBe(-1);
    }

    [Fact]
    public void Signals_are_neither_blocked_nor_SIGPIPE_ignored_in_it()
    {
        using var child = SessionProcess.Start("cat", ["/proc/self/status"], ChildStream.Null, ChildStream.Pipe, ChildStream.Inherit);
        var status = ReadAll(child.Output);

        status.ShouldContain("SigBlk:\t0000000000000000");
        var ignored = Convert.ToUInt64(status.Split('\n').Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(), 16);
        (ignored & (1UL << (13 - 1))).ShouldBe(0UL);
    }

    [Fact]
    public async Task Killing_ends_what_the_child_started_too()
    {
        using var child = Shell("sleep 100 & echo started; wait");
        child.Output.ReadByte().ShouldBe('s');

        child.Kill();

        (await child.End.WaitAsync(Limit)).Signal.ShouldBe(9);
        // Were sleep still alive, stdout would stay open.
        await Task.Run(() => ReadAll(child.Output)).WaitAsync(Limit);
    }

    [Fact]
    public async Task Disposing_waits_for_no_reader_though_a_stranger_holds_the_pipe()
    {
        var child = SessionProcess.Start("sh", ["-c", "setsid sleep 30 & printf x; wait"], ChildStream.Pipe, ChildStream.Pipe, ChildStream.Pipe);
        child.Output.ReadByte().ShouldBe('x');
        using var reading = new ManualResetEventSlim();
        new Thread(() => Read(child.Output)) { IsBackground = true }.Start();
        new Thread(() => Read(child.Errors)) { IsBackground = true }.Start();
        reading.Wait(TimeSpan.FromMilliseconds(300)).ShouldBeFalse("there is nothing to read");

        await Task.Run(child.Dispose).WaitAsync(TimeSpan.FromSeconds(5));

        void Read(Stream stream)
        {
            _ = stream.Read(new byte[10]);
            reading.Set();
        }
    }

    [Fact]
    public void Files_can_be_streams()
    {
        using var folder = new TemporaryFolder();
        var (from, to) = (folder["from"], folder["to"]);
        File.WriteAllText(from, "in\n");
        File.WriteAllText(to, "kept\n");
        using var child = SessionProcess.Start("sh", ["-c", "cat; echo err >&2"], ChildStream.File(from), ChildStream.File(to), ChildStream.File(to));

        child.Wait(Limit).ShouldBeTrue();

        File.ReadAllText(to).ShouldBe("kept\nin\nerr\n");
    }

    [Fact]
    public void Processes_of_NET_and_ours_do_not_take_each_others_exit_codes()
    {
        var wrong = Enumerable.Range(1, 60).AsParallel().WithDegreeOfParallelism(8).Where(code =>
        {
            if (code % 2 == 0)
            {
                return Run.Process("sh", ["-c", $"exit {code}"], timeout: Limit).ExitCode != code;
            }

            using var child = Shell($"exit {code}");
            return !child.Wait(Limit) || child.Wait().Code != code;
        }).ToList();

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_program_is_a_missing_tool() =>
        Should.Throw<FerryException>(() => SessionProcess.Start("no-such-program", [], ChildStream.Null, ChildStream.Null, ChildStream.Null)).Exit.ShouldBe(ExitCode.ToolMissing);

    private static SessionProcess Shell(string script) => SessionProcess.Start("sh", ["-c", script], ChildStream.Null, ChildStream.Pipe, ChildStream.Inherit);

    private static string ReadAll(Stream stream) => System.Text.Encoding.UTF8.GetString(ReadBytes(stream));

    private static byte[] ReadBytes(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
