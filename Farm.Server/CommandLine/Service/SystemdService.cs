namespace Farm.Server.CommandLine.Service;

/// <summary>The farm as a service of systemd.</summary>
/// <param name="programs">Programs of the system.</param>
/// <param name="directory">Where systemd looks for units that people made, usually <c>/etc/systemd/system</c>.</param>
/// <param name="isRoot">Whether this process may change the system.</param>
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
            throw new CommandFailedException($"the farm is installed already ({File}): remove it first with \"farm service remove\"");
        Check(settings);
        await CheckUserAsync(settings, cancellationToken);
        await MakeDataAsync(settings, cancellationToken);
        await System.IO.File.WriteAllTextAsync(File, SystemdUnit.Text(settings), cancellationToken);
        try
        {
            await programs.MustAsync(Control, ["daemon-reload"], cancellationToken);
            await programs.MustAsync(Control, ["enable", Unit], cancellationToken);
        }
        catch (CommandFailedException)
        {
            System.IO.File.Delete(File);
            throw;
        }

        if ((await programs.RunAsync(Control, ["start", Unit], cancellationToken)).ExitCode != 0)
            throw new CommandFailedException("the farm is installed but did not start: \"journalctl --unit farm\" says why");
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        CheckInstalled();
        CheckSystem();
        await programs.MustAsync(Control, ["disable", "--now", Unit], cancellationToken);
        System.IO.File.Delete(File);
        await programs.MustAsync(Control, ["daemon-reload"], cancellationToken);
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
        // A line of its own in a unit would be a setting of its own.
        if (settings.Command.Append(settings.User).Any(text => text.Any(char.IsControl)))
            throw new CommandFailedException("neither paths nor the user may have control characters");
    }

    private void CheckSystem()
    {
        if (!programs.Has(Control))
            throw new CommandFailedException("there is no systemctl on this machine, so systemd does not run it: start \"farm serve\" some other way");
        if (!isRoot)
            throw new CommandFailedException("only root may change services: run this with sudo");
    }

    private void CheckInstalled()
    {
        if (!System.IO.File.Exists(File))
            throw new CommandFailedException($"the farm is not installed as a service: there is no {File}");
    }

    private async Task CheckUserAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        var (code, _) = await programs.RunAsync("id", ["-u", "--", settings.User], cancellationToken);
        if (code == 0) return;
        throw new CommandFailedException(
            $"there is no user {settings.User}: make one with \"useradd --system --home-dir {settings.Data} {settings.User}\", or name another with --user");
    }

    /// <summary>A directory that is there already belongs to whom it shall.</summary>
    private async Task MakeDataAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        if (Directory.Exists(settings.Data)) return;
        Directory.CreateDirectory(settings.Data);
        await programs.MustAsync("chmod", ["0700", "--", settings.Data], cancellationToken);
        await programs.MustAsync("chown", [$"{settings.User}:", "--", settings.Data], cancellationToken);
    }
}
