using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>Everything that is wrong, by kind, with examples to replay.</summary>
internal sealed partial class FuzzFindings
{
    private const int ShownBytes = 300;
    private const int Examples = 2;

    private readonly ConcurrentDictionary<string, List<string>> _kinds = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();

    /// <summary>How many answers had each status; 0 without an answer.</summary>
    public IEnumerable<(int Status, int Count)> Statuses => _statuses.Select(status => (status.Key, status.Value)).Order();

    /// <summary>All kinds, with their examples.</summary>
    public List<string> All => [.. _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} ({kind.Value.Count} times)\n{string.Join('\n', kind.Value.Take(Examples))}")];

    /// <summary>Counts an answer.</summary>
    public void Count(FuzzAnswer answer) => _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);

    /// <summary>Adds what is wrong with an answer.</summary>
    public void Add(string wrong, FuzzRequest request, FuzzAnswer answer)
    {
        var example = _kinds.GetOrAdd($"{wrong}: {Shape(request, answer)}", _ => []);
        lock (example) example.Add(example.Count < Examples ? Describe(request, answer) : "");
    }

    /// <summary>Adds something else that is wrong.</summary>
    public void Add(string wrong) => _kinds.TryAdd(wrong, [""]);

    /// <summary>Faults alike but for ids and numbers are of one kind.</summary>
    private static string Shape(FuzzRequest request, FuzzAnswer answer) =>
        $"{(request.Method.Length > 20 ? "…" : request.Method)} {Ids().Replace(request.Target.Split('?')[0], "…")} {Ids().Replace(Printable(answer.Text)[..Math.Min(60, Printable(answer.Text).Length)], "…")}";

    private static string Describe(FuzzRequest request, FuzzAnswer answer)
    {
        var bytes = request.ToBytes();
        return $"""
              request {request.Number}: {Printable(Encoding.Latin1.GetString(bytes))}
              answer: {answer.Outcome} {Printable(answer.Head)} {Printable(answer.Text)}
              replay: echo {Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 30_000)))} | base64 -d | nc HOST PORT
            """;
    }

    private static string Printable(string text) =>
        string.Concat(text[..Math.Min(text.Length, ShownBytes * 2)].Select(letter => letter is >= ' ' and <= '~' ? $"{letter}" : letter == '\n' ? "⏎" : letter == '\r' ? "" : $"\\x{(int)letter:x2}"));

    [GeneratedRegex("[0-9a-f]{8,}(-[0-9a-f]+)*|\\d+|a{20,}")]
    private static partial Regex Ids();
}
