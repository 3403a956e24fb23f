using System.Text.Json;

namespace Ferry.Devices;

/// <summary>A device as Ferry keeps it in a file of the user's configuration folder.</summary>
public sealed record DeviceRecord
{
    // What of the profile is for others to know, see ForOthers.
    private static readonly string[] Told = ["kernel", "userland", "cpu", "aux", "libc", "os", "model", "libraryFolders"];

    /// <summary>The shape of this record, as <see cref="DeviceProfile.CurrentSchema"/>.</summary>
    public int Schema { get; init; } = DeviceProfile.CurrentSchema;

    /// <summary>The name that the user gave it.</summary>
    public required string Name { get; init; }

    /// <summary>[USER@]HOST[:PORT] as it was typed, or an emulator's name; empty for a device that was imported.</summary>
    public required string Address { get; init; }

    /// <summary>What it said of itself.</summary>
    public required DeviceProfile Profile { get; init; }

    /// <summary>What programs for it are built for.</summary>
    public required TargetChoice Target { get; init; }

    /// <summary>Which of the kept sysroots is its own; null when it has no shared C library to link against.</summary>
    public string? SysrootId { get; init; }

    /// <summary>What was added to its sysroot, so that a sysroot that is fetched anew gets it again.</summary>
    public IReadOnlyList<SysrootPackage> Packages { get; init; } = [];

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset ProbedAt { get; init; }

    /// <summary>
    /// The record for other people's eyes: what programs and links must know of the device, and nothing of where it is, who its users are,
    /// and what else is on it. Named one by one, so that a new fact stays private until it is put here.
    /// </summary>
    public DeviceRecord ForOthers() => this with
    {
        Address = "",
        SysrootId = null,
        Profile = new DeviceProfile
        {
            Schema = Profile.Schema,
            Kernel = Profile.Kernel,
            Userland = Profile.Userland,
            Cpu = Profile.Cpu,
            Aux = Profile.Aux,
            Libc = Profile.Libc,
            Os = Profile.Os,
            Model = Profile.Model,
            LibraryFolders = Profile.LibraryFolders,
            Learnt = Profile.Learnt.Where(fact => Told.Contains(fact.Key.Split('.')[0])).ToDictionary(fact => fact.Key, fact => fact.Value),
        },
    };

    /// <summary>The record as indented JSON in UTF-8, ending in a newline.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, DeviceJson.Default.DeviceRecord), (byte)'\n'];

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="DeviceRecordException">It is not such JSON, or of a newer shape.</exception>
    public static DeviceRecord FromJson(ReadOnlySpan<byte> json)
    {
        DeviceRecord record;
        try
        {
            record = JsonSerializer.Deserialize(json, DeviceJson.Default.DeviceRecord) ?? throw new DeviceRecordException("it holds null");
        }
        catch (JsonException e)
        {
            throw new DeviceRecordException(e.Message, e);
        }

        return record.Schema <= DeviceProfile.CurrentSchema ? record
            : throw new DeviceRecordException($"it was written by a newer ferry (schema {record.Schema}, this one knows {DeviceProfile.CurrentSchema})");
    }
}
