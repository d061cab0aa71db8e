using System.Text;
using System.Text.Json;
using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>A command for the shell.</summary>
/// <param name="Line">The line that it parses.</param>
/// <param name="Variables">Environment variables that the line names.</param>
internal sealed record ShellCommand(string Line, IReadOnlyDictionary<string, string?> Variables);

/// <summary>Joins the parts of a shell command: text, programs by their paths on this machine, and values that the shell must not parse.</summary>
internal static class CommandText
{
    /// <summary>The command for the shell.</summary>
    /// <exception cref="TaskCommandException">A program was not found, or a part is invalid.</exception>
    public static ShellCommand Join(IReadOnlyList<JsonElement> parts)
    {
        var line = new StringBuilder();
        var values = new Dictionary<string, string?>();
        foreach (var part in parts) line.Append(Part(part, values));
        return new ShellCommand(line.ToString().Trim(), values);
    }

    private static string Part(JsonElement part, Dictionary<string, string?> values)
    {
        if (part.ValueKind == JsonValueKind.String) return part.GetString()!;
        if (Property(part, "program") is { } program) return Quoted(Find(program));
        if (Property(part, "value") is { } value && Property(part, "quotes") is { } quotes) return ShellValue.Put(value, quotes, values);
        throw new TaskCommandException($"invalid part of a command: {part.GetRawText()}");
    }

    private static string? Property(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Find(string program) => program switch
    {
        "python" => ExecutableFinder.Find("python3") ?? ExecutableFinder.Find("python"),
        "java" => JavaOfHome() ?? ExecutableFinder.Find("java"),
        _ => null,
    } ?? throw new TaskCommandException($"program '{program}' not found on this machine");

    private static string? JavaOfHome() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? ExecutableFinder.Find(Path.Combine(home, "bin", "java")) : null;

    private static string Quoted(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;
}
