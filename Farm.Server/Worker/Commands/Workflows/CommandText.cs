using System.Text.Json;
using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>Joins the parts of a shell command: text, and programs by their paths on this machine.</summary>
internal static class CommandText
{
    /// <summary>The command for the shell.</summary>
    /// <exception cref="TaskCommandException">A program was not found, or a part is invalid.</exception>
    public static string Join(IReadOnlyList<JsonElement> parts) => string.Concat(parts.Select(Part)).Trim();

    private static string Part(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String) return part.GetString()!;
        if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("program", out var program) && program.ValueKind == JsonValueKind.String)
            return Quoted(Find(program.GetString()!));
        throw new TaskCommandException($"invalid part of a command: {part.GetRawText()}");
    }

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
