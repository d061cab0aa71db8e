namespace Farm.Server.Operations.Jobs;

/// <summary>Removes files of jobs that are kept outside the database. Registered as a service.</summary>
internal interface IJobFiles
{
    /// <summary>
    /// Removes the files of a job that is being deleted. There may be none, and it may be called more than once. Files that cannot be removed are
    /// logged and left behind.
    /// </summary>
    Task RemoveAsync(Guid job);
}
