using System.Text.Json;

namespace Ferry.Devices;

/// <summary>
/// What a run needs of a <see cref="DeviceRecord"/>: whom to ask, and where the agent is. Read by hand, since the serializer takes longer to start
/// than everything else on the way of an unchanged program; the whole record is for the check and for whoever shows it.
/// </summary>
public sealed record DeviceSummary
{
    /// <summary>See <see cref="DeviceRecord.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="DeviceRecord.Address"/>.</summary>
    public required string Address { get; init; }

    /// <summary>See <see cref="TargetChoice.Triple"/>.</summary>
    public string? Triple { get; init; }

    /// <summary>See <see cref="DeviceProfile.Folder"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>See <see cref="UserFacts.Home"/>.</summary>
    public string? Home { get; init; }

    /// <summary>See <see cref="DeviceRecord.SysrootId"/>.</summary>
    public string? SysrootId { get; init; }

    /// <summary>See <see cref="DeviceRecord.ProbedAt"/>.</summary>
    public required DateTimeOffset ProbedAt { get; init; }

    /// <summary>The summary of a record that is at hand.</summary>
    public static DeviceSummary Of(DeviceRecord device) => new()
    {
        Name = device.Name,
        Address = device.Address,
        Triple = device.Target.Triple,
        Folder = device.Profile.Folder?.Path,
        Home = device.Profile.User.Home,
        SysrootId = device.SysrootId,
        ProbedAt = device.ProbedAt,
    };

    /// <summary>Reads the summary of what <see cref="DeviceRecord.ToJson"/> wrote; null when something that every record has is not there.</summary>
    public static DeviceSummary? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // What is wrong with it, DeviceRecord.FromJson says better.
            return null;
        }
    }

    private static DeviceSummary? Read(ReadOnlySpan<byte> json)
    {
        string? name = null, address = null, triple = null, folder = null, home = null, sysroot = null;
        DateTimeOffset? probedAt = null;
        int? schema = null;
        var reader = new Utf8JsonReader(json);
        // The names of the objects that the reader is in: only three paths go deeper than one.
        var (outer, inner, last) = ("", "", "");
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    last = reader.GetString()!;
                    break;
                case JsonTokenType.StartArray:
                    reader.Skip();
                    break;
                case JsonTokenType.StartObject when reader.CurrentDepth == 1:
                    outer = last;
                    break;
                case JsonTokenType.StartObject when reader.CurrentDepth == 2:
                    inner = last;
                    break;
                case JsonTokenType.StartObject when reader.CurrentDepth > 2:
                    reader.Skip();
                    break;
                case JsonTokenType.Number when reader.CurrentDepth == 1 && last == "schema":
                    schema = reader.GetInt32();
                    break;
                case JsonTokenType.String:
                    switch (reader.CurrentDepth, outer, inner, last)
                    {
                        case (1, _, _, "name"): name = reader.GetString(); break;
                        case (1, _, _, "address"): address = reader.GetString(); break;
                        case (1, _, _, "sysrootId"): sysroot = reader.GetString(); break;
                        case (1, _, _, "probedAt"): probedAt = reader.GetDateTimeOffset(); break;
                        case (2, "target", _, "triple"): triple = reader.GetString(); break;
                        case (3, "profile", "folder", "path"): folder = reader.GetString(); break;
                        case (3, "profile", "user", "home"): home = reader.GetString(); break;
                    }

                    break;
            }
        }

        return schema <= DeviceProfile.CurrentSchema && name is not null && address is not null && probedAt is { } time
            ? new() { Name = name, Address = address, Triple = triple, Folder = folder, Home = home, SysrootId = sysroot, ProbedAt = time }
            : null;
    }
}
