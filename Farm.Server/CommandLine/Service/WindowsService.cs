using System.Text;
using Farm.Server.Hosting;

namespace Farm.Server.CommandLine.Service;

/// <summary>The farm as a service of Windows, through <c>sc.exe</c>.</summary>
/// <param name="programs">Programs of the system.</param>
/// <param name="isAdministrator">Whether this process runs as an administrator.</param>
internal sealed class WindowsService(SystemPrograms programs, bool isAdministrator) : ISystemService
{
    private const string Name = ServiceHosting.Name;
    private const string Control = "sc.exe";

    // The texts of sc.exe are translated; the error numbers are not.
    private const string NoSuchService = " 1060";
    private const string NotStarted = " 1062";

    /// <inheritdoc/>
    public string Describe(ServiceSettings settings) =>
        string.Concat(Commands(settings).Select(arguments => $"{Control} {CommandLine(arguments)}\n"));

    /// <inheritdoc/>
    public async Task InstallAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        CheckRights();
        if (await ExistsAsync(cancellationToken))
            throw new CommandFailedException("the farm is already installed; remove it first with \"farm service remove\"");
        PrivateDirectory.Create(settings.Data);
        await programs.RunOrThrowAsync("icacls.exe", [settings.Data, "/grant", $"{settings.User}:(OI)(CI)M"], cancellationToken);
        foreach (var command in Commands(settings)) await programs.RunOrThrowAsync(Control, command, cancellationToken);
        if ((await programs.RunAsync(Control, ["start", Name], cancellationToken)).ExitCode != 0)
            throw new CommandFailedException($"the service is installed but did not start; see the newest file in {Path.Combine(settings.Data, "logs")}");
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        CheckRights();
        if (!await ExistsAsync(cancellationToken)) throw NotInstalled();
        var (stopped, text) = await programs.RunAsync(Control, ["stop", Name], cancellationToken);
        if (stopped != 0 && !text.Contains(NotStarted, StringComparison.Ordinal)) throw new CommandFailedException($"cannot stop the service: {text.Split('\n')[0].Trim()}");
        await programs.RunOrThrowAsync(Control, ["delete", Name], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(string Text, int ExitCode)> StatusAsync(CancellationToken cancellationToken)
    {
        var (code, text) = await programs.RunAsync(Control, ["query", Name], cancellationToken);
        if (code != 0 && text.Contains(NoSuchService, StringComparison.Ordinal)) throw NotInstalled();
        return (text, code == 0 && !text.Contains("RUNNING", StringComparison.Ordinal) ? 3 : code);
    }

    private static CommandFailedException NotInstalled() => new("the service is not installed");

    private static IEnumerable<string[]> Commands(ServiceSettings settings)
    {
        yield return
        [
            "create", Name, "binPath=", CommandLine(settings.Command), "start=", "delayed-auto", "obj=", settings.User, "DisplayName=", "Farm",
        ];
        yield return ["description", Name, "A render and task farm."];
        yield return ["failure", Name, "reset=", "86400", "actions=", "restart/5000"];
    }

    private void CheckRights()
    {
        if (!isAdministrator)
            throw new CommandFailedException("only an administrator can install services; run this in a terminal started as administrator");
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        var (code, text) = await programs.RunAsync(Control, ["query", Name], cancellationToken);
        return code == 0 || !text.Contains(NoSuchService, StringComparison.Ordinal);
    }

    /// <summary>Quotes words so that Windows splits the line into the same words (CommandLineToArgvW).</summary>
    private static string CommandLine(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAny(' ', '\t', '"')) return word;
        var quoted = new StringBuilder("\"");
        var slashes = 0;
        foreach (var c in word)
        {
            // Backslashes are doubled only before a quote.
            if (c == '"') quoted.Append('\\', slashes + 1);
            quoted.Append(c);
            slashes = c == '\\' ? slashes + 1 : 0;
        }

        return quoted.Append('\\', slashes).Append('"').ToString();
    }
}
