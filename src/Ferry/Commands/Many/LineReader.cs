namespace Ferry.Commands.Many;

/// <summary>Cuts a stream into lines, each with its end. The last one gets one if it has none; one that is too long to wait for is cut.</summary>
internal static class LineReader
{
    private const int Longest = 64 * 1024;

    public static void Read(Stream from, Action<ReadOnlyMemory<byte>> take)
    {
        var held = new byte[Longest];
        var count = 0;
        for (int read; (read = from.Read(held, count, held.Length - count)) > 0;)
        {
            count += read;
            var start = 0;
            for (int end; (end = held.AsSpan(start, count - start).IndexOf((byte)'\n')) >= 0; start += end + 1)
            {
                take(held.AsMemory(start, end + 1));
            }

            count -= start;
            held.AsSpan(start, count).CopyTo(held);
            count = count == held.Length ? TakeRest(held, count, take) : count;
        }

        TakeRest(held, count, take);
    }

    private static int TakeRest(byte[] held, int count, Action<ReadOnlyMemory<byte>> take)
    {
        if (count > 0)
        {
            take(new ReadOnlyMemory<byte>([.. held.AsSpan(0, count), (byte)'\n']));
        }

        return 0;
    }
}
