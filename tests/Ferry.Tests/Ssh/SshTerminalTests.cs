using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Ferry.Lab;

namespace Ferry.Tests.Ssh;

/// <summary>What ssh does with the terminal, its signals and our pipes.</summary>
[UnsupportedOSPlatform("windows")]
public class SshTerminalTests
{
    private static readonly LoopbackSshd Sshd = LoopbackSshd.Shared;

    [Fact]
    public void A_Ctrl_C_to_the_whole_group_does_not_end_a_channel() =>
        StandIn.PlayWithoutTerminal("interrupted", [Sshd.AddHost("interrupted")]).ShouldExitWith(0).Output.ShouldBe("2\n");

    [Fact]
    public void The_master_in_the_background_holds_none_of_our_pipes()
    {
        var host = Sshd.AddHost("pipes");
        // cat ends when the last writer has closed; the master lives on for ten minutes.
        var result = Run.Process("bash", ["-c", $"FERRY_STAND_IN=script '{StandIn.File}' {host} 'echo done' 2>&1 | cat"], timeout: TimeSpan.FromSeconds(30)).ShouldExitWith(0);

        result.Output.ShouldBe("done\n");
        SshChannelTests.Connect(host);
        Sshd.Handshakes(host).ShouldBe(1, "the master should still be there\n" + Sshd.Log);
    }

    [Fact]
    public void On_a_terminal_ssh_asks_and_the_answer_counts()
    {
        var known = Sshd.PathOf("answered_known_hosts");
        var host = Sshd.AddHost("answered", configuration: $"UserKnownHostsFile {known}");

        var (code, output) = OnTerminal(host, "(yes/no", "yes\n");

        code.ShouldBe(0, output);
        output.ShouldContain("ED25519 key fingerprint is SHA256:");
        output.ShouldContain("script ran");
        File.ReadAllText(known).ShouldContain("ssh-ed25519");
    }

    [Fact]
    public void A_Ctrl_C_at_the_question_is_an_interrupt()
    {
        var host = Sshd.AddHost("unanswered", configuration: $"UserKnownHostsFile {Sshd.PathOf("unanswered_known_hosts")}");

        var (code, output) = OnTerminal(host, "(yes/no", "\u0003");

        code.ShouldBe(ExitCode.Interrupted, output);
        output.ShouldContain("interrupted while connecting to 'unanswered'");
    }

    [Fact]
    public void Without_a_terminal_an_askpass_program_is_asked_and_otherwise_nobody()
    {
        var host = Sshd.AddHost("locked");
        Run.Process("ssh-keygen", ["-q", "-p", "-P", "", "-N", "secret words", "-f", Sshd.PathOf("key-locked")]).ShouldExitWith(0);
        var askpass = Sshd.PathOf("askpass");
        File.WriteAllText(askpass, "#!/bin/sh\necho secret words\n");
        File.SetUnixFileMode(askpass, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        StandIn.PlayWithoutTerminal("script", [host, "true"]).ShouldExitWith(ExitCode.DeviceUnreachable).Errors.ShouldStartWith("'locked' does not let us in|");
        StandIn.PlayWithoutTerminal("script", [host, "true"], [new("SSH_ASKPASS", askpass), new("SSH_ASKPASS_REQUIRE", "force")]).ShouldExitWith(0);
    }

    [Fact]
    public void A_connection_that_is_there_costs_one_call_of_ssh()
    {
        var (host, calls, counting) = (Sshd.AddHost("countedcalls"), Sshd.PathOf("calls"), Sshd.PathOf("counting-ssh"));
        File.WriteAllText(counting, $"#!/bin/sh\necho call >>{calls}\nexec {Sshd.SshProgram} \"$@\"\n");
        File.SetUnixFileMode(counting, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        StandIn.Play("script", [host, "true"], [new("FERRY_SSH", counting)]).ShouldExitWith(0);
        var cold = File.ReadAllLines(calls).Length;
        StandIn.Play("script", [host, "true"], [new("FERRY_SSH", counting)]).ShouldExitWith(0);

        cold.ShouldBe(3, "one to read the configuration, one to connect, one for the channel");
        (File.ReadAllLines(calls).Length - cold).ShouldBe(1);
    }

    private static (int Code, string Output) OnTerminal(string host, string question, string answer)
    {
        var start = new ProcessStartInfo("script", ["-qec", $"{StandIn.File} {host} 'echo script ran'", "/dev/null"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["FERRY_STAND_IN"] = "script";
        using var process = Process.Start(start)!;
        using var limit = new Timer(_ => process.Kill(entireProcessTree: true), null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        var output = new StringBuilder();
        // Again after a while, since a Ctrl-C between ssh's prompt and its read() is lost on ssh; a second "yes" would go nowhere.
        using var again = new Timer(_ => Answer(process, answer));
        var answered = false;
        while (process.StandardOutput.Read() is var c and >= 0)
        {
            output.Append((char)c);
            if (!answered && output.ToString().Contains(question))
            {
                answered = true;
                again.Change(TimeSpan.Zero, answer is "\u0003" ? TimeSpan.FromSeconds(4) : Timeout.InfiniteTimeSpan);
            }
        }

        process.WaitForExit();
        return (process.ExitCode, output.ToString());
    }

    private static void Answer(Process process, string answer)
    {
        try
        {
            process.StandardInput.Write(answer);
            process.StandardInput.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
