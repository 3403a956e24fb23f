using System.Runtime.InteropServices;
using System.Text;

namespace Ferry.Processes;

/// <summary>Byte strings as C wants them: each with its NUL, the list with a null pointer at its end.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** pointers;
    private readonly int count;

    public NativeStrings(IReadOnlyList<byte[]> strings)
    {
        pointers = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        foreach (var bytes in strings)
        {
            pointers[count++] = Copy(bytes);
        }
    }

    /// <summary>A null-terminated array of pointers: argv or envp.</summary>
    public byte** Pointers => pointers;

    public byte* First => pointers[0];

    public static NativeStrings Of(params string[] strings) => new([.. strings.Select(Encoding.UTF8.GetBytes)]);

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            NativeMemory.Free(pointers[i]);
        }

        NativeMemory.Free(pointers);
    }

    private static byte* Copy(byte[] bytes)
    {
        if (bytes.AsSpan().Contains((byte)0))
        {
            throw new ArgumentException("a NUL byte cannot be passed to a process", nameof(bytes));
        }

        var copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        copy[bytes.Length] = 0;
        return copy;
    }
}
