namespace Farm.Server.CommandLine.Service;

/// <summary>The farm as a service of systemd.</summary>
/// <param name="programs">Programs of the system.</param>
/// <param name="directory">The directory of unit files that administrators add, usually <c>/etc/systemd/system</c>.</param>
/// <param name="isRoot">Whether this process runs as root.</param>
internal sealed class SystemdService(SystemPrograms programs, string directory, bool isRoot) : ISystemService
{
    private const string Unit = "farm.service";
    private const string Control = "systemctl";

    private string File => Path.Combine(directory, Unit);

    /// <inheritdoc/>
    public string Describe(ServiceSettings settings) => SystemdUnit.Text(settings);

    /// <inheritdoc/>
    public async Task InstallAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (System.IO.File.Exists(File))
            throw new CommandFailedException($"the farm is already installed ({File}); remove it first with \"farm service remove\"");
        Check(settings);
        await CheckUserAsync(settings, cancellationToken);
        await MakeDataAsync(settings, cancellationToken);
        await System.IO.File.WriteAllTextAsync(File, SystemdUnit.Text(settings), cancellationToken);
        try
        {
            await programs.RunOrThrowAsync(Control, ["daemon-reload"], cancellationToken);
            await programs.RunOrThrowAsync(Control, ["enable", Unit], cancellationToken);
        }
        catch (CommandFailedException)
        {
            System.IO.File.Delete(File);
            throw;
        }

        if ((await programs.RunAsync(Control, ["start", Unit], cancellationToken)).ExitCode != 0)
            throw new CommandFailedException("the service is installed but did not start; see \"journalctl --unit farm\"");
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        CheckInstalled();
        CheckSystem();
        await programs.RunOrThrowAsync(Control, ["disable", "--now", Unit], cancellationToken);
        System.IO.File.Delete(File);
        await programs.RunOrThrowAsync(Control, ["daemon-reload"], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(string Text, int ExitCode)> StatusAsync(CancellationToken cancellationToken)
    {
        CheckInstalled();
        var (code, text) = await programs.RunAsync(Control, ["status", "--no-pager", Unit], cancellationToken);
        return (text, code);
    }

    private void Check(ServiceSettings settings)
    {
        CheckSystem();
        // A line break would add a setting to the unit.
        if (settings.Command.Append(settings.User).Any(text => text.Any(char.IsControl)))
            throw new CommandFailedException("paths and the user must not contain control characters");
    }

    private void CheckSystem()
    {
        if (!programs.Has(Control))
            throw new CommandFailedException("systemctl not found: this machine does not use systemd; start \"farm serve\" another way");
        if (!isRoot)
            throw new CommandFailedException("only root can install services; run this with sudo");
    }

    private void CheckInstalled()
    {
        if (!System.IO.File.Exists(File))
            throw new CommandFailedException($"the service is not installed: {File} does not exist");
    }

    private async Task CheckUserAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        var (code, _) = await programs.RunAsync("id", ["-u", "--", settings.User], cancellationToken);
        if (code == 0) return;
        throw new CommandFailedException(
            $"user {settings.User} does not exist: create it with \"useradd --system --home-dir {settings.Data} {settings.User}\", or choose another with --user");
    }

    /// <summary>The owner of an existing directory is not changed.</summary>
    private async Task MakeDataAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (Directory.Exists(settings.Data)) return;
        PrivateDirectory.Create(settings.Data);
        await programs.RunOrThrowAsync("chmod", ["0700", "--", settings.Data], cancellationToken);
        await programs.RunOrThrowAsync("chown", [$"{settings.User}:", "--", settings.Data], cancellationToken);
    }
}
