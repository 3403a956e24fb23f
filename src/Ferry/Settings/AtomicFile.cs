namespace Ferry.Settings;

/// <summary>Writes a file so that a reader sees the old one or the new one, never a half.</summary>
internal static class AtomicFile
{
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="bytes">All of its content.</param>
    /// <param name="lasting">Whether it must survive a power cut: what can be made again need not wait for the disk.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool lasting = true)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(beside))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: lasting);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new FerryException($"cannot write '{path}'", e.Message);
        }
    }
}
