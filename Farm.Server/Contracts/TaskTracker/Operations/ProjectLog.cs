using System.Text.Json.Nodes;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Requests;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// Log of workers and projects (Contracts/TaskTracker/Contract.md section 5.9). Lines go to the farm's log; lines of configured levels are also
/// stored, where everybody can read them, so they must not contain secrets.
/// </summary>
internal sealed class ProjectLog(FarmStore store, ProjectSettings settings, ILogger<ProjectLog> log)
{
    private const int MaxMessageLength = 16 * 1024;
    private const int MaxScopeLength = 256;

    /// <summary>Logs a line from a worker.</summary>
    /// <param name="workerId">The worker.</param>
    /// <param name="level">The level.</param>
    /// <param name="time">The worker's time, in unix seconds.</param>
    /// <param name="scope">The part of the worker's program.</param>
    /// <param name="message">The message; truncated if very long.</param>
    /// <param name="key">The key of the request; null without one.</param>
    /// <exception cref="FarmException">The request was carried out before (conflict).</exception>
    public async Task AddFromWorkerAsync(long workerId, ProjectLogLevel level, long time, string scope, string message, RequestKey? key = null)
    {
        (scope, message) = (Truncate(scope, MaxScopeLength), Truncate(message, MaxMessageLength));
        Log(level, "{Scope}: {Message} (worker {Worker})", scope, message, workerId);
        if (!IsStored(level)) return;
        var line = new ProjectLogLine(level, time, message, new JsonObject { ["scope"] = scope, ["worker"] = workerId }.ToJsonString());
        await store.WriteAsync(tx =>
        {
            if (key is not null) RepeatedRequests.Claim(tx, key, $"log line of worker {workerId}");
            ProjectLogTable.Insert(tx.Db, line);
        });
    }

    /// <summary>Logs a line of the farm, after the commit.</summary>
    public void Add(WriteTransaction tx, ProjectLogLevel level, string message, params (string Name, JsonNode? Value)[] data)
    {
        var json = Data(data);
        tx.AfterCommit(() => Log(level, "{Message} {Data}", message, json));
        if (IsStored(level)) ProjectLogTable.Insert(tx.Db, new ProjectLogLine(level, tx.Now / 1000, message, json));
    }

    /// <summary>Stores a line that the farm's log already has.</summary>
    public async Task StoreAsync(ProjectLogLevel level, string message, params (string Name, JsonNode? Value)[] data)
    {
        if (!IsStored(level)) return;
        await store.WriteAsync(tx => ProjectLogTable.Insert(tx.Db, new ProjectLogLine(level, tx.Now / 1000, message, Data(data))));
    }

    /// <summary>The name of a project for the log; a hidden one is shown by id, as everybody can read the log.</summary>
    public static string Name(long id, ProjectDetails details) =>
        details.Visibility == ProjectVisibility.Hidden ? $"project {id}" : $"project {details.Name}";

    /// <summary>The stored lines of a level after a time (unix seconds), oldest first.</summary>
    public List<ProjectLogLine> Since(ProjectLogLevel level, long time) => store.Read(db => ProjectLogTable.Since(db, level, time));

    /// <summary>Deletes the oldest lines beyond the configured number.</summary>
    public async Task RemoveOldAsync()
    {
        while (await store.WriteAsync(tx => ProjectLogTable.RemoveBeyond(tx.Db, settings.KeptLogLines, tx.Slice) == tx.Slice))
        {
            // Lets other writers in between.
        }
    }

    private bool IsStored(ProjectLogLevel level) => settings.StoredLogLevels.Contains(level);

    private static string Data((string Name, JsonNode? Value)[] data) =>
        new JsonObject(data.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))).ToJsonString();

    /// <summary>Truncates a text and replaces U+0000, at which SQLite ends a text.</summary>
    private static string Truncate(string text, int max) => (text.Length > max ? text[..max] + "…" : text).Replace('\0', '\uFFFD');

#pragma warning disable CA2254 // The two templates are above.
    private void Log(ProjectLogLevel level, string template, params object?[] values)
    {
        if (level <= settings.LogLevel) log.Log(Level(level), template, values);
    }
#pragma warning restore CA2254

    private static LogLevel Level(ProjectLogLevel level) => level switch
    {
        ProjectLogLevel.Fatal or ProjectLogLevel.Panic => LogLevel.Critical,
        ProjectLogLevel.Error => LogLevel.Error,
        ProjectLogLevel.Warn => LogLevel.Warning,
        ProjectLogLevel.Info => LogLevel.Information,
        ProjectLogLevel.Debug => LogLevel.Debug,
        _ => LogLevel.Trace,
    };
}
