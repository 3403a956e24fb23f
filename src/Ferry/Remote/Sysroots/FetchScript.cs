namespace Ferry.Remote.Sysroots;

/// <summary>
/// The sh script that brings files: a marker line, then (gzip'd, where the device has gzip) for each file a line
/// "file SIZE PATH" and its bytes, and at the end a line "end".
/// </summary>
internal static class FetchScript
{
    public const string Plain = "==ferry-files==";
    public const string Compressed = "==ferry-files-gzip==";
    public const string End = "end";

    /// <summary>The paths are plain, so none of them needs quotes.</summary>
    public static string For(IEnumerable<string> paths, bool gzip) =>
        $$"""
        ferry_files() {
          for file in {{string.Join(' ', paths)}}; do
            size=$(wc -c <$file) || continue
            printf 'file %s %s\n' $((size)) $file
            cat $file
          done
          printf '{{End}}\n'
        }
        ferry_fetch() {
          LC_ALL=C PATH=${PATH:-/bin}:/usr/bin:/bin
          export LC_ALL PATH
          {{(gzip ? $"printf '\\n{Compressed}\\n'; ferry_files | gzip -c" : $"printf '\\n{Plain}\\n'; ferry_files")}}
        }
        ferry_fetch </dev/null 2>/dev/null

        """.ReplaceLineEndings("\n");
}
