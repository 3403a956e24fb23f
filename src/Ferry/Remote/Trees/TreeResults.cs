using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Remote.Trees;

/// <summary>
/// Brings back what a program left behind: files that match its patterns and were made or changed while it ran. The device is not trusted with
/// where they go: what matches no pattern, or would be written through a link, is refused.
/// </summary>
internal sealed class TreeResults
{
    public required IReadOnlyList<ResultPattern> Patterns { get; init; }

    public required IReadOnlyList<TreePlace> Places { get; init; }

    /// <summary>Files below the first come back below the second: what is kept for each device apart.</summary>
    public (string From, string To)? Apart { get; init; }

    /// <summary>Hears of what is not brought back, and why.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Hears how many files came back, and whether some of them went apart.</summary>
    public Action<int, bool>? Brought { get; init; }

    public void Fetch(AgentLink link, string tree, Frame? results)
    {
        if (results is not { } frame)
        {
            return;
        }

        var files = Read(frame);
        if (files.Count > 0)
        {
            link.Send(new FrameWriter(FrameType.Fetch).Bytes(Encoding.ASCII.GetBytes(tree)).List(files, (frame, file) => frame.Bytes(file.Name)).ToArray());
            var brought = files.Count(file => Take(link, file.Here));
            Brought?.Invoke(brought, files.Any(file => Apart is var (_, to) && file.Here.StartsWith(to, StringComparison.Ordinal)));
        }
    }

    /// <summary>The names as the device knows them, and the files that they become here.</summary>
    private List<(byte[] Name, string Here)> Read(Frame frame)
    {
        var files = new List<(byte[] Name, string Here)>();
        var fields = frame.Fields();
        for (var left = fields.U32(); left > 0; left--)
        {
            var name = fields.Bytes().ToArray();
            _ = fields.U64();
            var path = Encoding.UTF8.GetString(name);
            if (PlaceOf(path) is { } here)
            {
                files.Add((name, here));
            }
            else
            {
                Warn($"the result '{path}' is not brought back: its path is none that was asked for, or leads through a link");
            }
        }

        return files;
    }

    private string? PlaceOf(string path)
    {
        var isPlain = path.Split('/').All(name => name.Length > 0 && name is not ("." or "..") && !name.Any(c => char.IsControl(c) || c is '\\' or '\uFFFD' || (OperatingSystem.IsWindows() && c == ':')));
        if (!isPlain || !Patterns.Any(pattern => pattern.Matches(path)) || Places.FirstOrDefault(place => place.FileOf(path) is not null) is not { } place)
        {
            return null;
        }

        var file = place.FileOf(path)!;
        return LeadsThroughLink(place.Here, file) ? null
            : Apart is var (from, to) && file.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? to + file[from.Length..] : file;
    }

    private static bool LeadsThroughLink(string root, string file)
    {
        for (var part = file; part is not null && part.Length > root.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null || Directory.Exists(file))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Written beside, and renamed when it is whole.</summary>
    private bool Take(AgentLink link, string file)
    {
        var beside = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            bool isWhole;
            using (var stream = File.Create(beside))
            {
                isWhole = Receive(link, stream);
            }

            if (isWhole)
            {
                File.Move(beside, file, overwrite: true);
            }
            else
            {
                File.Delete(beside);
                Warn($"the device could not read the result '{file}'");
            }

            return isWhole;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new FerryException($"cannot write the result '{file}'", e.Message);
        }
    }

    private static bool Receive(AgentLink link, Stream file)
    {
        while (true)
        {
            var frame = link.Receive();
            switch (frame.Type, frame.Payload)
            {
                case (FrameType.ResultData, [0, ..]):
                    file.Write(frame.Payload.AsSpan(1));
                    break;
                case (FrameType.ResultData, [var end]):
                    return end == 1;
                case (FrameType.Error, _):
                    throw AgentSession.Refusal(frame);
                default:
                    throw AgentSession.Nonsense(frame.Type);
            }
        }
    }
}
