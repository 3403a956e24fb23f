using System.Text;
using Ferry.Settings;

namespace Ferry.Toolchain.Compilers;

/// <summary>The toolchain file that the cmake crate finds through CMAKE_TOOLCHAIN_FILE_TARGET; cmake-toolchains(7).</summary>
internal static class CmakeFile
{
    public const string FileName = "toolchain.cmake";

    public static void Write(string linkFolder, BuildToolSettings settings)
    {
        var text = TextFor(linkFolder, settings);
        var file = Path.Combine(linkFolder, FileName);
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(text), lasting: false);
        }
    }

    internal static string TextFor(string linkFolder, BuildToolSettings settings)
    {
        var target = CTarget.Of(settings.Target);
        // Programs of this PC, everything else of the device: what this PC has is of no use there.
        return $"""
            set(CMAKE_SYSTEM_NAME Linux)
            set(CMAKE_SYSTEM_PROCESSOR {target.Processor})
            {Default("CMAKE_C_COMPILER", Tool(BuildTools.Cc))}
            {Default("CMAKE_CXX_COMPILER", Tool(BuildTools.Cxx))}
            {Default("CMAKE_ASM_COMPILER", Tool(BuildTools.Cc))}
            {Default("CMAKE_AR", Tool(BuildTools.Archiver))}
            {Default("CMAKE_RANLIB", Tool(BuildTools.Ranlib))}
            {Default("PKG_CONFIG_EXECUTABLE", Tool(BuildTools.PkgConfig))}
            set(CMAKE_LIBRARY_ARCHITECTURE {target.Folder})
            set(CMAKE_FIND_ROOT_PATH {Quote(settings.Sysroot.Length > 0 ? settings.Sysroot : linkFolder)})
            set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
            set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
            set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
            set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

            """;

        string Tool(string door) => Quote(BuildTools.PathOf(linkFolder, door));
    }

    /// <summary>What the crate was told (CC_TARGET, AR_TARGET) comes with -D and wins.</summary>
    private static string Default(string variable, string value) => $"if(NOT DEFINED {variable})\n  set({variable} {value} CACHE FILEPATH \"\")\nendif()";

    private static string Quote(string path) => $"\"{path.Replace('\\', '/').Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
