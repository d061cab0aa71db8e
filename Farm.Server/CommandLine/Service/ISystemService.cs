namespace Farm.Server.CommandLine.Service;

/// <summary>How a system runs the farm as a service of its own.</summary>
internal interface ISystemService
{
    /// <summary>What <see cref="InstallAsync"/> would write or run, for people.</summary>
    string Describe(ServiceSettings settings);

    /// <summary>Has the system start the farm now and at each of its own starts.</summary>
    /// <exception cref="CommandFailedException">It cannot; nothing was installed, unless the sentence says otherwise.</exception>
    Task InstallAsync(ServiceSettings settings, CancellationToken cancellationToken);

    /// <summary>Stops the farm and has the system forget it. The data directory stays.</summary>
    /// <exception cref="CommandFailedException">It cannot.</exception>
    Task RemoveAsync(CancellationToken cancellationToken);

    /// <summary>What the system says of the farm, and 0 when it runs.</summary>
    /// <exception cref="CommandFailedException">It is not installed, or the system cannot be asked.</exception>
    Task<(string Text, int ExitCode)> StatusAsync(CancellationToken cancellationToken);
}
