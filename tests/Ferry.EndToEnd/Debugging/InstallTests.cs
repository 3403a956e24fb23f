using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>gdbserver by a device's package manager: this PC is the device, with a stand-in that writes down what it was told.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class InstallTests : IDisposable
{
    private readonly LoopbackDevice device = new();

    public InstallTests()
    {
        // All that this PC has, but for what installs packages, and what is to be installed.
        string[] hidden = ["apt-get", "dnf", "yum", "zypper", "pacman", "apk", "opkg", "xbps-install", "gdbserver", "sudo"];
        Directory.CreateDirectory(PathOf("bin"));
        foreach (var tool in ((string[])["/bin", "/usr/bin"]).SelectMany(folder => Directory.EnumerateFiles(folder)).DistinctBy(Path.GetFileName).Where(tool => !hidden.Contains(Path.GetFileName(tool))))
        {
            File.CreateSymbolicLink(PathOf("bin/" + Path.GetFileName(tool)), tool);
        }

        Write("bin/sudo", "[ \"$1\" = -n ] && shift\nexec \"$@\"");
        device.Ferry.Run("device", "add", "here", device.Sshd.AddHost("here", $"HOME={device.Home} PATH={PathOf("bin")} exec sh -c \"$SSH_ORIGINAL_COMMAND\"")).ShouldExitWith(0);
    }

    [Fact]
    public void It_is_asked_first_and_the_device_says_when_it_is_there()
    {
        Write("bin/apt-get", $"echo \"$*\" >>{PathOf("log")}\nprintf '#!/bin/sh\\n' >{PathOf("bin/gdbserver")}\nchmod +x {PathOf("bin/gdbserver")}");

        var nobody = Install().ShouldExitWith(1);
        nobody.Errors.ShouldContain("help:  to install it without being asked: ferry device install gdbserver here --yes");
        Asked("n").ShouldContain("error: gdbserver was not installed on device 'here'");
        File.Exists(PathOf("log")).ShouldBeFalse();

        Asked("").ShouldContain("Installed gdbserver on device 'here'");
        File.ReadAllText(PathOf("log")).ShouldBe("install -y gdbserver\n");

        Install().ShouldExitWith(0).Errors.ShouldContain("Installed gdbserver is on device 'here' already");
        File.ReadAllText(PathOf("log")).ShouldBe("install -y gdbserver\n");
    }

    [Fact]
    public void What_the_package_manager_says_is_shown_when_it_fails()
    {
        Write("bin/apt-get", "echo 'Reading package lists...'\necho 'E: Unable to locate package gdbserver' >&2\nexit 100");

        var failed = Install("--yes").ShouldExitWith(1);

        failed.Errors.ShouldMatch("error: '(sudo -n )?apt-get install -y gdbserver' ended with 100 on device 'here'");
        failed.Errors.ShouldContain("E: Unable to locate package gdbserver");
    }

    [Fact]
    public void A_device_without_one_is_named_and_so_is_the_other_way() =>
        Install("--yes").ShouldExitWith(1).Errors.ShouldContain("error: device 'here' has no package manager that Ferry knows\nhelp:  send a gdbserver along instead: ferry debug --gdbserver FILE");

    public void Dispose() => device.Dispose();

    private RunResult Install(params string[] words) => device.Ferry.Run(["device", "install", "gdbserver", "here", .. words]);

    private string Asked(string answer)
    {
        using var terminal = new TerminalProcess(device.Ferry, device.Home, "device", "install", "gdbserver", "here");
        terminal.WaitFor(@"Run '(sudo -n )?apt-get install -y gdbserver' on device 'here'\? \[Y/n\]");
        terminal.Type(answer + "\n");
        terminal.End().ShouldBe(answer.Length == 0 ? 0 : 1);
        return terminal.Output;
    }

    private string PathOf(string name) => Path.Combine(device.Home, name);

    private void Write(string name, string script)
    {
        File.WriteAllText(PathOf(name), "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
