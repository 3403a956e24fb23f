using System.Runtime.Versioning;
using System.Text;
using Ferry.Lab;

namespace Ferry.Tests.Processes;

[UnsupportedOSPlatform("windows")]
public class ExecTests
{
    [Fact]
    public void Arguments_arrive_as_the_bytes_they_are()
    {
        byte[][] arguments = [[0xff, 0xfe, (byte)'a'], "two words"u8.ToArray(), [], "ü'\"$"u8.ToArray(), [0xc3, 0x28]];

        var result = Replace("sh", ["-c"u8.ToArray(), """for a; do printf '%s|' "$a"; done"""u8.ToArray(), "sh"u8.ToArray(), .. arguments]).ShouldExitWith(0);

        result.OutputBytes.ShouldBe([.. arguments.SelectMany(a => a.Append((byte)'|'))]);
    }

    [Fact]
    public void The_exit_code_is_that_of_the_program_that_took_over() =>
        Replace("/bin/sh", Words("-c", "exit 42")).ShouldExitWith(42);

    [Fact]
    public void Its_own_name_is_the_file_that_was_asked_for() =>
        Replace("/bin/sh", Words("-c", "cat /proc/$$/cmdline | tr '\\0' ' '")).Output.ShouldStartWith("/bin/sh -c ");

    [Fact]
    public void A_broken_pipe_ends_the_program_as_in_any_shell()
    {
        // `yes | true` ends yes by SIGPIPE (128+13); with the signal ignored it complains and ends with 1.
        var result = Replace("bash", Words("-c", "yes | true; echo ${PIPESTATUS[0]}")).ShouldExitWith(0);

        result.Output.ShouldBe("141\n", result.ToString());
    }

    [Fact]
    public void No_signal_is_blocked_and_SIGPIPE_is_not_ignored_afterwards()
    {
        var status = Replace("cat", Words("/proc/self/status")).ShouldExitWith(0).Output.Split('\n');

        status.ShouldContain("SigBlk:\t0000000000000000");
        var ignored = Convert.ToUInt64(status.Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(), 16);
        (ignored & (1UL << (13 - 1))).ShouldBe(0UL);
    }

    [Fact]
    public void The_environment_goes_along_with_what_was_changed_and_with_what_is_not_UTF8()
    {
        // Only a shell can put bytes that are not UTF-8 into an environment.
        var command = $"RAW=$(printf 'a\\377b') FERRY_STAND_IN=exec SET_BEFORE=x exec '{StandIn.File}' {Hex("env")} {Hex("-0")}";
        var result = Run.Process("bash", ["-c", command], timeout: TimeSpan.FromSeconds(30)).ShouldExitWith(0);

        var variables = Encoding.Latin1.GetString(result.OutputBytes).Split('\0');
        variables.ShouldContain("RAW=a\u00ffb");
        variables.ShouldContain("SEEN_AFTER=x");
        variables.ShouldNotContain(v => v.StartsWith("SET_BEFORE=", StringComparison.Ordinal));
        variables.ShouldNotContain(v => v.StartsWith("FERRY_STAND_IN=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_program_is_a_missing_tool()
    {
        var result = Replace("no-such-program", []).ShouldExitWith(ExitCode.ToolMissing);

        result.Errors.ShouldContain("cannot start 'no-such-program'|No such file or directory|is no-such-program installed");
    }

    [Fact]
    public void A_file_that_cannot_be_started_is_said_to_be_so() =>
        Replace("/etc/passwd", []).ShouldExitWith(ExitCode.Failed).Errors.ShouldContain("cannot start '/etc/passwd'|Permission denied|");

    [Fact]
    public void The_runtime_leaves_no_files_behind()
    {
        using var folder = new TemporaryFolder();
        StandIn.Play("exec", [Hex("true")], [new("TMPDIR", folder.Path)]).ShouldExitWith(0);

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static RunResult Replace(string file, IEnumerable<byte[]> arguments) =>
        StandIn.Play("exec", [Hex(file), .. arguments.Select(Convert.ToHexString)]);

    private static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
