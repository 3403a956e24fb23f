using System.Buffers.Binary;

namespace Ferry.Elf.Cores;

/// <summary>What came along with a signal (siginfo_t, sigaction(2)).</summary>
/// <param name="Signal">Its number.</param>
/// <param name="Code">si_code: positive when the kernel saw a fault, 0 or negative when a process sent it.</param>
/// <param name="Address">si_addr of a fault; null for a signal that was sent.</param>
/// <param name="Sender">The process that sent it; null for a fault.</param>
public sealed record SignalInfo(int Signal, int Code, ulong? Address, int? Sender)
{
    private const int KernelSent = 0x80; // SI_KERNEL

    /// <summary>Reads the kernel's structure for processes whose addresses take <paramref name="width"/> bytes; null when it is too short.</summary>
    public static SignalInfo? Read(ReadOnlySpan<byte> bytes, int width)
    {
        var at = width == 8 ? 16 : 12;
        if (bytes.Length < at + width)
        {
            return null;
        }

        var (signal, code) = (BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
        var isFault = code > 0 && code != KernelSent;
        ulong address = width == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        return new SignalInfo(signal, code, isFault ? address : null, code <= 0 ? BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]) : null);
    }
}
