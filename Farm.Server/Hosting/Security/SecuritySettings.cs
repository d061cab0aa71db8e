using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Security;

/// <summary>Who is answered, under which names, and how much may be sent. The defaults suit a farm on a studio's network.</summary>
internal sealed record SecuritySettings
{
    public const long DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Whom the server answers; see <see cref="NetworkList"/>.</summary>
    public NetworkList Networks { get; init; } = NetworkList.Default;

    /// <summary>Names of this server beside its own host name; see <see cref="HostNames"/>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Reverse proxies whose X-Forwarded-For, -Proto and -Host are believed. Nobody's by default.</summary>
    public NetworkList TrustedProxies { get; init; } = NetworkList.Nobody;

    /// <summary>Longest request body in bytes, where an endpoint does not set its own limit.</summary>
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>
    /// Reads <c>networks</c>, <c>hosts</c>, <c>trusted_proxies</c> (lists, or one text with commas) and <c>max_body_bytes</c>;
    /// what is absent keeps its default. Throws <see cref="SettingException"/>.
    /// </summary>
    public static SecuritySettings Read(IConfiguration configuration)
    {
        var settings = new SecuritySettings();
        if (List(configuration, "networks") is { } networks)
            settings = settings with { Networks = NetworkList.Parse("networks", networks) };
        if (List(configuration, "hosts") is { } hosts)
            settings = settings with { Hosts = [.. hosts.Select(HostNames.CheckSetting)] };
        if (List(configuration, "trusted_proxies") is { } proxies)
            settings = settings with { TrustedProxies = NetworkList.Parse("trusted_proxies", proxies) };
        if (configuration["max_body_bytes"] is { Length: > 0 } limit)
        {
            settings = settings with
            {
                MaxBodyBytes = long.TryParse(limit, out var bytes) && bytes > 0
                    ? bytes
                    : throw new SettingException("max_body_bytes", limit, "is not a number of bytes greater than 0"),
            };
        }
        return settings;
    }

    private static IReadOnlyList<string>? List(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        var values = section.GetChildren().Select(child => child.Value ?? "").ToList();
        if (values.Count > 0)
            return values;
        return section.Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
