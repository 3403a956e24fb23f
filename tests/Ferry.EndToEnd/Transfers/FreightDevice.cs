using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ferry.EndToEnd.BadInput;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Transfers;

/// <summary>
/// A device behind a link that breaks when it is told to, and programs for it that tell whether they are whole. They are run by the runner itself, as
/// cargo calls it: cargo has no part in what can go wrong here.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class FreightDevice : IDisposable
{
    /// <summary>Of the noise in a program: no compression makes it smaller.</summary>
    public const int Freight = 600_000;

    private const int SumLength = 8;
    private static readonly byte[] Mark = "<freight begins>"u8.ToArray();

    private readonly LoopbackDevice device = new();
    private readonly byte[] template;
    private readonly Dictionary<string, (int Seed, int Version)> written = [];

    public FreightDevice()
    {
        Relay = new CuttingRelay(device.Sshd.Port);
        device.Sshd.AddHost("cut", device.Command, configuration: [$"Port {Relay.Port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR", "KexAlgorithms curve25519-sha256"]);
        Ferry.Run("device", "add", "cut", "cut").ShouldExitWith(0);
        var project = BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "Transfers", "program"), Path.Combine(Ferry.Home, "freight"));
        Ferry.RunIn(project, "build", "-q", "--on", "cut").ShouldExitWith(0);
        template = File.ReadAllBytes(Directory.GetFiles(project, "freight", SearchOption.AllDirectories).First(file => file.EndsWith("/debug/freight", StringComparison.Ordinal)));
    }

    public CuttingRelay Relay { get; }

    public FerryTool Ferry => device.Ferry;

    /// <summary>Where Ferry keeps what is its own on the device.</summary>
    public string Kept => Path.Combine(device.Home, ".cache", "ferry");

    public string Store => Path.Combine(Kept, "store");

    /// <summary>Writes a program; versions of one seed differ in a tenth of its noise.</summary>
    public string Program(string name, int seed, int version = 0)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Ferry.Home, name)).FullName, "freight");
        if (written.TryGetValue(name, out var there) && there == (seed, version))
        {
            return path;
        }

        written[name] = (seed, version);
        var bytes = (byte[])template.Clone();
        var at = bytes.AsSpan().IndexOf(Mark) + Mark.Length;
        var noise = bytes.AsSpan(at + SumLength, Freight);
        new Random(seed).NextBytes(noise);
        new Random(version).NextBytes(noise[..(Freight / 10)]);
        BitConverter.TryWriteBytes(bytes.AsSpan(at), Sum(noise));
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>By the runner, as cargo starts it.</summary>
    public RunResult Run(string program, string verb = "end", int code = 7) =>
        global::Ferry.Lab.Run.Process("bash", ["-c", $"exec -a ferry-runner '{FerryTool.Path}' '{program}' {verb} {code}"], Ferry.Home, Ferry.Variables(), timeout: TimeSpan.FromMinutes(5));

    /// <summary>Whatever happened: what has a program's name is that program, and nothing else lies there but what a next try goes on with.</summary>
    public void ShouldBeConsistent(string when)
    {
        foreach (var file in DeviceFiles.In(Kept).Select(file => Path.GetRelativePath(Kept, file)))
        {
            var stored = Regex.Match(file, "^store/([0-9a-f]{64})/freight$", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (stored.Success)
            {
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Kept, file)))).ShouldBe(stored.Groups[1].Value, when);
            }
            else
            {
                file.ShouldMatch("^(agent-[0-9a-f]+|store/[0-9a-f]{64}[.]part)$", when);
            }
        }
    }

    /// <summary>Waits until nothing of ours runs on the device, agents and programs.</summary>
    public void ShouldBeQuiet() =>
        Waiting.Until(() => Running().Count == 0, TimeSpan.FromSeconds(30), () => "still running on the device: " + string.Join(", ", Running()));

    /// <summary>What runs on the device, of what Ferry brought there: process numbers.</summary>
    public List<int> Running() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && Executable(pid).StartsWith(Kept, StringComparison.Ordinal)),
    ];

    public void Dispose()
    {
        Relay.Dispose();
        device.Dispose();
    }

    private static string Executable(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/exe").LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended
        }
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xcbf29ce484222325;
        foreach (var one in bytes)
        {
            sum = unchecked((sum ^ one) * 0x100000001b3);
        }

        return sum;
    }
}
