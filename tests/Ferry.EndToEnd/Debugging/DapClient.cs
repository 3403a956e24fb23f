using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ferry.EndToEnd.Debugging;

/// <summary>An editor's side of the Debug Adapter Protocol, over the adapter's stdin and stdout, in the order in which VS Code speaks.</summary>
internal sealed class DapClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process adapter;
    private readonly BlockingCollection<JsonNode> heard = [];
    private readonly List<JsonNode> events = [];
    private readonly Dictionary<int, JsonNode> answers = [];
    private readonly ConcurrentQueue<string> log = [];
    private int sent;

    public DapClient(string program, params string[] words)
    {
        adapter = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        adapter.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        adapter.BeginErrorReadLine();
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>Starts the session of a launch.json's entry, with a breakpoint.</summary>
    public void Begin(string request, JsonNode entry, string file, int line)
    {
        Ask("initialize", new JsonObject { ["adapterID"] = "ferry", ["linesStartAt1"] = true, ["columnsStartAt1"] = true, ["pathFormat"] = "path" });
        var asked = Say(request, entry);
        Event("initialized");
        Ask("setBreakpoints", new JsonObject { ["source"] = new JsonObject { ["path"] = file }, ["breakpoints"] = new JsonArray(new JsonObject { ["line"] = line }) });
        Ask("configurationDone", null);
        Answer(asked);
    }

    /// <summary>Goes on until the program stands at that line. Some debuggers stop where they meet it; their user presses F5 once more.</summary>
    public int StopAt(int line)
    {
        for (var stops = 0; stops < 3; stops++)
        {
            var stopped = Event("stopped")["body"]!;
            var thread = stopped["threadId"]!.GetValue<int>();
            if (Stack(thread)[0]!["line"]?.GetValue<int>() == line)
            {
                return thread;
            }

            Ask("continue", new JsonObject { ["threadId"] = thread });
        }

        throw new TimeoutException($"it did not stop at line {line}\n{Log}");
    }

    public JsonArray Stack(int thread) => Ask("stackTrace", new JsonObject { ["threadId"] = thread, ["startFrame"] = 0, ["levels"] = 40 })["stackFrames"]!.AsArray();

    /// <summary>The innermost function's variables, as NAME=VALUE.</summary>
    public string Variables(int thread)
    {
        var scopes = Ask("scopes", new JsonObject { ["frameId"] = Stack(thread)[0]!["id"]!.GetValue<int>() })["scopes"]!.AsArray();
        var lists = scopes.Where(scope => scope!["name"]!.GetValue<string>() is "Locals" or "Arguments").SelectMany(scope => Ask("variables", new JsonObject { ["variablesReference"] = scope!["variablesReference"]!.GetValue<int>() })["variables"]!.AsArray());
        return string.Concat(lists.Select(variable => $"{variable!["name"]}={variable["value"]}\n"));
    }

    public void Continue(int thread) => Ask("continue", new JsonObject { ["threadId"] = thread });

    public JsonNode Event(string name)
    {
        while (true)
        {
            if (events.Find(message => message["event"]!.GetValue<string>() == name) is { } found)
            {
                events.Remove(found);
                return found;
            }

            Hear();
        }
    }

    public JsonNode Ask(string command, JsonNode? arguments) => Answer(Say(command, arguments));

    public void Dispose()
    {
        adapter.Kill(entireProcessTree: true);
        adapter.Dispose();
        heard.Dispose();
    }

    private string Log => string.Join('\n', log);

    private int Say(string command, JsonNode? arguments)
    {
        var message = new JsonObject { ["seq"] = ++sent, ["type"] = "request", ["command"] = command };
        if (arguments is not null)
        {
            message["arguments"] = arguments.DeepClone();
        }

        var text = Encoding.UTF8.GetBytes(message.ToJsonString());
        log.Enqueue("> " + message.ToJsonString());
        var stream = adapter.StandardInput.BaseStream;
        try
        {
            stream.Write([.. Encoding.ASCII.GetBytes($"Content-Length: {text.Length}\r\n\r\n"), .. text]);
            stream.Flush();
        }
        catch (IOException e)
        {
            adapter.WaitForExit(Patience);
            throw new TimeoutException("the debug adapter has ended\n" + Log, e);
        }

        return sent;
    }

    private JsonNode Answer(int request)
    {
        while (!answers.ContainsKey(request))
        {
            Hear();
        }

        answers.Remove(request, out var answer);
        answer!["success"]!.GetValue<bool>().ShouldBeTrue($"{answer.ToJsonString()}\n{Log}");
        return answer["body"] ?? new JsonObject();
    }

    private void Hear()
    {
        if (!heard.TryTake(out var message, Patience))
        {
            throw new TimeoutException("the debug adapter says nothing\n" + Log);
        }

        switch (message["type"]!.GetValue<string>())
        {
            case "event":
                events.Add(message);
                break;
            case "response":
                answers[message["request_seq"]!.GetValue<int>()] = message;
                break;
        }
    }

    private void Read()
    {
        var stream = adapter.StandardOutput.BaseStream;
        try
        {
            while (true)
            {
                var length = 0;
                for (string line; (line = Line(stream)).Length > 0;)
                {
                    length = line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture) : length;
                }

                var body = new byte[length];
                stream.ReadExactly(body);
                log.Enqueue("< " + Encoding.UTF8.GetString(body));
                heard.Add(JsonNode.Parse(body)!);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or IOException or InvalidOperationException or JsonException)
        {
            log.Enqueue("the adapter's output ended: " + e.Message);
        }
    }

    private static string Line(Stream stream)
    {
        var line = new StringBuilder();
        while (stream.ReadByte() is var letter and not '\n')
        {
            _ = letter < 0 ? throw new EndOfStreamException() : letter == '\r' ? line : line.Append((char)letter);
        }

        return line.ToString();
    }
}
