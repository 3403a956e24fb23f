using System.Text.Json.Serialization;

namespace Ferry.Devices;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>May go wrong under conditions that cannot be seen from here; told to those who ask (<c>ferry inspect</c>).</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Worth knowing; the program is sent.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The program cannot run there; it is not sent.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
