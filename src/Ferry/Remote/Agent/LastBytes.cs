namespace Ferry.Remote.Agent;

/// <summary>The end of a stream that goes by.</summary>
internal sealed class LastBytes(int most)
{
    private byte[] last = [];

    public void Add(byte[] chunk) => last = chunk.Length >= most ? chunk[^most..] : [.. last.AsSpan(Math.Max(0, last.Length + chunk.Length - most)), .. chunk];

    public byte[] ToArray() => last;
}
