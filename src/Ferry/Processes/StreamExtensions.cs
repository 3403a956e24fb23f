namespace Ferry.Processes;

internal static class StreamExtensions
{
    /// <summary>Closes a stream whose reader may be gone: what it did not want is no error of ours.</summary>
    public static void DisposeQuietly(this Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
        }
    }
}
