using System.Text.Json;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The actions of a session, from the parameter <c>session</c>. Texts still contain <c>{{references}}</c>.</summary>
/// <param name="Environments">The environments in the order of entering.</param>
/// <param name="Run">The task.</param>
/// <param name="Files">Files to write before the task runs.</param>
internal sealed record SessionPlan(IReadOnlyList<EnvironmentPlan> Environments, ActionPlan Run, IReadOnlyList<FilePlan> Files)
{
    /// <summary>Reads a plan.</summary>
    /// <exception cref="TaskCommandException">The JSON is invalid.</exception>
    public static SessionPlan Read(JsonElement session)
    {
        try
        {
            return new SessionPlan(
                [.. session.GetProperty("environments").EnumerateArray().Select(ReadEnvironment)], ReadAction(session.GetProperty("run")), ReadFiles(session));
        }
        catch (Exception broken) when (broken is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new TaskCommandException($"invalid session: {broken.Message}");
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

/// <summary>An environment, entered before the task and exited after it.</summary>
internal sealed record EnvironmentPlan(
    string Name, ActionPlan? Enter, ActionPlan? Exit, IReadOnlyList<FilePlan> Files, IReadOnlyList<KeyValuePair<string, string>> Variables);

/// <summary>A program to run.</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Timeout">Its time limit; null for none.</param>
/// <param name="Notify">The time between SIGTERM and SIGKILL when it is canceled; null to kill it at once.</param>
internal sealed record ActionPlan(string Command, IReadOnlyList<string> Arguments, TimeSpan? Timeout, TimeSpan? Notify);

/// <summary>A file to write.</summary>
internal sealed record FilePlan(string Name, string? FileName, bool IsRunnable, string Data);
