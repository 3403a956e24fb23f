namespace Ferry.Remote.Agent;

/// <summary>What was noted while a program died, as it came: see docs/reference/agent-protocol.md.</summary>
/// <param name="Faults">Payloads of Fault frames: the signals that it died of, the one before that it had caught first.</param>
/// <param name="Killed">The payload of a Killed frame, or null.</param>
/// <param name="LastWords">The end of what it wrote to stderr.</param>
internal sealed record DeathNotes(IReadOnlyList<byte[]> Faults, byte[]? Killed, byte[] LastWords)
{
    public bool IsEmpty => Faults.Count == 0 && Killed is null && LastWords.Length == 0;
}
