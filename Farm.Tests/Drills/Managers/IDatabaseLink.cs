namespace Farm.Tests.Drills.Managers;

/// <summary>A manager's way to the database, which can be cut without either end noticing.</summary>
internal interface IDatabaseLink : IDisposable
{
    /// <summary>The address of the farm's database for the manager.</summary>
    string Database { get; }

    /// <summary>The address at which the manager listens.</summary>
    string Host { get; }

    /// <summary>The network namespace in which the manager runs; null for that of the drill.</summary>
    string? Namespace { get; }

    /// <summary>Nothing gets through any more.</summary>
    void Cut();

    /// <summary>What is sent gets through again.</summary>
    void Heal();
}
