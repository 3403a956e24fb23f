using System.Diagnostics;
using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Remote.Ssh;

namespace Ferry.Tests.Ssh;

[UnsupportedOSPlatform("windows")]
public class SshChannelTests
{
    private static readonly LoopbackSshd Sshd = LoopbackSshd.Shared;

    [Fact]
    public void A_script_answers_with_its_bytes_its_words_and_its_exit_code()
    {
        var answer = RemoteScript.Run(Connect(Sshd.Host), "printf 'a\\000\\377b'\necho words >&2\nexit 42");

        answer.ShouldSatisfyAllConditions(
            () => answer.ExitCode.ShouldBe(42),
            () => answer.Output.ShouldBe([(byte)'a', 0, 0xff, (byte)'b']),
            () => answer.Errors.ShouldBe("words\n"));
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    [InlineData("exit 255", 255)]
    [InlineData("no-such-command", 127)]
    [InlineData("if", 2)]
    public void Exit_codes_of_a_script_are_exact_and_255_is_its_own(string script, int code) =>
        RemoteScript.Run(Connect(Sshd.Host), script).ExitCode.ShouldBe(code);

    [Fact]
    public void A_script_that_reads_stdin_does_not_eat_itself() =>
        RemoteScript.Run(Connect(Sshd.Host), "cat\necho still here").Text.ShouldBe("still here\n");

    [Fact]
    public void A_long_script_with_a_long_answer_does_not_hang()
    {
        var script = string.Concat(Enumerable.Range(0, 20000).Select(i => $"echo line {i}\n"));

        RemoteScript.Run(Connect(Sshd.Host), script).Text.Split('\n').Length.ShouldBe(20001);
    }

    [Fact]
    public void One_handshake_serves_many_channels()
    {
        var host = Sshd.AddHost("once");
        for (var i = 0; i < 3; i++)
        {
            RemoteScript.Run(Connect(host), "true").ExitCode.ShouldBe(0);
        }

        Sshd.Handshakes(host).ShouldBe(1, Sshd.Log);
    }

    [Fact]
    public void Fourteen_channels_at_once_queue_and_all_succeed_over_one_handshake()
    {
        var host = Sshd.AddHost("many");
        var master = Connect(host);

        // Each stays a while, so that they would be open all at the same time.
        var codes = InThreads(14, i => RemoteScript.Run(master, $"sleep 0.7; exit {i}").ExitCode);

        codes.ShouldBe(Enumerable.Range(0, 14));
        Sshd.Handshakes(host).ShouldBe(1, Sshd.Log);
        Sshd.Log.ShouldNotContain("no more sessions");
    }

    [Fact]
    public void Many_that_connect_at_once_start_one_master()
    {
        var host = Sshd.AddHost("race");

        InThreads(6, i => RemoteScript.Run(Connect(host), "true").ExitCode).ShouldAllBe(code => code == 0);

        Sshd.Handshakes(host).ShouldBe(1, Sshd.Log);
    }

    [Fact]
    public void A_socket_that_nobody_listens_on_any_more_is_replaced()
    {
        var host = Sshd.AddHost("stale");
        Connect(host);
        Kill(MasterOf(host));
        File.Exists(ControlPlace.Of(SshAddress.Parse(host)).Socket).ShouldBeTrue("a killed master leaves its socket");

        RemoteScript.Run(Connect(host), "true").ExitCode.ShouldBe(0);
        RemoteScript.Run(Connect(host), "true").ExitCode.ShouldBe(0);

        Sshd.Handshakes(host).ShouldBe(2, Sshd.Log);
    }

    [Fact]
    public void The_users_own_multiplexing_is_used()
    {
        var socket = Sshd.PathOf("users.sock");
        var host = Sshd.AddHost("users", configuration: ["ControlMaster auto", $"ControlPath {socket}", "ControlPersist 60"]);

        RemoteScript.Run(Connect(host), "true").ExitCode.ShouldBe(0);

        File.Exists(socket).ShouldBeTrue();
        Run.Process(Sshd.SshProgram, ["-T", host, "true"], timeout: TimeSpan.FromSeconds(20)).ShouldExitWith(0);
        Sshd.Handshakes(host).ShouldBe(1, Sshd.Log);
    }

    [Theory]
    [InlineData("fish", "exec fish -c \"$SSH_ORIGINAL_COMMAND\"")]
    [InlineData("csh", "exec csh -c \"$SSH_ORIGINAL_COMMAND\"")]
    [InlineData("busybox", "exec busybox ash -c \"$SSH_ORIGINAL_COMMAND\"")]
    [InlineData("dash", "exec dash -c \"$SSH_ORIGINAL_COMMAND\"")]
    public void Every_login_shell_runs_a_script_and_passes_one_argument_on(string shell, string forced)
    {
        Assert.SkipWhen(Ferry.Processes.Tool.Find(shell) is null, $"{shell} is not installed");
        var master = Connect(Sshd.AddHost("shell-" + shell, forced));

        RemoteScript.Run(master, "echo \"it's $((1+1))\"").Text.ShouldBe("it's 2\n");
        RemoteScript.RunPlain(master, "exec sh -c 'cd /tmp && [ -d . ] && exec cat'", new MemoryStream([0, 255, 13, 10])).Output.ShouldBe([0, 255, 13, 10]);
    }

    [Fact]
    public void What_a_chatty_start_file_prints_is_skipped()
    {
        var host = Sshd.AddHost("chatty", "echo Welcome to this board; echo; printf 'no line end'; exec sh -c \"$SSH_ORIGINAL_COMMAND\"");

        RemoteScript.Run(Connect(host), "echo answer").Text.ShouldBe("answer\n");
    }

    [Fact]
    public void A_terminal_a_command_and_forwardings_in_the_users_file_do_not_disturb()
    {
        var host = Sshd.AddHost("forced", configuration:
            ["RequestTTY force", "RemoteCommand echo wrong", "LocalForward 127.0.0.1:1 127.0.0.1:1", "ExitOnForwardFailure yes", "ForwardX11 yes", "ForwardAgent yes", "PermitLocalCommand yes", "LocalCommand echo local", "LogLevel QUIET"]);
        var bytes = Enumerable.Range(0, 70000).Select(i => (byte)i).ToArray();

        RemoteScript.RunPlain(Connect(host), "cat", new MemoryStream(bytes)).Output.ShouldBe(bytes);
    }

    [Fact]
    public void Stderr_is_kept_aside_and_bounded()
    {
        using var channel = Connect(Sshd.Host).Open("sh -c 'head -c 300000 /dev/zero | tr \"\\0\" x >&2; echo end >&2'");

        channel.Wait().ShouldBe(0);

        channel.Words.Length.ShouldBe(64 * 1024);
        channel.Words.ShouldEndWith("xend\n");
    }

    [Fact]
    public void Disposing_a_channel_ends_the_command_on_the_device()
    {
        var marker = Sshd.PathOf("ended");
        var channel = Connect(Sshd.Host).Open($"sh -c 'trap \"touch {marker}\" EXIT; echo ready; cat'");
        channel.Output.ReadByte().ShouldBe('r');

        channel.Dispose();

        Waiting.Until(() => File.Exists(marker), TimeSpan.FromSeconds(15));
    }

    internal static SshMaster Connect(string address) => SshMaster.Connect(SshAddress.Parse(address));

    private static int[] InThreads(int count, Func<int, int> work)
    {
        var results = new int[count];
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                results[i] = work(i);
            }
            catch (FerryException e)
            {
                Console.Error.WriteLine($"{e.Message}: {e.Cause}");
                results[i] = -1;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ShouldAllBe(thread => thread.Join(TimeSpan.FromSeconds(40)));
        return results;
    }

    internal static int MasterOf(string host)
    {
        var check = Run.Process(Sshd.SshProgram, ["-S", ControlPlace.Of(SshAddress.Parse(host)).Socket!, "-O", "check", host], timeout: TimeSpan.FromSeconds(20)).ShouldExitWith(0);
        return int.Parse(check.Errors.Split("pid=")[1].Split(')')[0]);
    }

    internal static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        Waiting.Until(() => HasEnded(id), TimeSpan.FromSeconds(15));
    }

    /// <summary>A zombie has: another test may have made this process the one that orphans fall to.</summary>
    private static bool HasEnded(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
