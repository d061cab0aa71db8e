namespace Farm.Server.Operations;

/// <summary>A job that the farm runs every minute for a protocol. Registered as a service and created when the farm starts.</summary>
internal interface IPeriodicDuty
{
    /// <summary>Runs it once.</summary>
    /// <exception cref="Domain.FarmException">The disk cannot be written; the farm retries after a minute.</exception>
    Task RunAsync();
}
