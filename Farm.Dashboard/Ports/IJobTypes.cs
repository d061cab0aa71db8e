namespace Farm.Dashboard.Ports;

/// <summary>Job types and submissions.</summary>
public interface IJobTypes
{
    /// <summary>All job types by name, and templates with errors.</summary>
    Task<JobTypeList> ListAsync(CancellationToken cancellationToken);

    /// <summary>One job type with its fields; null if there is none of that name.</summary>
    Task<JobTypeForm?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>The job that a submission would create.</summary>
    /// <param name="request">The submission.</param>
    /// <param name="mostTasks">The most tasks to return for each step.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="JobRejectedException">The submission is invalid.</exception>
    Task<JobPreview> PreviewAsync(JobRequest request, int mostTasks, CancellationToken cancellationToken);

    /// <summary>Submits a job; returns its id when it is on disk.</summary>
    /// <exception cref="JobRejectedException">The submission is invalid; nothing was stored.</exception>
    Task<Guid> SubmitAsync(JobRequest request, CancellationToken cancellationToken);
}

/// <summary>A submission was refused.</summary>
/// <param name="message">Why, for the user.</param>
/// <param name="fields">The errors of fields by key, to follow the name of the field.</param>
public sealed class JobRejectedException(string message, IReadOnlyDictionary<string, string> fields) : Exception(message)
{
    /// <summary>The errors of fields by key.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;
}
