namespace Farm.Server.Operations;

/// <summary>Something that the farm does each minute, for a protocol. Registered as a service; it is made when the farm starts.</summary>
internal interface IPeriodicDuty
{
    /// <summary>Does it once.</summary>
    /// <exception cref="Domain.FarmException">The disk cannot be written; the next minute tries again.</exception>
    Task RunAsync();
}
