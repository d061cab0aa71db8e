using Farm.Server.Contracts.Deadline.Domain;
using Farm.Server.Contracts.Deadline.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Jobs (Contracts/Deadline/Contract.md section 9).</summary>
internal sealed class JobEndpoints(IReadStore store, TaskCommands commands, JobSubmitter submitter, JobControl control)
{
    private const int PageSize = 200;

    private static readonly string[] NotImplemented =
    [
        "archive", "undelete", "updatesubmissiondate", "save", "setjobframerange", "appendjobframerange", "setjobmachinelimit",
        "addslavestojobmachinelimitlist", "removeslavesfromjobmachinelimitlist", "setjobmachinelimitlistedslaves", "setjobmachinelimitwhitelistflag",
        "setjobmachinelimitmaximum",
    ];

    /// <summary>Lists jobs: all, by id, or by state. Unknown ids are skipped.</summary>
    public Task GetAsync(HttpContext context)
    {
        if (context.IsOn("Details")) throw DeadlineException.NotImplemented("Details is not implemented; omit it.");
        IEnumerable<List<JobDetails>> found = context.Query("JobID") is { Length: > 0 } ids
            ? [[.. store.ExistingJobs(Names(ids)).OfType<JobDetails>()]]
            : Pages(context.Query("States") is { Length: > 0 } states ? [.. Names(states).Select(State)] : null);
        if (context.IsOn("IdOnly")) return context.RespondListAsync(found.Select(page => page.Select(job => Mapping.Id(job.Uuid))), DeadlineJson.Wire.String);
        return context.RespondListAsync(found.Select(Messages), DeadlineJson.Wire.JobMessage);
    }

    /// <summary>Submits a job.</summary>
    public async Task SubmitAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var job = Submission.Read(body, store.Read(TagView.All));
        var caller = context.Caller();
        var uuid = await submitter.SubmitAsync(caller, job);
        if (job.InitialStatus == JobStatus.Paused) await commands.ApplyAsync(caller, uuid, null, TaskCommand.Suspend);
        if (body.Value("IdOnly") is { } idOnly && idOnly.ToString().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            await context.RespondAsync(new JobIdMessage(Mapping.Id(uuid)), DeadlineJson.Wire.JobIdMessage);
            return;
        }

        await context.RespondAsync(Messages([store.ExistingJob(Mapping.Id(uuid))])[0], DeadlineJson.Wire.JobMessage);
    }

    /// <summary>Applies a command to all tasks of a job.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var word = body.Text("Command") ?? throw DeadlineException.Malformed("No Command provided.");
        if (NotImplemented.Contains(word, StringComparer.OrdinalIgnoreCase)) throw DeadlineException.NotImplemented($"The command {word} is not implemented.");
        var command = Commands.Job(word) ?? throw DeadlineException.Failed($"Unknown command {DeadlineException.Echo(word)}.");
        var id = RequestedJob.RequireId(body.Text("JobID"));
        try
        {
            await commands.ApplyAsync(context.Caller(), store.ExistingJob(id).Uuid, null, command);
        }
        catch (FarmException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            throw DeadlineException.NoSuchJob(id);
        }

        await context.RespondSuccessAsync();
    }

    /// <summary>Deletes jobs; if one does not exist, deletes none.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var ids = Names(context.JobId());
        var jobs = store.ExistingJobs(ids);
        if (jobs.IndexOf(null) is >= 0 and var missing) throw DeadlineException.NoSuchJob(ids[missing]);
        await control.DeleteAllAsync(context.Caller(), [.. jobs.OfType<JobDetails>().Select(job => job.Uuid).Distinct()]);
        await context.RespondSuccessAsync();
    }

    /// <summary>Splits a comma-separated list of names.</summary>
    public static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static DeadlineJobStatus State(string name) => name.ToLowerInvariant() switch
    {
        "active" or "queued" or "rendering" or "1" => DeadlineJobStatus.Active,
        "suspended" or "2" => DeadlineJobStatus.Suspended,
        "completed" or "3" => DeadlineJobStatus.Completed,
        "failed" or "4" => DeadlineJobStatus.Failed,
        "pending" or "6" => DeadlineJobStatus.Pending,
        _ => throw DeadlineException.Malformed($"Unknown state {DeadlineException.Echo(name)}."),
    };

    private IEnumerable<List<JobDetails>> Pages(HashSet<DeadlineJobStatus>? wanted)
    {
        for (var page = After(0); page.Count > 0; page = After(page[^1].Id))
            yield return page.FindAll(job => wanted is null || wanted.Contains(DeadlineJobStatusRules.Of(job.Status, job.Tasks)));

        List<JobDetails> After(long id) => store.Read(db => JobView.After(db, id, PageSize, withDeleted: false));
    }

    private List<JobMessage> Messages(List<JobDetails> jobs)
    {
        var (tags, totals) = store.Read(db => (TagView.All(db), JobView.Totals(db, jobs.Select(job => job.Id))));
        var names = tags.ToDictionary(tag => tag.Uuid, tag => tag.Name);
        return jobs.ConvertAll(job => JobMapping.Message(
            job, totals.GetValueOrDefault(job.Id), job.WorkerTag is { } tag ? names.GetValueOrDefault(tag) : null));
    }
}
