using System.IO.Compression;
using Ferry.Devices;
using Ferry.Remote.Agent;
using Ferry.Remote.Ssh;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Toolchain;

namespace Ferry.Remote;

/// <summary>
/// The agent for one device: which target it is compiled for, its name there, and the two commands that bring and start it. Both are one
/// argument of characters that every login shell passes on unharmed (fish and csh, too); docs/decisions/0002-agent.md.
/// </summary>
internal sealed class AgentDelivery
{
    private readonly DeviceSummary device;
    private readonly string folder;
    private string target;

    private AgentDelivery(DeviceSummary device, string folder, string target)
    {
        this.device = device;
        this.folder = folder;
        this.target = target;
    }

    /// <summary>The device's name.</summary>
    public string Device => device.Name;

    public bool IsBuilt => AgentBuild.Find(target, Folders.Cache) is not null;

    /// <summary>
    /// In the user's home folder the agent is started as it is. Elsewhere a shell enters the folder first and makes sure that it is still ours,
    /// before anything in it is started: /tmp belongs to everybody. That shell is one more process, on boards where each takes its time.
    /// </summary>
    public string StartCommand => IsAtHome ? $"exec {folder}/{Name} {folder}" : $"exec sh -c 'cd {folder} && [ -O . ] && exec ./{Name}'";

    private bool IsAtHome =>
        device.Home is ['/', _, ..] home && folder.StartsWith(home + "/", StringComparison.Ordinal)
        && !folder.Contains("/..", StringComparison.Ordinal) && !folder.StartsWith("/tmp/", StringComparison.Ordinal) && !folder.StartsWith("/var/tmp/", StringComparison.Ordinal);

    private string Name => "agent-" + AgentSource.Build(target);

    public static AgentDelivery To(DeviceSummary device)
    {
        var place = device.Folder;
        if (place is null || !ShellQuote.IsPlain(place))
        {
            throw new FerryException($"no folder is known on device '{device.Name}' where programs can be kept and started", help: $"ask the device again: ferry device add {device.Name} {device.Address}", exit: ExitCode.DeviceUnreachable);
        }

        var own = device.Triple ?? throw new FerryException($"there is no Rust target for device '{device.Name}'", help: $"why, says: ferry device show {device.Name}");
        var built = Candidates(own).FirstOrDefault(candidate => AgentBuild.Find(candidate, Folders.Cache) is not null);
        return new AgentDelivery(device, place, built ?? own);
    }

    /// <summary>Compiles the agent where that was not done before: static musl where that std is there, since it starts faster and needs no libc.</summary>
    public void Build(Action<string, string> say)
    {
        if (AgentBuild.Find(target, Folders.Cache) is { } built && ElfOnDisk.IsWhole(built))
        {
            return;
        }

        say("Compiling", $"Ferry's agent for device '{device.Name}' (once)");
        var rust = RustToolchain.Find();
        target = Candidates(device.Triple!).FirstOrDefault(candidate => TargetStd.Find(rust, candidate).IsPresent)
            ?? throw TargetStd.Find(rust, device.Triple!).Missing();
        AgentBuild.Make(rust.Rustc, target, LinkerFor(rust), Folders.Cache);
    }

    public void Send(SshMaster master, Action<string, string> say)
    {
        var agent = File.ReadAllBytes(AgentBuild.Find(target, Folders.Cache)!);
        var unpacks = DeviceBook.Find(device.Name)?.Profile.Tools.Contains("gzip") == true;
        using var sent = new MemoryStream(unpacks ? Packed(agent) : agent);
        say("Sending", $"Ferry's agent to device '{device.Name}' ({sent.Length / 1000} kB, once)");
        var answer = RemoteScript.RunPlain(master, BringCommand(unpacks ? "gzip -dc" : "cat", agent.Length), sent);
        if (!answer.Succeeded)
        {
            throw new FerryException($"cannot put Ferry's agent into {folder} on device '{device.Name}'", answer.Errors.Trim() is { Length: > 0 } words ? words : $"the shell there ended with {answer.ExitCode}", "is there space, and may you write there?", ExitCode.DeviceUnreachable);
        }
    }

    /// <summary>Written beside under a name of its own, and renamed when it is whole.</summary>
    private string BringCommand(string unpack, long size) =>
        $"exec sh -c 'umask 077; mkdir -p {folder} && cd {folder} && [ -O . ] && chmod 700 . && "
        + $"{{ {unpack} >{Name}.$$ && [ $(wc -c <{Name}.$$) -eq {size} ] && chmod 700 {Name}.$$ && mv -f {Name}.$$ {Name} || {{ rm -f {Name}.$$; exit 1; }}; }}'";

    private static byte[] Packed(byte[] agent)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(agent);
        }

        return packed.ToArray();
    }

    private static IEnumerable<string> Candidates(string triple) =>
        Targets.StaticTwin(triple) is { } twin && twin != triple ? [twin, triple] : [triple];

    /// <summary>Through Ferry's own linker for a glibc target; a musl target brings all that a link needs.</summary>
    private string LinkerFor(RustToolchain rust)
    {
        var isStatic = Targets.IsStatic(target);
        var sysroot = isStatic || device.SysrootId is null ? null : SysrootStore.InCache.Find(device.SysrootId);
        if (!isStatic && sysroot is null)
        {
            throw new FerryException($"the libraries of device '{device.Name}' are not here", help: $"ferry device add {device.Name} {device.Address}");
        }

        return CargoLinking.DeviceLink(rust, target, sysroot?.Facts ?? SysrootFacts.None).Linker;
    }
}
