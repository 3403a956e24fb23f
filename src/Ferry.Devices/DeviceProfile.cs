namespace Ferry.Devices;

/// <summary>
/// What a device said of itself in one round trip. A fact that it did not tell is null (or an empty list): nothing is guessed,
/// and nothing is inferred from another fact. Everything here comes from the device, so it is cleaned but not trusted.
/// <c>ferry device show --json</c> prints it: the names of the properties are API.
/// </summary>
public sealed record DeviceProfile
{
    // Lists that came with later versions take null for empty: the JSON reader hands it to them where a record of an older version has nothing.

    /// <summary>The shape that this version writes. It grows when a property changes its meaning, not when one is added.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The shape of this profile, see <see cref="CurrentSchema"/>.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>What <c>uname</c> says. On a 64-bit kernel with a 32-bit userland it says nothing about programs.</summary>
    public KernelFacts Kernel { get; init; } = new();

    /// <summary>What programs are there, from the ELF header of /bin/sh.</summary>
    public UserlandFacts Userland { get; init; } = new();

    /// <summary>The processor, from /proc/cpuinfo.</summary>
    public CpuFacts Cpu { get; init; } = new();

    /// <summary>What the kernel tells every program that it starts, from /proc/self/auxv.</summary>
    public AuxFacts Aux { get; init; } = new();

    /// <summary>The C library and its loader.</summary>
    public LibcFacts Libc { get; init; } = new();

    /// <summary>The distribution, from os-release.</summary>
    public OsFacts Os { get; init; } = new();

    /// <summary>The board as its device tree names it ("Raspberry Pi 4 Model B Rev 1.4").</summary>
    public string? Model { get; init; }

    /// <summary>Main memory in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The folder where Ferry may keep and start programs; null when every candidate was refused.</summary>
    public StoreFolder? Folder { get; init; }

    /// <summary>The candidates for <see cref="Folder"/> that were refused, and why.</summary>
    public IReadOnlyList<RefusedFolder> RefusedFolders { get; init; } = [];

    /// <summary>Every candidate that is there or could be made, in the order in which they are tried, refused ones as well.</summary>
    public IReadOnlyList<CandidateFolder> Folders { get; init => field = value ?? []; } = [];

    /// <summary>Who Ferry is on the device.</summary>
    public UserFacts User { get; init; } = new();

    /// <summary>Where gdbserver lies, or null.</summary>
    public string? GdbServer { get; init; }

    /// <summary>gdbserver's version, as it says it ("13.1").</summary>
    public string? GdbServerVersion { get; init; }

    /// <summary>The device's clock when it was asked, in seconds since 1970. Boards without a battery start in 1970.</summary>
    public long? ClockSeconds { get; init; }

    /// <summary>The name of process 1 ("systemd", "init", "procd").</summary>
    public string? Init { get; init; }

    /// <summary>What started the system, where it left its mark: "systemd", "openrc", "procd", "busybox".</summary>
    public string? InitSystem { get; init; }

    /// <summary>Whether this user may become root without a password by <c>sudo</c>. Only accounts of the groups sudo, wheel and admin are tried: others would be reported to whoever runs the device.</summary>
    public bool? HasSudo { get; init; }

    /// <summary>Container engines that are there, of those that Ferry looks for: "docker", "podman", "k3s".</summary>
    public IReadOnlyList<string> Containers { get; init => field = value ?? []; } = [];

    /// <summary>Tools of the device that make a transfer smaller or safer, of those that Ferry asks for ("gzip", "sha256sum").</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>The folders that the loader searches, in its order, with the names of the libraries in each.</summary>
    public IReadOnlyList<LibraryFolder> LibraryFolders { get; init; } = [];

    /// <summary>The files that linking and debugging need: C library, loader, libgcc_s and their like.</summary>
    public IReadOnlyList<RuntimeLibrary> RuntimeLibraries { get; init; } = [];

    /// <summary>
    /// How each fact was learnt, by its path here ("cpu", "libc.version"); the longest path that begins a fact's own is the one that
    /// counts. What is unknown has none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Learnt { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}
