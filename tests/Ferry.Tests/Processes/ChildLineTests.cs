using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Processes;

namespace Ferry.Tests.Processes;

/// <summary>Children with a folder, variables and a group of their own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ChildLineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_child_has_the_folder_the_variables_and_the_bytes_that_it_is_given()
    {
        using var folder = new TemporaryFolder();
        using var child = SessionProcess.Start(new ChildLine("sh", [[.. "-c"u8], [.. "pwd; echo \"$GIVEN ${HOME-none} $1\""u8], [.. "x"u8], [0xff]])
        {
            Output = ChildStream.Pipe,
            Folder = folder.Path,
            Variables = new Dictionary<string, string?> { ["GIVEN"] = "ä", ["HOME"] = null },
        });
        var output = new MemoryStream();
        child.Output.CopyTo(output);
        output.ToArray().ShouldBe([.. System.Text.Encoding.UTF8.GetBytes($"{folder.Path}\nä none "), 0xff, (byte)'\n']);
    }

    [Fact]
    public void A_group_is_there_until_the_last_of_it_has_gone()
    {
        using var interruption = new Interruption();
        using var child = interruption.Start(new ChildLine("sh", ["-c", "sleep 1000 & echo"]) { Output = ChildStream.Pipe });
        child.Output.ReadByte();
        child.Wait();

        child.SignalGroup(0).ShouldBeTrue();
        child.EndGroup(LinuxSignal.Terminate, Patience);

        child.SignalGroup(0).ShouldBeFalse();
    }

    [Fact]
    public void What_does_not_end_when_it_is_asked_to_is_killed()
    {
        using var child = SessionProcess.Start(new ChildLine("sh", ["-c", "trap '' TERM; echo; while :; do sleep 1; done"]) { Output = ChildStream.Pipe });
        child.Output.ReadByte();

        child.EndGroup(LinuxSignal.Terminate, TimeSpan.FromMilliseconds(200));

        child.Wait().Signal.ShouldBe(LinuxSignal.Kill);
    }
}
