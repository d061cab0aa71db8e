using Farm.Server.Contracts.Deadline.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Tasks (Contracts/Deadline/Contract.md sections 2 to 4).</summary>
internal sealed class TaskEndpoints(IReadStore store, TaskCommands commands, ILogger<TaskEndpoints> log)
{
    private const int PageSize = 1000;

    private static readonly string[] Keys = ["Command", "JobID", "TaskList"];

    /// <summary>Returns task ids, one task or all tasks.</summary>
    public Task GetAsync(HttpContext context)
    {
        var job = store.ExistingJob(context.JobId());
        if (context.IsOn("IdOnly")) return IdsAsync(context, job);
        return context.Query("TaskID") is { } task ? OneAsync(context, job, task) : AllAsync(context, job);
    }

    /// <summary>Applies a command to tasks. Checks the request in the order of section 3.2.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var word = body.Text("Command") ?? throw DeadlineException.Malformed("No Command provided.");
        var command = Commands.Task(word) ?? throw DeadlineException.Failed($"Unknown command {DeadlineException.Echo(word)}.");
        var id = RequestedJob.RequireId(body.Text("JobID"));
        var job = store.ExistingJob(id);
        var list = TaskSelection.Read(body.Value("TaskList"));
        foreach (var task in list ?? [])
        {
            if (task < 0 || task >= job.Tasks.Total)
                throw new DeadlineException(StatusCodes.Status404NotFound, $"Task ID {task} does not exist in Job {job.Uuid:D}.");
        }

        if (list is null) WarnAboutUnknownKeys(body, job);
        try
        {
            await commands.ApplyAsync(context.Caller(), job.Uuid, list?.Select(task => (int)task).ToList(), command);
        }
        catch (JobIsHeldException)
        {
            throw DeadlineException.Failed(
                command == TaskCommand.Pend ? "Cannot pend a Task of a suspended Job." : "Cannot release a pending Task of a suspended Job.");
        }
        catch (FarmException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            throw DeadlineException.NoSuchJob(id);
        }

        await context.RespondSuccessAsync();
    }

    private static Task IdsAsync(HttpContext context, JobDetails job) => context.WriteAsync(async writer =>
    {
        writer.WriteStartArray();
        for (var task = 0; task < job.Tasks.Total; task++)
        {
            writer.WriteNumberValue(task);
            if (task % PageSize != PageSize - 1) continue;
            writer.Flush();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
    });

    private Task OneAsync(HttpContext context, JobDetails job, string text)
    {
        var id = TaskSelection.Integer(text) ?? throw DeadlineException.Malformed(
            string.IsNullOrWhiteSpace(text) ? "No Task ID provided." : "Task ID must be an integer value.");
        var task = store.Read(db => TaskView.At(db, job.Id, id)) ?? throw DeadlineException.Failed($"Task ID {id} does not exist in Job {job.Uuid:D}.");
        return context.RespondAsync(Mapping.Message(job.Uuid, task), DeadlineJson.Wire.TaskMessage);
    }

    private Task AllAsync(HttpContext context, JobDetails job) => context.WriteAsync(async writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("ID", Mapping.Id(job.Uuid));
        writer.WriteNull("PreTask");
        writer.WritePropertyName("Tasks");
        await Responses.WriteListAsync(context, writer, Pages(job), DeadlineJson.Wire.TaskMessage);
        writer.WriteNull("PostTask");
        writer.WriteEndObject();
    });

    private IEnumerable<IEnumerable<TaskMessage>> Pages(JobDetails job)
    {
        for (var page = After(-1); page.Count > 0; page = After(page[^1].Index)) yield return page.Select(task => Mapping.Message(job.Uuid, task));

        List<TaskRow> After(long place) => store.Read(db => TaskView.OfJob(db, job.Id, place, PageSize));
    }

    /// <summary>With a misspelt TaskList the command applies to all tasks, as in the original (section 3.1), so this is logged.</summary>
    private void WarnAboutUnknownKeys(RequestBody body, JobDetails job)
    {
        foreach (var property in body.Root.EnumerateObject())
        {
            if (Keys.Contains(property.Name)) continue;
            log.LogWarning(
                "A command without TaskList was applied to all tasks of job \"{Name}\"; unknown key \"{Key}\" was ignored",
                job.Name, DeadlineException.Echo(property.Name));
            return;
        }
    }
}
