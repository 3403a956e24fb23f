using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ferry.Remote.Agent;
using Ferry.Terminal;

namespace Ferry.Doors.Deaths;

/// <summary>Whether the kernel killed a program for want of memory: a Killed frame of docs/reference/agent-protocol.md.</summary>
internal sealed partial record MemoryNote(ulong Kills, ulong KillsInGroup, string KernelsWords, long? Total, long? Limit)
{
    private const ulong Unknown = ulong.MaxValue;

    /// <summary>Whether it is certain, and not just likely: the kernel names the process, or has counted one of its control group.</summary>
    public bool IsProven => KernelsWords.Length > 0 || KillsInGroup is > 0 and not Unknown;

    public bool IsLikely => IsProven || Kills is > 0 and not Unknown;

    public static MemoryNote? Read(byte[]? payload)
    {
        if (payload is null)
        {
            return null;
        }

        try
        {
            var fields = new FrameFields(payload);
            var (kills, inGroup) = (fields.U64(), fields.U64());
            var words = Encoding.UTF8.GetString(fields.Bytes()).Trim();
            var total = Total_().Match(Encoding.UTF8.GetString(fields.Bytes())) is { Success: true } found ? Number(found.Groups[1].Value) * 1024 : null;
            return new MemoryNote(kills, inGroup, words, total, Number(Encoding.UTF8.GetString(fields.Bytes()).Trim()));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What is known, a line each.</summary>
    public IEnumerable<string> Causes(string device)
    {
        if (KernelsWords.Length > 0)
        {
            yield return $"the kernel says: {KernelsWords}";
        }
        else if (IsProven)
        {
            yield return "the kernel has counted a process of this session that it killed for want of memory";
        }
        else if (IsLikely)
        {
            yield return $"while it ran, the kernel of '{device}' killed {(Kills == 1 ? "a process" : $"{Kills} processes")} for want of memory; its log, which would name them, is not to be read there";
        }

        if (IsLikely && Limit is { } limit && limit < (Total ?? long.MaxValue))
        {
            yield return $"its control group may have {Sizes.Text(limit)}";
        }
        else if (IsLikely && Total is { } total)
        {
            yield return $"'{device}' has {Sizes.Text(total)} of memory in all";
        }
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^MemTotal:\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex Total_();
}
