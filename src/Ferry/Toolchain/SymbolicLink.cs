namespace Ferry.Toolchain;

internal static class SymbolicLink
{
    /// <summary>Whether there is a file at the end. <see cref="File.Exists"/> says yes of a link that leads nowhere, too.</summary>
    public static bool LeadsToFile(string path) => (File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path) is var end && File.Exists(end);
}
