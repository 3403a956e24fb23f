using System.Buffers;

namespace Ferry.Devices;

/// <summary>Which paths that a device tells may be used: as a file below a sysroot here, and as words of a script there.</summary>
public static class DevicePath
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+@-/");

    /// <summary>
    /// True for an absolute path of the characters A-Z a-z 0-9 . _ + @ - and / whose parts are neither empty, "." nor "..":
    /// no shell takes any of it for more than a letter, and it cannot leave the folder that it is put below.
    /// </summary>
    public static bool IsPlain(string path) =>
        path.Length is > 1 and < 1024 && path[0] == '/' && !path.AsSpan().ContainsAnyExcept(Plain)
        && path[1..].Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>The folder of a plain path ("/" has none below it: the folder of "/x" is "/").</summary>
    public static string Folder(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "/";

    /// <summary>The last part of a plain path.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
