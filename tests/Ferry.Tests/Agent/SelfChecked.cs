using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A program that tells whether it is whole: the counterpart, noise that no compression makes small, and a sum that <c>whole CODE</c> compares.</summary>
internal static class SelfChecked
{
    public static byte[] Bytes(int noise, int seed)
    {
        var bytes = new byte[AgentLab.Counterpart.Size + noise + 8];
        AgentLab.Counterpart.Content.Span.CopyTo(bytes);
        new Random(seed).NextBytes(bytes.AsSpan((int)AgentLab.Counterpart.Size, noise));
        BitConverter.TryWriteBytes(bytes.AsSpan(^8..), Sum(bytes.AsSpan(..^8)));
        return bytes;
    }

    public static RunRequest Request(ProgramFile program, int code) =>
        LocalAgent.Request("whole", $"{code}") with { Files = [program] };

    /// <summary>FNV-1a.</summary>
    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xcbf29ce484222325;
        foreach (var one in bytes)
        {
            sum = unchecked((sum ^ one) * 0x100000001b3);
        }

        return sum;
    }
}
