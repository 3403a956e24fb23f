namespace Ferry.Elf.Debug;

/// <summary>DWARF 5, 6.2.5: runs a line program. Each opcode makes one row at most, so the rows are never more than its bytes.</summary>
internal ref struct LineProgram
{
    private readonly LineHeader header;
    private readonly List<LineRow[]> sequences = [];
    private readonly List<LineRow> rows = [];
    private ulong address;
    private int operation;
    private int file = 1;
    private int line = 1;
    private int column;

    private LineProgram(LineHeader header) => this.header = header;

    /// <summary>The sequences of rows, each by address; none that holds no code, or that the linker removed.</summary>
    public static List<LineRow[]> Run(DwarfCursor cursor, LineHeader header)
    {
        var program = new LineProgram(header);
        while (!cursor.IsAtEnd)
        {
            program.Step(ref cursor);
        }

        return program.sequences;
    }

    private void Step(ref DwarfCursor cursor)
    {
        var opcode = cursor.U8();
        if (opcode > header.Operands.Length)
        {
            if (header.LineRange == 0)
            {
                throw cursor.Error("a line table's range of lines is 0");
            }

            var adjusted = opcode - header.Operands.Length - 1;
            Advance((ulong)(adjusted / header.LineRange));
            line += header.LineBase + (adjusted % header.LineRange);
            Row();
            return;
        }

        switch (opcode)
        {
            case 0: Extended(ref cursor); break;
            case 1: Row(); break;
            case 2: Advance(cursor.Uleb()); break;
            case 3: line += (int)cursor.Sleb(); break;
            case 4: file = (int)cursor.Uleb(); break;
            case 5: column = (int)cursor.Uleb(); break;
            case 6 or 7 or 10 or 11: break;
            case 8: Advance(header.LineRange == 0 ? 0 : (ulong)((255 - header.Operands.Length - 1) / header.LineRange)); break;
            case 9: (address, operation) = (address + cursor.U16(), 0); break;
            default:
                for (var left = header.Operands[opcode - 1]; left > 0; left--)
                {
                    _ = cursor.Uleb();
                }

                break;
        }
    }

    private void Extended(ref DwarfCursor cursor)
    {
        var length = cursor.Uleb();
        var end = cursor.At + length;
        if (length == 0 || end < length)
        {
            return;
        }

        var part = cursor.Until(end);
        switch (part.U8())
        {
            case 1:
                rows.Add(new LineRow(address, file, line, column, IsEnd: true));
                EndSequence();
                break;
            case 2:
                (address, operation) = (part.Number(length - 1 is 1 or 2 or 4 or 8 ? (int)(length - 1) : header.AddressSize), 0);
                break;
            case 3:
                header.ReadOldFile(ref part);
                break;
        }

        _ = cursor.Take(length);
    }

    private void EndSequence()
    {
        // lld sets removed code to 0 or -1.
        if (rows.Count > 1 && rows[0].Address is not 0 && rows[^1].Address > rows[0].Address)
        {
            var sequence = rows.ToArray();
            if (!IsSorted(sequence))
            {
                Array.Sort(sequence, (one, other) => one.Address.CompareTo(other.Address));
            }

            sequences.Add(sequence);
        }

        rows.Clear();
        (address, operation, file, line, column) = (0, 0, 1, 1, 0);
    }

    private static bool IsSorted(LineRow[] rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i].Address < rows[i - 1].Address)
            {
                return false;
            }
        }

        return true;
    }

    private void Row() => rows.Add(new LineRow(address, file, line, column, IsEnd: false));

    private void Advance(ulong operations)
    {
        if (header.OperationsOfInstruction == 1)
        {
            address += operations * (ulong)header.ShortestInstruction;
            return;
        }

        var total = (ulong)operation + operations;
        address += (ulong)header.ShortestInstruction * (total / (ulong)header.OperationsOfInstruction);
        operation = (int)(total % (ulong)header.OperationsOfInstruction);
    }
}
