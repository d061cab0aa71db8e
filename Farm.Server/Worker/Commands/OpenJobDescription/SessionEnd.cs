using System.Diagnostics;
using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>How long things may take once a session is to end before its time.</summary>
internal sealed class SessionEnd(CommandContext context, SessionDirectory directory)
{
    /// <summary>How long environments may take to be left after the task was taken away.</summary>
    public static readonly TimeSpan MostForLeaving = TimeSpan.FromMinutes(5);

    /// <summary>How long each of both, an action that is notified and the leaving of environments, has when the worker itself ends.</summary>
    public static readonly TimeSpan MostWhenWorkerEnds = TimeSpan.FromSeconds(6);

    /// <summary>Notifies a program that it is to end, and waits until it has or its time is over.</summary>
    public async Task NotifyAsync(Process process, TimeSpan period)
    {
        if (context.WorkerEnds.IsCancellationRequested && period > MostWhenWorkerEnds) period = MostWhenWorkerEnds;
        directory.WriteCancelInfo(context.Time.GetUtcNow() + period);
        if (!Signals.AskToEnd(process.Id)) return;
        using var over = new CancellationTokenSource(period, context.Time);
        using var sooner = context.WorkerEnds.Register(() => over.CancelAfter(MostWhenWorkerEnds));
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            // It is killed now.
        }
    }

    /// <summary>Lets environments be left when the task is over in whatever way; cancelled when that takes too long.</summary>
    /// <param name="cancellationToken">Cancelled when the task is taken away or the worker ends.</param>
    public Leaving Leave(CancellationToken cancellationToken) => new(context, cancellationToken);

    /// <summary>The time for leaving environments.</summary>
    public sealed class Leaving : IDisposable
    {
        private readonly CancellationTokenSource _over;
        private readonly CancellationTokenRegistration _taken;
        private readonly CancellationTokenRegistration _ending;

        /// <summary>Begins.</summary>
        public Leaving(CommandContext context, CancellationToken cancellationToken)
        {
            _over = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, context.Time);
            _taken = cancellationToken.Register(() => _over.CancelAfter(context.WorkerEnds.IsCancellationRequested ? MostWhenWorkerEnds : MostForLeaving));
            _ending = context.WorkerEnds.Register(() => _over.CancelAfter(MostWhenWorkerEnds));
        }

        /// <summary>Cancelled when the time is over.</summary>
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
