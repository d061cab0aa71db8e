namespace Farm.Dashboard.Ports;

/// <summary>The kinds of jobs that the farm can make, and the making of them.</summary>
public interface IJobTypes
{
    /// <summary>All job types, sorted by name, and the files that should be some and are broken.</summary>
    Task<JobTypeList> ListAsync(CancellationToken cancellationToken);

    /// <summary>One job type with its fields; null if there is none of that name.</summary>
    Task<JobTypeForm?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>What a submission would make, without making it.</summary>
    /// <param name="request">The submission.</param>
    /// <param name="mostTasks">How many tasks of each step are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JobRejectedException">It makes no job.</exception>
    Task<JobPreview> PreviewAsync(JobRequest request, int mostTasks, CancellationToken cancellationToken);

    /// <summary>Submits a job; returns its id when it is on disk.</summary>
    /// <exception cref="JobRejectedException">It makes no job; nothing was stored.</exception>
    Task<Guid> SubmitAsync(JobRequest request, CancellationToken cancellationToken);
}

/// <summary>A submission was refused. The message is for the person who asked.</summary>
/// <param name="message">Why, in plain sentences.</param>
/// <param name="fields">What is wrong with single fields, by their keys, to follow the name of the field.</param>
public sealed class JobRejectedException(string message, IReadOnlyDictionary<string, string> fields) : Exception(message)
{
    /// <summary>What is wrong with single fields, by their keys.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;
}
