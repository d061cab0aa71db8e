using System.Text.Json.Nodes;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// What workers say and what happens to projects (Contracts/TaskTracker/Contract.md section 5.9). It goes to the farm's log, and what is grave enough
/// is stored too, where everybody may read it: no secrets here.
/// </summary>
internal sealed class ProjectLog(FarmStore store, ProjectSettings settings, ILogger<ProjectLog> log)
{
    private const int LongestMessage = 16 * 1024;
    private const int LongestScope = 256;

    /// <summary>A worker says something.</summary>
    /// <param name="workerId">The worker.</param>
    /// <param name="level">How grave it is.</param>
    /// <param name="time">When, in unix seconds, as the worker says.</param>
    /// <param name="scope">What of the worker's program speaks.</param>
    /// <param name="message">What it says; one that is very long is cut.</param>
    public async Task SayAsync(long workerId, ProjectLogLevel level, long time, string scope, string message)
    {
        (scope, message) = (Kept(scope, LongestScope), Kept(message, LongestMessage));
        Tell(level, "{Scope}: {Message} (worker {Worker})", scope, message, workerId);
        if (!IsStored(level)) return;
        var line = new ProjectLogLine(level, time, message, new JsonObject { ["scope"] = scope, ["worker"] = workerId }.ToJsonString());
        await store.WriteAsync(tx => ProjectLogTable.Insert(tx.Db, line));
    }

    /// <summary>The farm says something, once the transaction is on disk.</summary>
    public void Add(WriteTransaction tx, ProjectLogLevel level, string message, params (string Name, JsonNode? Value)[] data)
    {
        var json = Data(data);
        tx.AfterCommit(() => Tell(level, "{Message} {Data}", message, json));
        if (IsStored(level)) ProjectLogTable.Insert(tx.Db, new ProjectLogLine(level, tx.Now / 1000, message, json));
    }

    /// <summary>The farm says something that its own log has already.</summary>
    public async Task StoreAsync(ProjectLogLevel level, string message, params (string Name, JsonNode? Value)[] data)
    {
        if (!IsStored(level)) return;
        await store.WriteAsync(tx => ProjectLogTable.Insert(tx.Db, new ProjectLogLine(level, tx.Now / 1000, message, Data(data))));
    }

    /// <summary>How the log calls a project: everybody reads it, so that a hidden one is only a number there.</summary>
    public static string Name(long id, ProjectDetails details) =>
        details.Visibility == ProjectVisibility.Hidden ? $"project {id}" : $"project {details.Name}";

    /// <summary>The stored lines of a level after a time (unix seconds), in the order in which they came.</summary>
    public List<ProjectLogLine> Since(ProjectLogLevel level, long time) => store.Read(db => ProjectLogTable.Since(db, level, time));

    /// <summary>Removes the oldest lines beyond those that are kept.</summary>
    public async Task RemoveOldAsync()
    {
        while (await store.WriteAsync(tx => ProjectLogTable.RemoveBeyond(tx.Db, settings.KeptLogLines, tx.Slice) == tx.Slice))
        {
            // Other writers get their turn in between.
        }
    }

    private bool IsStored(ProjectLogLevel level) => settings.StoredLogLevels.Contains(level);

    private static string Data((string Name, JsonNode? Value)[] data) =>
        new JsonObject(data.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))).ToJsonString();

    /// <summary>SQLite ends a text at U+0000.</summary>
    private static string Kept(string text, int most) => (text.Length > most ? text[..most] + "…" : text).Replace('\0', '\uFFFD');

#pragma warning disable CA2254 // The two templates are above.
    private void Tell(ProjectLogLevel level, string template, params object?[] values)
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
