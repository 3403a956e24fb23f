using System.Runtime.Versioning;
using Ferry.Remote.Ssh;

namespace Ferry.Commands;

/// <summary>A line of <c>ferry connections</c>.</summary>
/// <param name="Connection">Which.</param>
/// <param name="InUse">How many channels are open.</param>
/// <param name="Answer">How long the device took to answer; null when it did not.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record ConnectionRow(KeptConnection Connection, int InUse, TimeSpan? Answer);
