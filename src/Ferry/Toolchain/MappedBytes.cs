using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Ferry.Toolchain;

/// <summary>A file as memory: only what is looked at is read. Archives of objects are large, and their headers small.</summary>
internal sealed unsafe class MappedBytes : MemoryManager<byte>
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly int length;

    /// <exception cref="IOException">It cannot be mapped: it is empty, or too large.</exception>
    public MappedBytes(string path)
    {
        var size = new FileInfo(path).Length;
        if (size is 0 or > int.MaxValue)
        {
            throw new IOException($"'{path}' has {size} bytes");
        }

        length = (int)size;
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        view = file.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
        // It never moves.
    }

    protected override void Dispose(bool disposing)
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }
}
