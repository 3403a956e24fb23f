using System.Text;
using Ferry.Elf.Cores;
using Ferry.Remote.Agent;

namespace Ferry.Doors.Deaths;

/// <summary>A signal that a program got, as the agent saw it: a Fault frame of docs/reference/agent-protocol.md.</summary>
/// <param name="WasCaught">The program had a handler for it.</param>
/// <param name="Thread">The thread that it came to.</param>
/// <param name="Files">What was mapped; empty for one that was caught.</param>
/// <param name="Memory">Its code and stack.</param>
internal sealed record FaultNote(bool WasCaught, CrashedThread Thread, IReadOnlyList<MappedFile> Files, MemoryPieces Memory)
{
    /// <summary>Null when it is shorter than its fields.</summary>
    public static FaultNote? Read(byte[] payload)
    {
        try
        {
            var fields = new FrameFields(payload);
            var (caught, width, signal, thread) = (fields.U8() != 0, fields.U8(), fields.I32(), fields.I32());
            var name = Encoding.UTF8.GetString(fields.Bytes()).TrimEnd('\n');
            var info = SignalInfo.Read(fields.Bytes(), width);
            var registers = RegisterSet.Read(fields.Bytes());
            var files = MappedFile.Parse(Encoding.UTF8.GetString(fields.Bytes()));
            _ = fields.Bytes(); // the auxiliary vector
            var pieces = new List<(ulong, ReadOnlyMemory<byte>)>();
            for (var left = fields.U32(); left > 0; left--)
            {
                pieces.Add((fields.U64(), fields.Bytes().ToArray()));
            }

            return new FaultNote(caught, new CrashedThread(thread, name, signal, info, registers), files, new MemoryPieces(pieces));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
