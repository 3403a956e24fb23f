using System.CommandLine;
using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote.Ssh;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry device install gdbserver</c>: by the device's own package manager, when the user agrees.</summary>
internal static class DeviceInstallCommand
{
    private const string Gdbserver = "gdbserver";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly Argument<string> What = new("tool") { Description = "What to install: gdbserver" };
    private static readonly Argument<string> Name = DeviceCommands.KnownName();
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Install without asking" };

    public static Command Define()
    {
        var verb = new Verb("install", "Install gdbserver on a device, with its own package manager.", "ferry device install gdbserver pi4") { What, Name, Yes };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var what = parsed.GetRequiredValue(What);
        if (what != Gdbserver)
        {
            throw new FerryException($"ferry device install does not know '{what}'", help: "ferry device install gdbserver NAME", exit: ExitCode.WrongUsage);
        }

        var device = KnownDevice.Find(parsed.GetRequiredValue(Name));
        var master = SshMaster.Connect(SshAddress.Parse(device.Address));
        var answer = RemoteScript.Run(master, Question()).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (answer.Contains("there " + Gdbserver))
        {
            Status.Say("Installed", $"gdbserver is on device '{device.Name}' already");
            return ExitCode.Done;
        }

        var manager = PackageManager.Of(answer) ?? throw new FerryException($"device '{device.Name}' has no package manager that Ferry knows", help: "send a gdbserver along instead: ferry debug --gdbserver FILE");
        var command = $"{manager.Install} {manager.Gdbserver}";
        if (!answer.Contains("may root") && !answer.Contains("may sudo"))
        {
            throw new FerryException($"you may not install packages on device '{device.Name}' without a password", help: $"ssh -t {device.Address} sudo {command}");
        }

        command = answer.Contains("may root") ? command : "sudo -n " + command;
        return parsed.GetValue(Yes) || Agreed(device.Name, command) ? Install(master, device.Name, command)
            : throw new FerryException($"gdbserver was not installed on device '{device.Name}'", help: $"to install it without being asked: ferry device install gdbserver {device.Name} --yes");
    }

    private static string Question() => $"""
        command -v gdbserver >/dev/null 2>&1 && echo there gdbserver
        if [ "$(id -u)" = 0 ]; then echo may root; elif sudo -n true >/dev/null 2>&1; then echo may sudo; fi
        for tool in {string.Join(' ', PackageManager.All.Select(manager => manager.Tool))}; do command -v $tool >/dev/null 2>&1 && echo $tool; done
        true
        """;

    private static bool Agreed(string device, string command)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return false;
        }

        Page.Messages.Write($"Run '{command}' on device '{device}'? [Y/n] ");
        using var terminal = new StreamReader(StandardStream.Input());
        return terminal.ReadLine()?.Trim().ToLowerInvariant() is "" or "y" or "yes";
    }

    private static int Install(SshMaster master, string device, string command)
    {
        Status.Say("Installing", $"gdbserver on device '{device}': {command}");
        var answer = RemoteScript.Run(master, $"DEBIAN_FRONTEND=noninteractive {command} 2>&1", Patience);
        if (!answer.Succeeded)
        {
            var words = string.Join('\n', answer.Text.TrimEnd().Split('\n').TakeLast(5));
            throw new FerryException($"'{command}' ended with {answer.ExitCode} on device '{device}'", words, "are its package lists up to date?");
        }

        Status.Say("Installed", $"gdbserver on device '{device}'");
        return ExitCode.Done;
    }
}
