using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Many;

/// <summary>Two emulated boards with different targets, one name each, and one Ferry that knows both.</summary>
[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class TwoBoardsTests : IDisposable
{
    private readonly FerryTool ferry;

    public TwoBoardsTests()
    {
        var (pi4, pi2) = (Board.Up("pi4"), Board.Up("pi2"));
        ferry = new FerryTool();
        var ssh = Path.Combine(ferry.Home, "ssh");
        File.WriteAllText(ssh, $"#!/bin/sh\ncase \" $* \" in *' pi2 '*) exec '{pi2.Ssh}' \"$@\";; *) exec '{pi4.Ssh}' \"$@\";; esac\n");
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ferry.Environment["FERRY_SSH"] = ssh;
        ferry.Run("device", "add", "pi4", "pi4").ShouldExitWith(0);
        ferry.Run("device", "add", "pi2", "pi2").ShouldExitWith(0);
    }

    public void Dispose() => ferry.Dispose();

    [Fact]
    public void Both_run_the_same_tests_as_each_alone()
    {
        var workspace = BoardSession.Copy(Repository.PathOf("samples", "workspace"), Path.Combine(ferry.Home, "workspace"));

        var both = ferry.RunIn(workspace, "test", "--workspace", "--on", "pi4,pi2,emulator").ShouldExitWith(0);

        foreach (var name in (string[])["pi4", "pi2", "emulator"])
        {
            var alone = ferry.RunIn(workspace, "test", "--workspace", "--on", name).ShouldExitWith(0);
            Passed(both.Output, $"(?m)^{name} +\\| ").ShouldBe(Passed(alone.Output, "(?m)^"));
        }
    }

    private static int[] Passed(string output, string before) =>
        [.. Regex.Matches(output, before + @"test result: ok\. (\d+) passed").Select(match => int.Parse(match.Groups[1].Value))];
}
