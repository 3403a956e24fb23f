using System.Text.Json.Serialization;

namespace Ferry.Devices;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth knowing; the program is sent.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The program cannot run there; it is not sent.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
