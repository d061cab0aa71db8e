using System.Net.Mime;
using Farm.Server.Contracts.Flamenco.Messages;
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
    public Task Fetch(HttpContext context)
    {
        var id = context.Id("task");
        var task = store.Read(db => TaskView.Find(db, id)) ?? throw FarmException.NotFound("no such task");
        return context.Answer(Mapping.Message(task), FlamencoJson.Default.TaskMessage);
    }

    /// <summary>setTaskStatus.</summary>
    public async Task SetStatus(HttpContext context)
    {
        var body = await RequestBody.Read(context);
        var status = body.Word<TaskStatus>("status", WorkerTaskEndpoints.TryParseStatus);
        await control.SetStatus(context.Id("task"), status, body.Text("reason"));
        await context.AnswerNothing();
    }

    /// <summary>fetchTaskLogInfo.</summary>
    public Task LogInfo(HttpContext context)
    {
        var id = context.Id("task");
        var place = Log(id);
        if (place.Size == 0) return context.AnswerNothing();
        var url = $"{context.PathOfFiles(place.Job)}/{JobFileEndpoints.LogName(id)}";
        return context.Answer(new TaskLogInfo(id, place.Job, url, place.Size), FlamencoJson.Default.TaskLogInfo);
    }

    /// <summary>fetchTaskLogTail.</summary>
    public async Task LogTail(HttpContext context)
    {
        var place = Log(context.Id("task"));
        if (store.Read(db => TaskLogView.Tail(db, place.TaskId, TailBytes)) is not { } tail)
        {
            await context.AnswerNothing();
            return;
        }

        var start = place.Size > tail.Length ? tail.AsSpan().IndexOf((byte)'\n') + 1 : 0;
        context.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
        context.Response.ContentLength = tail.Length - start;
        await context.Response.Body.WriteAsync(tail.AsMemory(start), context.RequestAborted);
    }

    private TaskLogPlace Log(Guid id) => store.Read(db => TaskLogView.Find(db, id)) ?? throw FarmException.NotFound("no such task");
}
