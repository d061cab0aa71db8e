namespace Farm.Server.Contracts.Shared;

/// <summary>Settings of the session cookie. The protocol that signs people in may register its own.</summary>
internal sealed record SessionCookieSettings
{
    /// <summary>The name of the cookie.</summary>
    public string Name { get; init; } = "tt";

    /// <summary>How long a sign-in lasts.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(8);
}
