namespace Ferry.Devices;

/// <summary>What a program is as a file, apart from what its headers say.</summary>
public sealed record FileFacts
{
    /// <summary>How many bytes the device gets.</summary>
    public long? Size { get; init; }

    /// <summary>The permission bits of the file that is at hand, as chmod(2) knows them; null where files have none.</summary>
    public int? Mode { get; init; }

    /// <summary>Its first bytes, up to 4096: enough for a script's first line.</summary>
    public ReadOnlyMemory<byte> FirstBytes { get; init; }

    /// <summary>The folder of the device where it is to be; null: where Ferry keeps programs.</summary>
    public string? Folder { get; init; }
}
