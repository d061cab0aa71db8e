namespace Farm.Server.Contracts.Shared;

/// <summary>How a protocol's workers prove who they are, so that they may look where strangers may not. Registered as a service.</summary>
internal interface IWorkerCredentials
{
    /// <summary>Whether a request has the credentials of a worker.</summary>
    ValueTask<bool> AreInAsync(HttpContext context);
}
