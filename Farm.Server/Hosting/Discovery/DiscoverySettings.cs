namespace Farm.Server.Hosting.Discovery;

/// <summary>How workers without an address find this farm (contract Flamenco, 10).</summary>
internal sealed record DiscoverySettings
{
    public const int StandardPort = 1900;

    /// <summary>False: nothing is sent and nothing answered; the description stays readable.</summary>
    public bool Autodiscoverable { get; init; } = true;

    /// <summary>The UDP port of the search protocol. Workers only look on 1900.</summary>
    public int Port { get; init; } = StandardPort;

    /// <summary>The farm's name in the description.</summary>
    public string Name { get; init; } = "Farm";
}
