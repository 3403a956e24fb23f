using Ferry.Delta;

namespace Ferry.Remote.Agent;

/// <summary>Sends a file as a patch to an earlier version that the device has.</summary>
internal static class PatchUpload
{
    /// <summary>No program is compressed to less than this share: a smaller patch needs no comparison.</summary>
    private const int SurelySmall = 8;

    /// <summary>
    /// The patch's length; null when there is no earlier version there, or the file would be less, compressed, from <paramref name="there"/> on:
    /// then nothing was stored.
    /// </summary>
    public static int? TrySend(AgentLink link, ProgramFile file, long there, uint mode)
    {
        if (file.Versions?.All(file.Name) is not { Count: > 0 } versions || BaseOn(link, versions) is not { } old || PatchFrom(old, file, there) is not { } patch)
        {
            return null;
        }

        var head = new FrameWriter(FrameType.Patch);
        file.Write(head);
        head.U32(mode);
        old.Write(head);
        link.Send(head.ToArray());
        foreach (var piece in patch.Chunk(32 << 10))
        {
            link.Send(FrameWriter.Of(FrameType.PutData, piece));
        }

        link.Send(FrameWriter.Of(FrameType.PutEnd));
        var answer = link.Receive();
        return answer.Type switch
        {
            FrameType.Stored => patch.Length,
            FrameType.Missing => null,
            FrameType.Error => throw AgentSession.Refusal(answer),
            _ => throw AgentSession.Nonsense(answer.Type),
        };
    }

    // One version is tried without asking: the device says it when it has another.
    private static ProgramFile? BaseOn(AgentLink link, IReadOnlyList<ProgramFile> versions)
    {
        if (versions is [var only])
        {
            return only;
        }

        link.Send(new FrameWriter(FrameType.Have).List(versions, (frame, file) => file.Write(frame)).ToArray());
        var answer = link.Receive();
        var missing = answer.Type == FrameType.Missing ? Lack.Read(answer, versions) : throw AgentSession.Nonsense(answer.Type);
        return versions.FirstOrDefault(version => !missing.Exists(lack => lack.File == version));
    }

    private static byte[]? PatchFrom(ProgramFile old, ProgramFile file, long there)
    {
        try
        {
            var patch = Patch.Make(old.Content, file.Content);
            return patch.Length < (file.Size - there) / SurelySmall || patch.Length < Upload.Compressed(file.Content[(int)there..]) ? patch : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the kept version has gone
        }
    }
}
