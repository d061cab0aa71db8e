using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Finds the job that a request is about.</summary>
internal static class RequestedJob
{
    /// <summary>A value of the query; null when it is absent.</summary>
    public static string? Query(this HttpContext context, string name) => context.Request.Query[name] is [{ } value, ..] ? value : null;

    /// <summary>Whether a switch of the query is on: <c>true</c> in any case.</summary>
    public static bool IsOn(this HttpContext context, string name) =>
        string.Equals(context.Query(name)?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The id of the job in the query.</summary>
    /// <exception cref="DeadlineException">There is none: 400.</exception>
    public static string JobId(this HttpContext context) => Given(context.Query("JobID"));

    /// <summary>The id of a job as it was given.</summary>
    /// <exception cref="DeadlineException">It was not: 400.</exception>
    public static string Given(string? id) =>
        id?.Trim() is { Length: > 0 } given ? given : throw DeadlineException.Malformed("No Job ID provided.");

    /// <summary>The job with an id.</summary>
    /// <exception cref="DeadlineException">There is none, or it is being deleted: 500.</exception>
    public static JobDetails ExistingJob(this IReadStore store, string id) =>
        Guid.TryParseExact(id, "D", out var uuid) && store.Read(db => JobView.Find(db, uuid)) is { IsBeingDeleted: false } job
            ? job
            : throw DeadlineException.NoSuchJob(id);

    /// <summary>The jobs with some ids, in their order; null in the place of one that there is not, or that is being deleted.</summary>
    public static List<JobDetails?> ExistingJobs(this IReadStore store, IReadOnlyList<string> ids)
    {
        List<Guid?> uuids = [.. ids.Select(id => Guid.TryParseExact(id, "D", out var uuid) ? uuid : (Guid?)null)];
        var jobs = store.Read(db => JobView.Find(db, uuids.OfType<Guid>()));
        return uuids.ConvertAll(uuid => uuid is { } known && jobs.GetValueOrDefault(known) is { IsBeingDeleted: false } job ? job : null);
    }
}
