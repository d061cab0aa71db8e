namespace Farm.Server.Hosting.Security;

/// <summary>Which clients are answered, under which host names, and how much they may send.</summary>
internal sealed record SecuritySettings
{
    /// <summary>The longest request body when nothing is set, in bytes.</summary>
    public const long DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The most bytes of request bodies in memory when nothing is set.</summary>
    public const long DefaultMaxBufferedBytes = 96 * 1024 * 1024;

    /// <summary>The networks that are answered.</summary>
    public NetworkList Networks { get; init; } = NetworkList.Default;

    /// <summary>Names of this server beside its own host name; see <see cref="HostNames"/>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Reverse proxies whose X-Forwarded-For, -Proto and -Host are believed; none by default.</summary>
    public NetworkList TrustedProxies { get; init; } = NetworkList.Empty;

    /// <summary>The longest request body in bytes, where an endpoint has no limit of its own.</summary>
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>The most bytes of large request bodies that are in memory at the same time.</summary>
    public long MaxBufferedBytes { get; init; } = DefaultMaxBufferedBytes;
}
