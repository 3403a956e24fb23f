using Ferry.Elf.Cores;

namespace Ferry.Doors.Deaths;

/// <summary>What the kernel says of a fault, in words: siginfo's codes of sigaction(2), and where the address lies.</summary>
internal static class SignalWords
{
    private const ulong FirstPage = 4096;
    private const ulong NearStack = 1 << 20;

    private static readonly Dictionary<(int Signal, int Code), string> Codes = new()
    {
        [(4, 1)] = "the processor does not have this instruction",
        [(4, 5)] = "the instruction is a privileged one",
        [(5, 1)] = "it came to a breakpoint instruction",
        [(7, 1)] = "it accessed {0}, which is not aligned as the instruction needs it",
        [(7, 2)] = "it accessed {0} of a mapped file that does not reach so far",
        [(7, 3)] = "the hardware reported an error at {0}",
        [(8, 1)] = "it divided an integer by zero",
        [(8, 2)] = "a division of integers overflowed",
        [(8, 3)] = "it divided a floating-point number by zero",
        [(11, 1)] = "it accessed {0}, where nothing is mapped",
        [(11, 2)] = "it accessed {0}, where that is not allowed",
        [(31, 1)] = "it made a system call that its seccomp filter forbids",
    };

    /// <summary>Null when the kernel said nothing that helps.</summary>
    public static string? Cause(CrashedThread thread, IReadOnlyList<MappedFile> files, int process)
    {
        if (thread.Info is not { } info)
        {
            return null;
        }

        if (info.Sender is { } sender)
        {
            return sender == process || sender == thread.Id ? thread.Signal == 6 ? "it aborted itself" : "it sent the signal to itself" : $"process {sender} sent the signal";
        }

        return Codes.TryGetValue((thread.Signal, info.Code), out var words) ? string.Format(System.Globalization.CultureInfo.InvariantCulture, words, Address(info.Address ?? 0, thread, files)) : null;
    }

    private static string Address(ulong address, CrashedThread thread, IReadOnlyList<MappedFile> files)
    {
        var text = $"address 0x{address:x}";
        if (address < FirstPage)
        {
            return text + (address == 0 ? " (null)" : $" ({address} bytes behind null)");
        }

        if (thread.Registers is { } registers && registers.ProgramCounter == address)
        {
            return text + " to execute it";
        }

        if (thread.Registers is { } known && address + NearStack > known.StackPointer && address < known.StackPointer + FirstPage && files.Any(file => IsNextAbove(file, address)))
        {
            return text + ", just beyond the end of its stack";
        }

        return files.FirstOrDefault(file => file.Contains(address)) is { } within ? $"{text} ({within.Rights}{(within.Path.Length > 0 ? " " + within.Path : "")})" : text;
    }

    /// <summary>The next mapping above that can be written to lies within reach.</summary>
    private static bool IsNextAbove(MappedFile file, ulong address) => file.Rights.StartsWith("rw", StringComparison.Ordinal) && file.Start > address && file.Start - address < NearStack;
}
