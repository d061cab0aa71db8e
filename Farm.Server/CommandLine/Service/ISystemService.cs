namespace Farm.Server.CommandLine.Service;

/// <summary>Installs the farm as a service of the operating system.</summary>
internal interface ISystemService
{
    /// <summary>What <see cref="InstallAsync"/> would write or run, as text.</summary>
    string Describe(ServiceSettings settings);

    /// <summary>Starts the farm now and whenever the machine starts.</summary>
    /// <exception cref="CommandFailedException">The installation failed; nothing was installed unless the message says so.</exception>
    Task InstallAsync(ServiceSettings settings, CancellationToken cancellationToken);

    /// <summary>Stops the farm and uninstalls the service. The data directory stays.</summary>
    /// <exception cref="CommandFailedException">It cannot.</exception>
    Task RemoveAsync(CancellationToken cancellationToken);

    /// <summary>The status as the system reports it, with exit code 0 when the service runs.</summary>
    /// <exception cref="CommandFailedException">The service is not installed, or its status cannot be read.</exception>
    Task<(string Text, int ExitCode)> StatusAsync(CancellationToken cancellationToken);
}
