namespace Farm.Server.Operations.Images;

/// <summary>Keeps files of jobs outside their directories, for a protocol. Registered as a service.</summary>
internal interface IJobFileOwner
{
    /// <summary>Removes what belongs to a job that is being removed; there may be nothing. Maybe called more than once.</summary>
    Task RemoveAsync(Guid job);
}
