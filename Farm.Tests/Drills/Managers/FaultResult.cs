namespace Farm.Tests.Drills.Managers;

/// <summary>What a fault did.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Victim">Its victim.</param>
/// <param name="WasLeader">Whether the victim led.</param>
/// <param name="Gap">The longest time in which no write succeeded through any manager.</param>
/// <param name="DatabaseDown">How long there was no database.</param>
/// <param name="BackAfter">How long after the fault the victim itself was healthy; all managers for a database. Null: not in time.</param>
/// <param name="Failures">Writes that failed.</param>
internal sealed record FaultResult(
    Fault Fault, string Victim, bool WasLeader, TimeSpan Gap, TimeSpan DatabaseDown, TimeSpan? BackAfter, IReadOnlyList<string> Failures)
{
    /// <summary>The bound of the issue.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    /// <summary>Whether the service was back in time.</summary>
    /// <param name="slowness">What the machine adds.</param>
    public bool IsGood(TimeSpan slowness) => Gap <= DatabaseDown + Bound + slowness && BackAfter <= Bound + slowness;
}
