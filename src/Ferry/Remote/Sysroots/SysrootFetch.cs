using Ferry.Devices;

namespace Ferry.Remote.Sysroots;

/// <summary>Brings a device's run-time libraries into the store, in at most one round trip: only what is not here already.</summary>
internal static class SysrootFetch
{
    /// <summary>
    /// The device's sysroot; null when it has no libraries to link against (a static-only device).
    /// <paramref name="progress"/> is told the bytes that came, and how many will (of files whose size is known).
    /// Throws <see cref="FerryException"/> (exit 3) when the files did not come whole; nothing is left behind then.
    /// </summary>
    public static Sysroot? Run(RunRemoteScript run, DeviceProfile profile, string device, SysrootStore store, Action<long, long>? progress = null)
    {
        var wanted = WantedFile.Of(profile);
        if (wanted.Count == 0)
        {
            return null;
        }

        try
        {
            return Here(wanted, profile, store) ?? store.Add(new SysrootDraft(profile, Collect(run, wanted, profile, store, progress)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new FerryException(
                $"cannot bring the libraries of device '{device}' here",
                e is EndOfStreamException ? "its answer was cut short" : e.Message,
                $"try again: ferry device add {device}",
                ExitCode.DeviceUnreachable);
        }
    }

    // When the device told every hash, the name of its sysroot is known, and nobody need be asked.
    private static Sysroot? Here(IReadOnlyList<WantedFile> wanted, DeviceProfile profile, SysrootStore store) =>
        wanted.All(file => file.Sha256 is not null)
            ? store.Find(SysrootStore.IdOf(profile.Libc.FindLoader(), SysrootDraft.FoldersOf(profile), wanted.Select(file => (file.Paths, file.Sha256!))))
            : null;

    private static List<SysrootContent> Collect(
        RunRemoteScript run, IReadOnlyList<WantedFile> wanted, DeviceProfile profile, SysrootStore store, Action<long, long>? progress)
    {
        var contents = new List<SysrootContent>();
        var missing = new List<WantedFile>();
        var here = store.All();
        foreach (var file in wanted)
        {
            if (SysrootStore.FindContent(here, file) is { } bytes)
            {
                contents.Add(new SysrootContent(file, bytes));
            }
            else
            {
                missing.Add(file);
            }
        }

        if (missing.Count > 0)
        {
            contents.AddRange(Fetch(run, missing, profile.Tools.Contains("gzip"), progress));
        }

        return contents;
    }

    private static List<SysrootContent> Fetch(RunRemoteScript run, List<WantedFile> missing, bool gzip, Action<long, long>? progress)
    {
        var asked = missing.ToDictionary(file => file.Paths[0]);
        var sizes = asked.ToDictionary(file => file.Key, file => file.Value.Size);
        var (came, total) = (0L, missing.Sum(file => file.Size ?? 0));
        var contents = new List<SysrootContent>();
        progress?.Invoke(0, total);
        using var output = run(FetchScript.For(asked.Keys, gzip));
        using var reader = new FetchReader(output);
        while (reader.Next(sizes, count => progress?.Invoke(came += count, total)) is var (path, bytes))
        {
            if (!asked.Remove(path, out var file) || !SysrootContent.Fits(file, bytes))
            {
                throw new InvalidDataException($"{path} is not what the device said it is");
            }

            contents.Add(new SysrootContent(file, bytes));
        }

        return asked.Count == 0 ? contents : throw new InvalidDataException($"{asked.Keys.First()} could not be read there");
    }
}
