using System.Text.Json;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>What a session does, as the command's parameter <c>session</c> says. Texts have their <c>{{references}}</c> still in them.</summary>
/// <param name="Environments">In the order in which they are entered.</param>
/// <param name="Run">The task itself.</param>
/// <param name="Files">Written before the task runs.</param>
internal sealed record SessionPlan(IReadOnlyList<EnvironmentPlan> Environments, ActionPlan Run, IReadOnlyList<FilePlan> Files)
{
    /// <summary>Reads a plan.</summary>
    /// <exception cref="CommandFailedException">It is none.</exception>
    public static SessionPlan Read(JsonElement session)
    {
        try
        {
            return new SessionPlan(
                [.. session.GetProperty("environments").EnumerateArray().Select(ReadEnvironment)], ReadAction(session.GetProperty("run")), ReadFiles(session));
        }
        catch (Exception broken) when (broken is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CommandFailedException($"the session cannot be read: {broken.Message}");
        }
    }

    private static EnvironmentPlan ReadEnvironment(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.TryGetProperty("enter", out var enter) ? ReadAction(enter) : null,
        json.TryGetProperty("exit", out var exit) ? ReadAction(exit) : null,
        ReadFiles(json),
        json.TryGetProperty("variables", out var variables)
            ? [.. variables.EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()!))]
            : []);

    private static ActionPlan ReadAction(JsonElement json) => new(
        json.GetProperty("command").GetString()!,
        [.. json.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!)],
        json.TryGetProperty("timeout", out var timeout) ? TimeSpan.FromSeconds(timeout.GetInt32()) : null,
        json.TryGetProperty("notify", out var notify) ? TimeSpan.FromSeconds(notify.GetInt32()) : null);

    private static IReadOnlyList<FilePlan> ReadFiles(JsonElement json) => !json.TryGetProperty("files", out var files) ? [] :
    [
        .. files.EnumerateArray().Select(file => new FilePlan(
            file.GetProperty("name").GetString()!,
            file.TryGetProperty("filename", out var name) ? name.GetString() : null,
            file.TryGetProperty("runnable", out var runnable) && runnable.GetBoolean(),
            file.GetProperty("data").GetString()!)),
    ];
}

/// <summary>What is entered before the task runs and left afterwards.</summary>
internal sealed record EnvironmentPlan(
    string Name, ActionPlan? Enter, ActionPlan? Exit, IReadOnlyList<FilePlan> Files, IReadOnlyList<KeyValuePair<string, string>> Variables);

/// <summary>A program that is run.</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Timeout">How long it may take; null for as long as it likes.</param>
/// <param name="Notify">How long it has between SIGTERM and SIGKILL when it is ended; null when it is killed at once.</param>
internal sealed record ActionPlan(string Command, IReadOnlyList<string> Arguments, TimeSpan? Timeout, TimeSpan? Notify);

/// <summary>A text that is written to a file.</summary>
internal sealed record FilePlan(string Name, string? FileName, bool IsRunnable, string Data);
