using Ferry.Elf.Debug;

namespace Ferry.Elf.Cores;

/// <summary>.eh_frame (Linux Standard Base Core 5.0, 10.6): how to undo the frame of the function at an address.</summary>
internal static class CallFrameTable
{
    private const byte Omitted = 0xff;

    /// <summary>Undoes one frame. Null when no entry covers the address, or it cannot be undone; else whether it was a signal's.</summary>
    public static bool? Step(LoadedFile file, UnwoundRegisters registers, MemoryPieces memory, ulong address)
    {
        if (Array.Find(file.Elf.SectionArray, section => section.Name == ".eh_frame" && section.HasBytes) is not { } section)
        {
            return null;
        }

        var content = file.Elf.ContentOf(section).Span;
        var big = file.Elf.ByteOrder == ElfByteOrder.BigEndian;
        var wanted = file.InFile(address);
        var cursor = new DwarfCursor(content, 0, big);
        while (!cursor.IsAtEnd)
        {
            var length = cursor.Length(out var wide);
            if (length == 0)
            {
                break;
            }

            var end = cursor.At + length;
            var here = cursor.At;
            var entry = cursor.Until(end);
            _ = cursor.Take(length);
            // .eh_frame's own: the distance back to the common entry, 0 for a common entry itself.
            var back = entry.Offset(wide);
            if (back == 0 || back > here)
            {
                continue;
            }

            var common = Common(new DwarfCursor(content, here - back, big), section.Address, registers.Width);
            var start = Pointer(ref entry, common.Encoding, section.Address, registers.Width);
            var size = Pointer(ref entry, (byte)(common.Encoding & 0x0f), 0, registers.Width);
            if (wanted - start >= size)
            {
                continue;
            }

            if (common.HasData)
            {
                _ = entry.Take(entry.Uleb());
            }

            return CallFrameProgram.Undo(common, entry, start, wanted, registers, memory, section.Address) ? common.IsSignal : null;
        }

        return null;
    }

    private static CallFrameCommon Common(DwarfCursor cursor, ulong sectionAddress, int width)
    {
        var length = cursor.Length(out var wide);
        var entry = cursor.Until(cursor.At + length);
        _ = entry.Offset(wide);
        var version = entry.U8();
        var augmentation = entry.Text();
        var code = entry.Uleb();
        var data = entry.Sleb();
        var column = version == 1 ? entry.U8() : entry.Uleb();
        var (encoding, hasData, isSignal) = ((byte)0, false, false);
        if (augmentation.Length > 0 && augmentation[0] == 'z')
        {
            hasData = true;
            var size = entry.Uleb();
            var rest = entry.At + size;
            var part = entry.Until(rest);
            foreach (var letter in augmentation[1..])
            {
                switch ((char)letter)
                {
                    case 'R': encoding = part.U8(); break;
                    case 'L': _ = part.U8(); break;
                    case 'P': _ = Pointer(ref part, part.U8(), sectionAddress, width); break;
                    case 'S': isSignal = true; break;
                }
            }

            _ = entry.Take(size);
        }

        return new CallFrameCommon(code, data, column, encoding, hasData, isSignal, entry.At, entry);
    }

    /// <summary>LSB 10.5.1: a pointer in one of many forms. Those that are looked up elsewhere (indirect ones) are only passed over.</summary>
    internal static ulong Pointer(ref DwarfCursor cursor, byte encoding, ulong sectionAddress, int width)
    {
        if (encoding == Omitted)
        {
            return 0;
        }

        var place = sectionAddress + cursor.At;
        var value = (encoding & 0x0f) switch
        {
            0x00 => cursor.Number(width),
            0x01 => cursor.Uleb(),
            0x02 => cursor.U16(),
            0x03 => cursor.U32(),
            0x04 => cursor.U64(),
            0x09 => (ulong)cursor.Sleb(),
            0x0a => (ulong)(short)cursor.U16(),
            0x0b => (ulong)(int)cursor.U32(),
            0x0c => cursor.U64(),
            _ => throw cursor.Error("a pointer of .eh_frame is of a form that is not known"),
        };
        value += (encoding & 0x70) == 0x10 ? place : 0;
        return width == 4 ? value & uint.MaxValue : value;
    }
}
