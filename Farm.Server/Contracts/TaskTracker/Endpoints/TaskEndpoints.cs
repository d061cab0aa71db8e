using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Workers;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Workers submit, get and release tasks (Contracts/TaskTracker/Contract.md section 4.2).</summary>
internal sealed class TaskEndpoints(TrackerAuthentication authentication, RecipeSubmission submission, RecipeHandout handout, RecipeReleases releases)
{
    /// <summary>Clients compare this text exactly.</summary>
    private const string NoTask = "No task available";

    private const string Paused = "this worker is paused";

    /// <summary><c>POST /task/submit</c></summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status401Unauthorized);
        var request = await TrackerBody.ReadAsync(context, TaskJson.Default.SubmitRequest);
        var answer = await submission.SubmitAsync(worker.Id, request.Project ?? 0, [TaskMapping.Recipe(request)], context.Key());
        Check(answer);
        if (answer.Skipped > 0) throw TrackerException.Invalid("a task with this hash exists in the project");
        await context.RespondOkAsync();
    }

    /// <summary><c>POST /task/bulk_submit</c>. Skips tasks whose hash exists.</summary>
    public async Task BulkSubmitAsync(HttpContext context)
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status401Unauthorized);
        var request = await TrackerBody.ReadAsync(context, TaskJson.Default.BulkSubmitRequest);
        if (request.Requests is not { Count: > 0 } requests) throw TrackerException.Invalid("\"requests\" must have at least one entry");
        var project = requests[0]?.Project ?? 0;
        var recipes = new NewRecipe[requests.Count];
        for (var i = 0; i < recipes.Length; i++) recipes[i] = Recipe(requests[i] ?? new SubmitRequest(), project, i);
        var answer = await submission.SubmitAsync(worker.Id, project, recipes, context.Key());
        Check(answer);
        await context.RespondOkAsync(answer.Skipped > 0 ? $"{answer.Skipped} of {recipes.Length} tasks were skipped: the project already has tasks with their hashes" : null);
    }

    /// <summary><c>GET /task/get/:project</c></summary>
    public async Task GetAsync(HttpContext context)
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status403Forbidden);
        if (worker.Status == WorkerStatus.Asleep) throw TrackerException.Invalid(Paused);
        var answer = await handout.NextAsync(worker, context.Id(), context.Key());
        var task = answer.Verdict switch
        {
            HandoutVerdict.Assigned => answer.Task!,
            HandoutVerdict.WorkerPaused => throw TrackerException.Invalid(Paused),
            HandoutVerdict.NoProject => throw NoSuchProject(),
            HandoutVerdict.OverRate => throw OverRate("over the project's assign rate", answer.Wait),
            _ => throw TrackerException.NotDone(NoTask),
        };
        await context.RespondContentAsync(new TaskContent(TaskMapping.Message(task, worker.Id)), TaskJson.Default.TaskContent);
    }

    /// <summary><c>POST /task/release</c></summary>
    public async Task ReleaseAsync(HttpContext context)
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status403Forbidden);
        var request = await TrackerBody.ReadAsync(context, TaskJson.Default.ReleaseRequest);
        if (request.TaskId is null or 0) throw TrackerException.Invalid("\"task_id\" must be the id of a task");
        var message = request.Result is < 0 or > 2
            ? "result must be 0 (ok), 1 (fail) or 2 (skip)"
            : Message(await releases.ReleaseAsync(worker.Id, request.TaskId.Value, (ReleaseResult)(request.Result ?? 0), request.Verification ?? 0, context.Key()));
        await context.RespondContentAsync(new ReleaseContent(message is null), TaskJson.Default.ReleaseContent, message);
    }

    private static string? Message(ReleaseVerdict verdict) => verdict switch
    {
        ReleaseVerdict.Updated => null,
        ReleaseVerdict.AwaitsOthers => "not closed: more verifications needed",
        _ => "the task is not assigned to this worker",
    };

    private static NewRecipe Recipe(SubmitRequest request, long project, int index)
    {
        try
        {
            var recipe = TaskMapping.Recipe(request);
            return request.Project == project ? recipe : throw TrackerException.Invalid("all tasks must be for the same project");
        }
        catch (TrackerException error)
        {
            throw TrackerException.Invalid($"entry {index}: {error.Message}");
        }
    }

    private static void Check(SubmitResult answer)
    {
        switch (answer.Verdict)
        {
            case SubmitVerdict.NoProject: throw NoSuchProject();
            case SubmitVerdict.NotAllowed: throw TrackerException.Invalid("this worker may not submit to the project; request access first");
            case SubmitVerdict.OverRate: throw OverRate("over the project's submit rate", answer.Wait);
        }
    }

    private static TrackerException NoSuchProject() => TrackerException.NotFound("no such project");

    private static TrackerException OverRate(string message, TimeSpan wait) => new(StatusCodes.Status429TooManyRequests, message, wait);
}
