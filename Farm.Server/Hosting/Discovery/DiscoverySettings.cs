namespace Farm.Server.Hosting.Discovery;

/// <summary>Settings of discovery (Contracts/Flamenco/Contract.md section 10).</summary>
internal sealed record DiscoverySettings
{
    public const int StandardPort = 1900;

    /// <summary>Whether searches are answered and the farm is announced. The description is served in any case.</summary>
    public bool Autodiscoverable { get; init; } = true;

    /// <summary>The UDP port of SSDP. Workers search only on 1900.</summary>
    public int Port { get; init; } = StandardPort;

    /// <summary>The farm's name in the description.</summary>
    public string Name { get; init; } = "Farm";
}
