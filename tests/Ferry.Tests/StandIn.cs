using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Ferry.Lab;
using Ferry.Processes;
using Ferry.Remote.Ssh;

namespace Ferry.Tests;

/// <summary>
/// What can only be tried in a process of its own (an exec, a Ctrl-C to the whole group): this test program, started again with FERRY_STAND_IN
/// naming what to play. Decided before Main, so that no test runner gets to see it.
/// </summary>
internal static class StandIn
{
    private const string Variable = "FERRY_STAND_IN";

    private static readonly Dictionary<string, Func<string[], int>> Roles = new()
    {
        ["exec"] = Execute,
        ["script"] = RunScript,
        ["interrupted"] = arguments => OperatingSystem.IsWindows() ? 1 : SurviveInterrupt(arguments),
    };

    public static RunResult Play(string role, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>>? environment = null) =>
        Run.Process(File, arguments, environment: [.. environment ?? [], new(Variable, role)], timeout: TimeSpan.FromSeconds(30));

    /// <summary>The same without a terminal, wherever the tests themselves were started.</summary>
    public static RunResult PlayWithoutTerminal(string role, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>>? environment = null) =>
        Run.Process("setsid", ["-w", File, .. arguments], environment: [new("SSH_ASKPASS", null), .. environment ?? [], new(Variable, role)], timeout: TimeSpan.FromSeconds(30));

    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Ferry.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

#pragma warning disable CA2255 // A module initializer in an application: see above.
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } role && Roles.TryGetValue(role, out var play))
        {
            NativeEnvironment.Unset(Variable);
            try
            {
                Environment.Exit(play(Environment.GetCommandLineArgs()[1..]));
            }
            catch (FerryException e)
            {
                Console.Error.WriteLine($"{e.Message}|{e.Cause}|{e.Help}");
                Environment.Exit(e.Exit);
            }
        }
    }
#pragma warning restore CA2255

    /// <summary>The arguments come hex-encoded, since a test cannot hand over bytes that are not UTF-8 otherwise.</summary>
    private static int Execute(string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("SET_BEFORE") is { } value)
        {
            NativeEnvironment.Set("SEEN_AFTER", value);
            NativeEnvironment.Unset("SET_BEFORE");
        }

        Exec.Replace(Encoding.UTF8.GetString(Convert.FromHexString(arguments[0])), [.. arguments[1..].Select(Convert.FromHexString)]);
        return 0;
    }

    /// <summary>Address and script: what a command of Ferry's does with a device.</summary>
    private static int RunScript(string[] arguments)
    {
        var answer = RemoteScript.Run(SshMaster.Connect(SshAddress.Parse(arguments[0]), Console.Error.Write), arguments[1]);
        Console.Out.Write(answer.Text);
        Console.Error.Write(answer.Errors);
        return answer.ExitCode;
    }

    /// <summary>A Ctrl-C as the terminal sends it, to the whole group, while a channel is open: afterwards the channel must still carry bytes.</summary>
    [UnsupportedOSPlatform("windows")]
    private static int SurviveInterrupt(string[] arguments)
    {
        using var survived = new ManualResetEventSlim();
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            survived.Set();
        });
        using var channel = SshMaster.Connect(SshAddress.Parse(arguments[0])).Open("cat");
        channel.Input.WriteByte(1);
        channel.Input.Flush();
        _ = channel.Output.ReadByte();

        _ = Libc.Kill(0, 2);

        _ = survived.Wait(TimeSpan.FromSeconds(10));
        channel.Input.WriteByte(2);
        channel.Input.Flush();
        Console.WriteLine(channel.Output.ReadByte());
        channel.Input.Dispose();
        return channel.Wait();
    }
}
