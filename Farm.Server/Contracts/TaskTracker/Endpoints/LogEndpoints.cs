using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>The project log, which workers write (Contracts/TaskTracker/Contract.md section 4.3).</summary>
internal sealed class LogEndpoints(TrackerAuthentication authentication, ProjectLog log)
{
    /// <summary><c>POST /log/…</c> with a level; every error is 400.</summary>
    public RequestDelegate WriteLine(ProjectLogLevel level) => async context =>
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status400BadRequest);
        var request = await TrackerBody.ReadAsync(context, PeopleJson.Default.LogRequest);
        if (request is not { Scope.Length: > 0, Message.Length: > 0, Timestamp: > 0 })
            throw TrackerException.Invalid("scope, message and timestamp are required");
        await log.AddFromWorkerAsync(worker.Id, level, request.Timestamp.Value, request.Scope, request.Message, context.Key());
        await context.RespondOkAsync();
    };

    /// <summary><c>POST /logs</c></summary>
    public async Task ReadAsync(HttpContext context)
    {
        var request = await TrackerBody.ReadAsync(context, PeopleJson.Default.LogsRequest);
        if (request.Since is not > 0) throw TrackerException.Invalid("since must be a time in Unix seconds");
        var level = request.Level is >= 0 and <= (long)ProjectLogLevel.Trace ? (ProjectLogLevel)request.Level : default;
        var lines = log.Since(level, request.Since.Value)
            .Select(line => new LogMessage(line.Message, line.Time, line.Data, (int)line.Level));
        await context.RespondContentAsync(new LogsContent([.. lines]), PeopleJson.Default.LogsContent);
    }
}
