using System.Text.Json.Serialization;

namespace Ferry.Devices;

/// <summary>A C library that Ferry can tell from others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LibcKind>))]
public enum LibcKind
{
    /// <summary>The GNU C library.</summary>
    [JsonStringEnumMemberName("glibc")]
    Glibc,

    /// <summary>musl.</summary>
    [JsonStringEnumMemberName("musl")]
    Musl,

    /// <summary>uClibc or uClibc-ng.</summary>
    [JsonStringEnumMemberName("uclibc")]
    Uclibc,
}
