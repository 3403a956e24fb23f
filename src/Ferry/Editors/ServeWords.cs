using System.Globalization;
using System.Text.RegularExpressions;

namespace Ferry.Editors;

/// <summary>
/// What <c>ferry debug --serve PORT</c> and an editor's files agree about: the lines that it prints, and the files that it writes below cargo's target
/// folder before it prints the second.
/// </summary>
internal static class ServeWords
{
    /// <summary>Begins the line at a session's start.</summary>
    public const string Preparing = "Preparing";

    /// <summary>Begins the line that is printed when the port listens and gdbserver has the program, and not before.</summary>
    public const string Serving = "Serving";

    public static string PreparingText(string program) => $"'{program}'";

    public static string ServingText(string program, int port) => $"'{program}' on localhost:{Text(port)}";

    /// <summary>As editors look for them: anywhere in a line, whatever colours there are; VS Code takes those out before.</summary>
    public static string PreparingPattern => $"{Preparing}\\S* '.+'$";

    public static string ServingPattern(int port) => $"{Serving}\\S* '.+' on {Regex.Escape("localhost:" + Text(port))}$";

    /// <summary>The program that is debugged, under a name that stays the same.</summary>
    public static string ProgramFile(int port) => $"ferry/debug-{Text(port)}";

    /// <summary>lldb's commands that make the target.</summary>
    public static string LldbFile(int port) => $"ferry/debug-{Text(port)}.lldb";

    /// <summary>Starts gdb with all that it has to know.</summary>
    public const string GdbFile = "ferry/gdb";

    /// <summary>Where debuggers find it.</summary>
    public static string Address(int port) => "127.0.0.1:" + Text(port);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
