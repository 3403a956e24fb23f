namespace Ferry.Devices;

/// <summary>A device as a program will meet it: its profile, its libraries, and those that go along.</summary>
public sealed record DeviceFacts
{
    /// <summary>The device's name, for messages and commands.</summary>
    public required string Name { get; init; }

    /// <summary>What it said of itself.</summary>
    public required DeviceProfile Profile { get; init; }

    /// <summary>Those of its libraries whose files are known (from its sysroot), by file name.</summary>
    public IReadOnlyDictionary<string, LibraryFacts> Libraries { get; init; } = new Dictionary<string, LibraryFacts>();

    /// <summary>The packages of libraries that programs are linked against, by file name, as far as they are known.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; init; } = new Dictionary<string, string>();

    /// <summary>The libraries that are sent with the program and found before the device's, by file name.</summary>
    public IReadOnlyDictionary<string, LibraryFacts> Along { get; init; } = new Dictionary<string, LibraryFacts>();

    /// <summary>Whether the program may hold code for newer processors than the device's, since it asks the processor before it runs that code.</summary>
    public bool NewerCodeIsAllowed { get; init; }

    /// <summary>A symbol of the program as people read it.</summary>
    public Func<string, string> Readable { get; init; } = symbol => symbol;
}
