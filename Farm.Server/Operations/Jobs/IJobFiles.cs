namespace Farm.Server.Operations.Jobs;

/// <summary>Keeps files of jobs outside of the database. Registered as a service by whoever does.</summary>
internal interface IJobFiles
{
    /// <summary>
    /// Removes the files of a job that is being removed; there may be none, and it may be called more than once. What cannot be removed is left behind,
    /// and logged.
    /// </summary>
    Task RemoveAsync(Guid job);
}
