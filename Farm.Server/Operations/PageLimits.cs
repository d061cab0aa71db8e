namespace Farm.Server.Operations;

/// <summary>Limits on pages of the dashboard that are open at once (setting <c>dashboard</c>): each costs the server some 3 MB of memory.</summary>
/// <param name="MaxPages">Maximum number in total (<c>max_pages</c>).</param>
/// <param name="MaxPagesPerAddress">Maximum number from one network address (<c>max_pages_per_address</c>).</param>
internal sealed record PageLimits(int MaxPages = 200, int MaxPagesPerAddress = 50);
