using System.Globalization;
using Ferry.Remote.Ssh;

namespace Ferry.Remote.Cores;

/// <summary>Looks on a device for what crashes of a program have left.</summary>
/// <param name="Pattern">The kernel's core_pattern: core(5).</param>
/// <param name="Limit">What a login may write, as ulimit has it.</param>
/// <param name="Looked">Where was looked, as a shell spells it.</param>
/// <param name="Cores">What was found, the newest first.</param>
internal sealed record CoreSearch(string Pattern, string Limit, IReadOnlyList<string> Looked, IReadOnlyList<FoundCore> Cores)
{
    /// <summary>The kernel keeps so much of a program's name.</summary>
    public const int NameLength = 15;

    /// <summary>Of the newest that many are looked at.</summary>
    private const int MostFiles = 64;

    /// <param name="master">The device.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="folders">Where it may have run, as a shell spells it: patterns without a path mean the working folder.</param>
    public static CoreSearch Run(SshMaster master, string program, IEnumerable<string> folders) => Read(RemoteScript.Run(master, Script(program, folders)).Text);

    /// <summary>
    /// Storage of systemd-coredump and apport, and where the kernel itself would write. What a core is of its first notes tell, since patterns name threads, or nothing at all;
    /// of one that cannot be read, its name.
    /// </summary>
    internal static string Script(string program, IEnumerable<string> folders) =>
        $$"""
        PATH=${PATH:-/bin}:/usr/bin:/bin
        nl='
        '
        name={{ShellQuote.Posix(program.Length > NameLength ? program[..NameLength] : program)}}
        pattern=$(cat /proc/sys/kernel/core_pattern 2>/dev/null)
        globs="/var/lib/systemd/coredump/core.*${nl}/var/lib/apport/coredump/core.*"
        stars=$(printf '%s\n' "$pattern" | sed 's/%[a-zA-Z]/*/g; s/%%/%/g')
        case $pattern in
          '|'*) ;;
          /*) globs="$globs$nl$stars$nl$stars.*" ;;
          ?*) for folder in "$HOME" {{string.Join(' ', folders.Select(Word))}}; do globs="$globs$nl${folder%/}/$stars$nl${folder%/}/$stars.*"; done ;;
        esac
        printf 'pattern %s\nlimit %s\n' "$pattern" "$(ulimit -c)"
        printf '%s\n' "$globs" | sed 's/^/looked /'
        {{CorePacking.Function}}
        IFS=$nl
        ls -dt -- $globs 2>/dev/null | head -n {{MostFiles}} | while IFS= read -r file; do
          [ -f "$file" ] || continue
          head= size= can=-
          if [ -r "$file" ]; then
            can=r size=$(wc -c <"$file")
            head=$(ferry_unpack "$file" 2>/dev/null | head -c 262144 | tr -d '\000')
          fi
          case $head in
            ?ELF*"$name"*) ;;
            ?*) continue ;;
            *) case ${file##*/} in *"$name"*) ;; *) continue ;; esac ;;
          esac
          printf 'core %s %s %s %s\n' "$(stat -c %Y -- "$file" 2>/dev/null || date -r "$file" +%s 2>/dev/null || echo 0)" $((${size:-0})) "$can" "$file"
        done
        true
        """.ReplaceLineEndings("\n");

    internal static CoreSearch Read(string answer)
    {
        var lines = answer.Split('\n');
        IEnumerable<string> Rows(string word) => lines.Where(line => line.StartsWith(word + " ", StringComparison.Ordinal)).Select(line => line[(word.Length + 1)..]);
        return new(
            Rows("pattern").FirstOrDefault("").Trim(),
            Rows("limit").FirstOrDefault("").Trim(),
            [.. Rows("looked").Distinct()],
            [.. Rows("core").Select(Core).OfType<FoundCore>().DistinctBy(core => core.Path).OrderByDescending(core => core.Time)]);
    }

    private static FoundCore? Core(string row) =>
        row.Split(' ', 4) is [var time, var size, var can, ['/', ..] path]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new FoundCore(path, DateTimeOffset.FromUnixTimeSeconds(seconds), can == "r" ? bytes : null, can == "r") : null;

    /// <summary>Quoted, but for the stars.</summary>
    private static string Word(string folder) => string.Join('*', folder.Split('*').Select(part => part.Length == 0 ? "" : ShellQuote.Posix(part))) is { Length: > 0 } word ? word : "''";
}
