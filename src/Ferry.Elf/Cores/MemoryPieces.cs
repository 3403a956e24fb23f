using System.Buffers.Binary;

namespace Ferry.Elf.Cores;

/// <summary>What is known of a process' memory: pieces of it, each with its address.</summary>
public sealed class MemoryPieces
{
    private readonly (ulong Start, ReadOnlyMemory<byte> Bytes)[] pieces;

    /// <summary>Where pieces overlap, the one that begins last counts.</summary>
    public MemoryPieces(IEnumerable<(ulong Start, ReadOnlyMemory<byte> Bytes)> pieces) => this.pieces = [.. pieces.OrderBy(piece => piece.Start)];

    /// <summary>Fills <paramref name="bytes"/> from an address on. False when not all of it is known.</summary>
    public bool TryRead(ulong address, Span<byte> bytes)
    {
        for (var i = pieces.Length - 1; i >= 0; i--)
        {
            var (start, piece) = pieces[i];
            if (address >= start && address - start <= (ulong)piece.Length && (ulong)bytes.Length <= (ulong)piece.Length - (address - start))
            {
                piece.Span.Slice((int)(address - start), bytes.Length).CopyTo(bytes);
                return true;
            }
        }

        return false;
    }

    /// <summary>A little-endian number of 4 or 8 bytes; null when it is not known.</summary>
    public ulong? Word(ulong address, int width)
    {
        Span<byte> bytes = stackalloc byte[width];
        return !TryRead(address, bytes) ? null : width == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
