using System.Net.Mime;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Tasks (Contracts/Flamenco/Contract.md section 6.3).</summary>
internal sealed class TaskEndpoints(IReadStore store, TaskControl control)
{
    private const int TailBytes = 2048;

    /// <summary>fetchTask.</summary>
    public Task FetchAsync(HttpContext context)
    {
        var id = context.Id("task");
        var task = store.Read(db => TaskView.Find(db, id)) ?? throw FarmException.NotFound("no such task");
        return context.RespondAsync(Mapping.Message(task), FlamencoJson.Default.TaskMessage);
    }

    /// <summary>setTaskStatus.</summary>
    public async Task SetStatusAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var status = body.Enum<TaskStatus>("status", WorkerTaskEndpoints.TryParseStatus);
        await control.SetStatusAsync(context.Caller(), context.Id("task"), status, body.Text("reason"));
        await context.RespondNoContentAsync();
    }

    /// <summary>fetchTaskLogInfo.</summary>
    public Task LogInfoAsync(HttpContext context)
    {
        var id = context.Id("task");
        var place = Log(id);
        if (place.Size == 0) return context.RespondNoContentAsync();
        var url = $"{context.PathOfFiles(place.Job)}/{JobFileEndpoints.LogName(id)}";
        return context.RespondAsync(new TaskLogInfo(id, place.Job, url, place.Size), FlamencoJson.Default.TaskLogInfo);
    }

    /// <summary>fetchTaskLogTail.</summary>
    public async Task LogTailAsync(HttpContext context)
    {
        var place = Log(context.Id("task"));
        if (store.Read(db => TaskLogView.Tail(db, place.TaskId, TailBytes)) is not { } tail)
        {
            await context.RespondNoContentAsync();
            return;
        }

        var start = place.Size > tail.Length ? tail.AsSpan().IndexOf((byte)'\n') + 1 : 0;
        context.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
        context.Response.ContentLength = tail.Length - start;
        await context.Response.Body.WriteAsync(tail.AsMemory(start), context.RequestAborted);
    }

    private StoredTaskLog Log(Guid id) => store.Read(db => TaskLogView.Find(db, id)) ?? throw FarmException.NotFound("no such task");
}
