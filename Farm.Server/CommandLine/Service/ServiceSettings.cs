namespace Farm.Server.CommandLine.Service;

/// <summary>What the system starts for a farm that runs as a service.</summary>
/// <param name="Program">The program, and the arguments that come before all others.</param>
/// <param name="Data">The data directory, absolute.</param>
/// <param name="User">The account that the farm runs as.</param>
internal sealed record ServiceSettings((string File, IReadOnlyList<string> Arguments) Program, string Data, string User)
{
    /// <summary>The file with the settings, absolute; null for the one in the data directory.</summary>
    public string? Config { get; init; }

    /// <summary>Where to listen; null for where the settings say.</summary>
    public string? Urls { get; init; }

    /// <summary>The whole command, the program first.</summary>
    public IReadOnlyList<string> Command =>
    [
        Program.File, .. Program.Arguments, "serve", "--data", Data,
        .. Config is null ? [] : (string[])["--config", Config],
        .. Urls is null ? [] : (string[])["--urls", Urls],
    ];
}
