namespace Ferry.Elf.Cores;

/// <summary>
/// Who called whom: from the registers of a thread and its stack, by the tables that unwinding for panics and exceptions goes by
/// (.eh_frame, and .ARM.exidx on 32-bit ARM). Where a function has none, by the link register if it is the innermost, else it ends there.
/// </summary>
public static class StackWalk
{
    private const int Most = 256;
    private const ulong FarthestScan = 2048;

    /// <summary>The frames of a thread, innermost first: at least one.</summary>
    /// <param name="registers">The thread's registers.</param>
    /// <param name="memory">What is known of the memory, its stack above all.</param>
    /// <param name="fileAt">The file that is mapped at an address, or null.</param>
    public static IReadOnlyList<StackFrame> Of(RegisterSet registers, MemoryPieces memory, Func<ulong, LoadedFile?> fileAt)
    {
        ArgumentNullException.ThrowIfNull(registers);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(fileAt);
        var frames = new List<StackFrame> { new(registers.ProgramCounter, IsReturn: false) };
        var unwound = new UnwoundRegisters(registers);
        while (frames.Count < Most && Step(unwound, memory, fileAt, frames[^1]) is { } caller && caller.Address != 0)
        {
            frames.Add(caller);
        }

        return frames;
    }

    private static StackFrame? Step(UnwoundRegisters registers, MemoryPieces memory, Func<ulong, LoadedFile?> fileAt, StackFrame frame)
    {
        var stack = registers.StackPointer;
        if (fileAt(frame.Within) is { } file && Unwound(file, registers, memory, frame) is { } isSignalFrame)
        {
            // The stack only ever shrinks on the way out, but for the step out of a signal's handler, which may have had a stack of its own.
            return registers.StackPointer > stack || isSignalFrame || (registers.StackPointer == stack && !frame.IsReturn)
                ? new StackFrame(registers.ProgramCounter, !isSignalFrame) : null;
        }

        // A call into nowhere, or a function without a table that calls no other.
        if (!frame.IsReturn && registers.LinkRegister is { } link && link != registers.ProgramCounter)
        {
            registers.ProgramCounter = link;
            return new StackFrame(registers.ProgramCounter, IsReturn: true);
        }

        if (!frame.IsReturn && fileAt(frame.Address) is null && memory.Word(stack, registers.Width) is { } pushed && registers.LinkRegister is null)
        {
            (registers.ProgramCounter, registers.StackPointer) = (pushed, stack + (ulong)registers.Width);
            return new StackFrame(pushed, IsReturn: true);
        }

        return frame.IsReturn && registers.Machine == ElfMachine.Arm ? Scanned(registers, memory, fileAt, fileAt(frame.Within)) : null;
    }

    // C libraries for ARM come without tables for their functions that never return, abort above all: whoever called into the library
    // is the first one outside of it whose address, behind a call, stands on the stack.
    private static StackFrame? Scanned(UnwoundRegisters registers, MemoryPieces memory, Func<ulong, LoadedFile?> fileAt, LoadedFile? left)
    {
        for (var at = registers.StackPointer; at < registers.StackPointer + FarthestScan && memory.Word(at, registers.Width) is { } word; at += (ulong)registers.Width)
        {
            if (fileAt(word) is { } file && file != left && ArmCall.EndsAt(file, word))
            {
                (registers.ProgramCounter, registers.StackPointer) = (word, at + (ulong)registers.Width);
                return new StackFrame(registers.ProgramCounter, IsReturn: true);
            }
        }

        return null;
    }

    /// <summary>Null when no table of the file covers the address; else whether the frame was one that the kernel made for a signal.</summary>
    private static bool? Unwound(LoadedFile file, UnwoundRegisters registers, MemoryPieces memory, StackFrame frame)
    {
        try
        {
            return CallFrameTable.Step(file, registers, memory, frame.Within)
                ?? (file.Elf.Machine == ElfMachine.Arm && ArmUnwindTable.Step(file, registers, memory, frame.Within) ? false : null);
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }
}
