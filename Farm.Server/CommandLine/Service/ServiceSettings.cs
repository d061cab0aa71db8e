namespace Farm.Server.CommandLine.Service;

/// <summary>What the service starts.</summary>
/// <param name="Program">The program and its first arguments.</param>
/// <param name="Data">The data directory, absolute.</param>
/// <param name="User">The account that the farm runs as.</param>
internal sealed record ServiceSettings((string File, IReadOnlyList<string> Arguments) Program, string Data, string User)
{
    /// <summary>The settings file, absolute; null for the one in the data directory.</summary>
    public string? Config { get; init; }

    /// <summary>URLs to listen on; null for the setting <c>listen</c>.</summary>
    public string? Urls { get; init; }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command =>
    [
        Program.File, .. Program.Arguments, "serve", "--data", Data,
        .. Config is null ? [] : (string[])["--config", Config],
        .. Urls is null ? [] : (string[])["--urls", Urls],
    ];
}
