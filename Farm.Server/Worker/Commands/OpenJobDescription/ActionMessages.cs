using System.Globalization;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>What a running action says in lines of its output (How Jobs Are Run, "Stdout/Stderr Messages").</summary>
/// <param name="context">Where progress and status go.</param>
/// <param name="variables">Where variables go while an environment is entered; null for other actions.</param>
/// <param name="countsProgress">Whether the action's progress is that of the task.</param>
internal sealed class ActionMessages(CommandContext context, SessionVariables? variables, bool countsProgress)
{
    private static readonly TimeSpan BetweenStatuses = TimeSpan.FromSeconds(1);

    private string? _status;
    private string? _untold;
    private long _toldAt;

    /// <summary>Why the action says that it failed; null if it did not say.</summary>
    public string? Failure { get; private set; }

    /// <summary>What is wrong with what it said, so that it cannot be gone on with; null if nothing is.</summary>
    public string? Mistake { get; private set; }

    /// <summary>Looks at a line.</summary>
    public async Task ReadAsync(string line)
    {
        if (!line.StartsWith("openjd_", StringComparison.Ordinal)) return;
        if (After(line, "openjd_progress: ") is { } number) await ProgressAsync(number.Trim());
        else if (After(line, "openjd_status: ") is { } status) await StatusAsync(status.Trim());
        else if (After(line, "openjd_fail: ") is { } reason) Failure = reason.Trim();
        else if (variables is not null && After(line, "openjd_env: ") is { } assignment && !variables.Set(assignment))
            Mistake ??= $"\"{line}\" is not of the form openjd_env: name=value";
        else if (variables is not null && After(line, "openjd_unset_env: ") is { } name && !variables.Unset(name.Trim()))
            Mistake ??= $"\"{line}\" names no variable";
    }

    /// <summary>Tells what was held back because it came too soon after something else.</summary>
    public async Task EndAsync()
    {
        if (_untold is { } status) await TellAsync(status);
    }

    private async Task ProgressAsync(string text)
    {
        if (!countsProgress || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) || percent is not (>= 0 and <= 100)) return;
        await context.ProgressAsync((int)(percent / 100 * context.ExpectedSteps), CancellationToken.None);
    }

    /// <summary>A program that says something new a thousand times a second shall not send as many messages.</summary>
    private async Task StatusAsync(string status)
    {
        if (status.Length == 0 || status == _status) return;
        if (_status is not null && context.Time.GetElapsedTime(_toldAt) < BetweenStatuses) _untold = status;
        else await TellAsync(status);
    }

    private async Task TellAsync(string status)
    {
        (_status, _untold, _toldAt) = (status, null, context.Time.GetTimestamp());
        await context.ActivityAsync(status, CancellationToken.None);
    }

    private static string? After(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..] : null;
}
