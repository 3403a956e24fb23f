using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Remote.Ssh;

namespace Ferry.Tests.Ssh;

[UnsupportedOSPlatform("windows")]
public sealed class ControlFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_folder_of_our_own_is_safe() => ControlFolder.Refusal(folder.Path).ShouldBeNull();

    [Fact]
    public void A_folder_that_others_may_use_is_refused()
    {
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        ControlFolder.Refusal(folder.Path).ShouldBe("others may use it (mode 702)");
    }

    [Fact]
    public void A_symlink_is_refused_though_it_leads_to_a_safe_folder()
    {
        var link = folder["link"];
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(folder["real"], UnixFileMode.UserRead).FullName);

        ControlFolder.Refusal(link).ShouldBe("it is not a folder");
    }

    [Fact]
    public void A_folder_of_somebody_else_is_refused()
    {
        var foreign = Environment.UserName == "root" ? Directory.CreateDirectory(folder["foreign"]).FullName : "/usr";
        if (Environment.UserName == "root")
        {
            Run.Process("chown", ["12345", foreign]).ShouldExitWith(0);
        }

        ControlFolder.Refusal(foreign)!.ShouldStartWith("it belongs to user ");
    }

    [Fact]
    public void Nothing_is_refused_too() => ControlFolder.Refusal(folder["absent"]).ShouldBe("it is not a folder");

    public void Dispose() => folder.Dispose();
}
