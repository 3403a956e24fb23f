using Ferry.Processes;

namespace Ferry.Doors;

/// <summary>The variables with which cargo and cargo-nextest start a test, and those by which tests are told where to leave results.</summary>
internal static class CargoVariables
{
    private static readonly string[] Prefixes =
        ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_EXE_", "CARGO_TARGET_TMPDIR=", "OUT_DIR=", "NEXTEST", "LLVM_PROFILE_FILE=", "INSTA_", "CRITERION_"];

    public static List<byte[]> Kept()
    {
        var kept = new List<byte[]>();
        foreach (var variable in NativeEnvironment.All())
        {
            foreach (var prefix in Prefixes)
            {
                if (StartsWith(variable, prefix))
                {
                    kept.Add(variable);
                    break;
                }
            }
        }

        return kept;
    }

    // cargo's names are ASCII.
    private static bool StartsWith(byte[] variable, string prefix)
    {
        for (var i = 0; i < prefix.Length; i++)
        {
            if (i >= variable.Length || variable[i] != prefix[i])
            {
                return false;
            }
        }

        return true;
    }
}
