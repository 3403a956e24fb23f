using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>This PC as a device, through a real sshd; its home there is a folder of the tests' own. And a Ferry with a small project.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LoopbackDevice : IDisposable
{
    public LoopbackDevice()
    {
        Sshd = LoopbackSshd.Start();
        Home = Directory.CreateDirectory(Sshd.PathOf("home")).FullName;
        Ferry = new FerryTool();
        foreach (var (name, value) in Sshd.Environment)
        {
            Ferry.Environment[name] = value;
        }

        Project = CargoProject.WithProgram(Ferry.Home, "small");
        Counterpart = BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "counterpart"), Path.Combine(Ferry.Home, "counterpart"));
    }

    public LoopbackSshd Sshd { get; }

    public FerryTool Ferry { get; }

    public CargoProject Project { get; }

    public string Counterpart { get; }

    /// <summary>The device's home folder.</summary>
    public string Home { get; }

    /// <summary>What a host of this sshd is forced to run, to be this device.</summary>
    public string Command => $"HOME={Home} exec sh -c \"$SSH_ORIGINAL_COMMAND\"";

    public void Dispose()
    {
        Ferry.Dispose();
        Sshd.Dispose();
    }
}
