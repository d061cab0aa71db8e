using System.Diagnostics;
using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The time limits of a session that is canceled.</summary>
internal sealed class SessionTimeouts(CommandContext context, SessionDirectory directory)
{
    /// <summary>How long exiting environments may take after the task was canceled.</summary>
    public static readonly TimeSpan ExitTimeout = TimeSpan.FromMinutes(5);

    /// <summary>How long a notified action, and then exiting environments, may each take when the worker shuts down.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(6);

    /// <summary>Sends SIGTERM and waits for the program to end, or for the time limit.</summary>
    public async Task NotifyAsync(Process process, TimeSpan period)
    {
        if (context.WorkerStopping.IsCancellationRequested && period > ShutdownTimeout) period = ShutdownTimeout;
        directory.WriteCancelInfo(context.Time.GetUtcNow() + period);
        if (!Signals.AskToEnd(process.Id)) return;
        using var over = new CancellationTokenSource(period, context.Time);
        using var sooner = context.WorkerStopping.Register(() => over.CancelAfter(ShutdownTimeout));
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller kills it.
        }
    }

    /// <summary>Starts the time limit for exiting environments.</summary>
    /// <param name="cancellationToken">Canceled when the task is canceled or the worker shuts down.</param>
    public ExitTimeLimit Leave(CancellationToken cancellationToken) => new(context, cancellationToken);

    /// <summary>The time limit for exiting environments.</summary>
    public sealed class ExitTimeLimit : IDisposable
    {
        private readonly CancellationTokenSource _over;
        private readonly CancellationTokenRegistration _taken;
        private readonly CancellationTokenRegistration _ending;

        /// <summary>Starts the time limit.</summary>
        public ExitTimeLimit(CommandContext context, CancellationToken cancellationToken)
        {
            _over = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, context.Time);
            _taken = cancellationToken.Register(() => _over.CancelAfter(context.WorkerStopping.IsCancellationRequested ? ShutdownTimeout : ExitTimeout));
            _ending = context.WorkerStopping.Register(() => _over.CancelAfter(ShutdownTimeout));
        }

        /// <summary>Canceled at the time limit.</summary>
        public CancellationToken Token => _over.Token;

        /// <inheritdoc/>
        public void Dispose()
        {
            _taken.Dispose();
            _ending.Dispose();
            _over.Dispose();
        }
    }
}
