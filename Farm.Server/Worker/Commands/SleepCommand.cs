namespace Farm.Server.Worker.Commands;

/// <summary>Waits.</summary>
internal sealed class SleepCommand : ITaskCommand
{
    /// <summary>The longest wait of a timer, about 49 days.</summary>
    private const double MostSeconds = 49 * 24 * 3600;

    public string Name => "sleep";

    public async Task RunAsync(CommandParameters parameters, CommandContext context, CancellationToken cancellationToken)
    {
        var seconds = parameters.Number("duration_in_seconds");
        if (seconds is < 0 or > MostSeconds) throw new TaskCommandException($"cannot sleep {seconds} seconds");
        await Task.Delay(TimeSpan.FromSeconds(seconds), context.Time, cancellationToken);
        await context.LogAsync($"slept {seconds}s", cancellationToken);
    }
}
