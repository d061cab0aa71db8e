using System.Globalization;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>Handles the messages in an action's output (How Jobs Are Run, "Stdout/Stderr Messages").</summary>
/// <param name="context">Receives progress and status.</param>
/// <param name="variables">Receives variables while an environment is entered; null for other actions.</param>
/// <param name="countsProgress">Whether the action's progress is the task's progress.</param>
internal sealed class ActionMessages(CommandContext context, SessionVariables? variables, bool countsProgress)
{
    private static readonly TimeSpan BetweenStatuses = TimeSpan.FromSeconds(1);

    private string? _status;
    private string? _untold;
    private long _toldAt;

    /// <summary>The reason of a failure that the action reported; null for none.</summary>
    public string? Failure { get; private set; }

    /// <summary>The error of an invalid message, which fails the action; null for none.</summary>
    public string? MessageError { get; private set; }

    /// <summary>Handles a line of output.</summary>
    public async Task ReadAsync(string line)
    {
        if (!line.StartsWith("openjd_", StringComparison.Ordinal)) return;
        if (After(line, "openjd_progress: ") is { } number) await ProgressAsync(number.Trim());
        else if (After(line, "openjd_status: ") is { } status) await StatusAsync(status.Trim());
        else if (After(line, "openjd_fail: ") is { } reason) Failure = reason.Trim();
        else if (variables is not null && After(line, "openjd_env: ") is { } assignment && !variables.Set(assignment))
            MessageError ??= $"\"{line}\" is not of the form openjd_env: name=value";
        else if (variables is not null && After(line, "openjd_unset_env: ") is { } name && !variables.Unset(name.Trim()))
            MessageError ??= $"\"{line}\" names no variable";
    }

    /// <summary>Sends the last status if it was throttled.</summary>
    public async Task EndAsync()
    {
        if (_untold is { } status) await SendStatusAsync(status);
    }

    private async Task ProgressAsync(string text)
    {
        if (!countsProgress || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) || percent is not (>= 0 and <= 100)) return;
        await context.ProgressAsync((int)(percent / 100 * context.ExpectedSteps), CancellationToken.None);
    }

    /// <summary>Throttled to one status per second.</summary>
    private async Task StatusAsync(string status)
    {
        if (status.Length == 0 || status == _status) return;
        if (_status is not null && context.Time.GetElapsedTime(_toldAt) < BetweenStatuses) _untold = status;
        else await SendStatusAsync(status);
    }

    private async Task SendStatusAsync(string status)
    {
        (_status, _untold, _toldAt) = (status, null, context.Time.GetTimestamp());
        await context.ActivityAsync(status, CancellationToken.None);
    }

    private static string? After(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..] : null;
}
