using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Finds the jobs that a request names.</summary>
internal static class RequestedJob
{
    /// <summary>A query parameter; null when it is missing.</summary>
    public static string? Query(this HttpContext context, string name) => context.Request.Query[name] is [{ } value, ..] ? value : null;

    /// <summary>Whether a query parameter is <c>true</c>, case-insensitive.</summary>
    public static bool IsOn(this HttpContext context, string name) =>
        string.Equals(context.Query(name)?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The job id in the query.</summary>
    /// <exception cref="DeadlineException">It is missing: 400.</exception>
    public static string JobId(this HttpContext context) => RequireId(context.Query("JobID"));

    /// <summary>A required job id.</summary>
    /// <exception cref="DeadlineException">It is missing: 400.</exception>
    public static string RequireId(string? id) =>
        id?.Trim() is { Length: > 0 } given ? given : throw DeadlineException.Malformed("No Job ID provided.");

    /// <summary>The job with this id.</summary>
    /// <exception cref="DeadlineException">It does not exist or is being deleted: 500.</exception>
    public static JobDetails ExistingJob(this IReadStore store, string id) =>
        Guid.TryParseExact(id, "D", out var uuid) && store.Read(db => JobView.Find(db, uuid)) is { IsBeingDeleted: false } job
            ? job
            : throw DeadlineException.NoSuchJob(id);

    /// <summary>The jobs with these ids, in this order; null for those that do not exist or are being deleted.</summary>
    public static List<JobDetails?> ExistingJobs(this IReadStore store, IReadOnlyList<string> ids)
    {
        List<Guid?> uuids = [.. ids.Select(id => Guid.TryParseExact(id, "D", out var uuid) ? uuid : (Guid?)null)];
        var jobs = store.Read(db => JobView.Find(db, uuids.OfType<Guid>()));
        return uuids.ConvertAll(uuid => uuid is { } known && jobs.GetValueOrDefault(known) is { IsBeingDeleted: false } job ? job : null);
    }
}
