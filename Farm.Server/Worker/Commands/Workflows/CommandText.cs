using System.Text.Json;
using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>Makes a line for the shell of its parts: text as it is, and programs as this machine has them.</summary>
internal static class CommandText
{
    /// <exception cref="CommandFailedException">This machine has no such program, or a part is neither text nor a program.</exception>
    public static string Join(IReadOnlyList<JsonElement> parts) => string.Concat(parts.Select(Part)).Trim();

    private static string Part(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String) return part.GetString()!;
        if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("program", out var program) && program.ValueKind == JsonValueKind.String)
            return Quoted(Find(program.GetString()!));
        throw new CommandFailedException($"a part of a command is neither text nor a program: {part.GetRawText()}");
    }

    private static string Find(string program) => program switch
    {
        "python" => ExecutableFinder.Find("python3") ?? ExecutableFinder.Find("python"),
        "java" => JavaOfHome() ?? ExecutableFinder.Find("java"),
        _ => null,
    } ?? throw new CommandFailedException($"there is no program '{program}' on this machine");

    private static string? JavaOfHome() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? ExecutableFinder.Find(Path.Combine(home, "bin", "java")) : null;

    private static string Quoted(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;
}
