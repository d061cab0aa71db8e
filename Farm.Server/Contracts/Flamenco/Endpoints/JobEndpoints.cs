using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Jobs (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal sealed class JobEndpoints(JobSubmitter submitter, JobControl control, IReadStore store)
{
    private const int PageSize = 1000;

    /// <summary>submitJob.</summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var id = await submitter.SubmitAsync(context.Caller(), Submission.Read(await RequestBody.ReadAsync(context)));
        await RespondAsync(context, id);
    }

    /// <summary>submitJobCheck.</summary>
    public async Task CheckAsync(HttpContext context)
    {
        submitter.Check(Submission.Read(await RequestBody.ReadAsync(context)));
        await context.RespondNoContentAsync();
    }

    /// <summary>fetchJobs.</summary>
    public Task ListAsync(HttpContext context) => context.RespondListAsync("jobs", Pages(), FlamencoJson.Default.JobMessage);

    /// <summary>fetchJob.</summary>
    public Task FetchAsync(HttpContext context) => RespondAsync(context, context.Id("job"));

    /// <summary>setJobStatus.</summary>
    public async Task SetStatusAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var status = body.Enum<JobStatus>("status", JobStatusNames.TryParse);
        var reason = body.Text("reason");
        try
        {
            await control.SetStatusAsync(context.Caller(), context.Id("job"), status, reason);
        }
        catch (FarmException conflict) when (conflict.Kind == ErrorKind.Conflict)
        {
            throw new FlamencoException(StatusCodes.Status422UnprocessableEntity, conflict.Message);
        }

        await context.RespondNoContentAsync();
    }

    /// <summary>setJobPriority.</summary>
    public async Task SetPriorityAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        await control.SetPriorityAsync(context.Caller(), context.Id("job"), body.Integer("priority", 0, 100));
        await context.RespondNoContentAsync();
    }

    /// <summary>setJobTag.</summary>
    public async Task SetTagAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var (id, name) = (body.OptionalUuid("id"), body.OptionalText("name"));
        try
        {
            await control.SetWorkerTagAsync(context.Caller(), context.Id("job"), id is null && string.IsNullOrEmpty(name) ? null : new TagChoice(id, name ?? ""));
        }
        catch (FarmException conflict) when (conflict.Kind == ErrorKind.Conflict)
        {
            throw new FlamencoException(StatusCodes.Status422UnprocessableEntity, conflict.Message);
        }

        await context.RespondNoContentAsync();
    }

    /// <summary>fetchJobTasks.</summary>
    public Task TasksAsync(HttpContext context)
    {
        var job = Existing(context.Id("job"));
        return context.RespondListAsync("tasks", PagesOfTasks(job.Id), FlamencoJson.Default.TaskSummaryMessage);
    }

    /// <summary>fetchJobLastRenderedInfo.</summary>
    public Task LastRenderedAsync(HttpContext context)
    {
        var job = Existing(context.Id("job"));
        return job.LastRenderedAt is null
            ? context.RespondNoContentAsync()
            : context.RespondAsync(Mapping.LastRendered(context.PathOfFiles(job.Uuid)), FlamencoJson.Default.LastRenderedInfo);
    }

    /// <summary>fetchGlobalLastRenderedInfo.</summary>
    public Task LastRenderedOfFarmAsync(HttpContext context) => store.Read(JobView.LastRendered) is { } job
        ? context.RespondAsync(Mapping.LastRendered(context.PathOfFiles(job.Uuid)), FlamencoJson.Default.LastRenderedInfo)
        : context.RespondNoContentAsync();

    private Task RespondAsync(HttpContext context, Guid id) =>
        context.RespondAsync(Mapping.Message(Existing(id)), FlamencoJson.Default.JobMessage);

    private JobDetails Existing(Guid id) => store.Read(db => JobView.Find(db, id)) ?? throw FarmException.NotFound("no such job");

    private IEnumerable<IEnumerable<JobMessage>> Pages()
    {
        for (var page = After(0); page.Count > 0; page = After(page[^1].Id)) yield return page.Select(Mapping.Message);

        // Includes jobs that are being deleted; they have delete_requested_at.
        List<JobDetails> After(long id) => store.Read(db => JobView.After(db, id, PageSize, withDeleted: true));
    }

    private IEnumerable<IEnumerable<TaskSummaryMessage>> PagesOfTasks(long job)
    {
        for (var page = After(-1); page.Count > 0; page = After(page[^1].Index)) yield return page.Select(Mapping.Message);

        List<TaskSummary> After(long place) => store.Read(db => TaskView.SummariesOfJob(db, job, place, PageSize));
    }
}
