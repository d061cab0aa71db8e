using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Variables;
using Farm.Server.Domain.Workers;
using Farm.Server.JobTypes;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Scheduling;
using Farm.Server.Operations.Tasks;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Workers get tasks and send updates (Contracts/Flamenco/Contract.md sections 3.6 to 3.9).</summary>
internal sealed class WorkerTaskEndpoints(
    Scheduler scheduler, TaskUpdates reports, RunPermission permission, TaskImages images, IOptionsMonitor<VariableTable> variables,
    IEnumerable<LiteralCommands> literal)
{
    /// <summary>The route parameter of the task.</summary>
    public const string TaskId = "task_id";

    /// <summary>The largest image in bytes (Contracts/Flamenco/Contract.md section 3.9).</summary>
    private const long MaxImageBytes = 26_214_400;

    private readonly HashSet<string> _literal = [.. literal.Select(type => type.JobType)];

    /// <summary>scheduleTask.</summary>
    public async Task ScheduleAsync(HttpContext context)
    {
        var answer = await scheduler.ScheduleAsync(WorkerCredentials.WorkerOf(context));
        await (answer switch
        {
            { Task: { } task } => context.RespondAsync(
                Mapping.Message(task, _literal.Contains(task.JobType) ? null : variables.CurrentValue.ExpanderFor(VariableAudience.Workers, answer.Platform)),
                FlamencoJson.Default.AssignedTaskMessage),
            { ChangeTo: { } status } => context.RespondAsync(
                StatusCodes.Status423Locked, new WorkerStateChange(status.Name()), FlamencoJson.Default.WorkerStateChange),
            { NotAwake: { } status } => throw new FlamencoException(
                StatusCodes.Status409Conflict, $"only an awake worker gets tasks; this one is {status.Name()}"),
            _ => context.RespondNoContentAsync(),
        });
    }

    /// <summary>taskUpdate.</summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var report = new TaskReport(
            body.OptionalEnum<TaskStatus>("taskStatus", TryParseStatus), body.OptionalText("activity"), body.OptionalText("log"),
            body.OptionalInteger("steps_completed"))
        {
            LogPart = body.OptionalNumber("log_part"),
        };
        long? attempt = body.OptionalText("attempt") is { } named ? RequestParts.ParseAttempt(named, "property \"attempt\"") : null;
        var verdict = await reports.ApplyAsync(WorkerCredentials.WorkerOf(context), context.Id("task", TaskId), attempt, report, context.Key());
        if (verdict == ReportVerdict.NotCurrent)
            throw new FlamencoException(StatusCodes.Status409Conflict, "the task is not assigned to this worker (any more); nothing was changed");
        await context.RespondNoContentAsync();
    }

    /// <summary>mayWorkerRun.</summary>
    public Task MayRunAsync(HttpContext context)
    {
        var answer = permission.MayKeepRunning(WorkerCredentials.WorkerOf(context), context.Id("task", TaskId), context.Attempt());
        var message = new MayKeepRunning(answer.MayKeepRunning, answer.Reason, answer.StatusChangeRequested);
        return context.RespondAsync(message, FlamencoJson.Default.MayKeepRunning);
    }

    /// <summary>taskOutputProduced. Checks the Content-Length before it reads the image.</summary>
    public async Task OutputProducedAsync(HttpContext context)
    {
        var task = context.IdOrNull(TaskId) ?? throw new FlamencoException(StatusCodes.Status404NotFound, "no such task: the ID is not a UUID");
        var attempt = context.Attempt();
        var length = context.Request.ContentLength ?? 0;
        if (length == 0) throw new FlamencoException(StatusCodes.Status411LengthRequired, "the Content-Length must be greater than 0");
        if (length > MaxImageBytes)
            throw new FlamencoException(StatusCodes.Status413PayloadTooLarge, $"the image is larger than {MaxImageBytes} bytes");
        if (!IsImage(context.Request.ContentType))
            throw new FlamencoException(StatusCodes.Status415UnsupportedMediaType, "the Content-Type must be image/png or image/jpeg");
        var receipt = await images.ReceiveAsync(
            WorkerCredentials.WorkerOf(context), task, attempt, context.Request.Body, length, context.RequestAborted);
        if (receipt.Outcome != ImageOutcome.Accepted) throw new FlamencoException(Status(receipt), receipt.Reason);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    private static bool IsImage(string? contentType) =>
        (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant() is "image/png" or "image/jpeg";

    private static int Status(ImageReceipt receipt) => receipt.Outcome switch
    {
        ImageOutcome.Full => StatusCodes.Status429TooManyRequests,
        ImageOutcome.Rejected => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>Parses a task status of this protocol, which does not have <c>pended</c>.</summary>
    public static bool TryParseStatus(string word, out TaskStatus status) =>
        TaskStatusNames.TryParse(word, out status) && status != TaskStatus.Pended;
}
