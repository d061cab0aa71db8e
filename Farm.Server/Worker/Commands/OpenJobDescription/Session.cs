using Farm.Server.Worker.Processes;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>
/// The session of one task: enters the environments in order, runs the task, and always exits the environments in reverse order
/// (How Jobs Are Run, "Sessions").
/// </summary>
internal sealed class Session(SessionPlan plan, SessionValues values, SessionDirectory directory, CommandContext context)
{
    private readonly SessionVariables _variables = new();
    private readonly SessionTimeouts _end = new(context, directory);

    /// <summary>Runs the session.</summary>
    /// <exception cref="TaskCommandException">An action failed.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the environments were exited.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var entered = new Stack<(EnvironmentPlan Environment, int Number)>();
        var leavingFailed = (TaskCommandException?)null;
        try
        {
            foreach (var environment in plan.Environments)
            {
                // An environment that failed to enter is exited too, because part of it may have run.
                entered.Push((environment, entered.Count));
                await EnterAsync(environment, entered.Count - 1, cancellationToken);
            }

            var places = directory.FilePaths("task", plan.Files);
            var own = values.With(places.Select(place => KeyValuePair.Create($"Task.File.{place.Key}", place.Value)));
            SessionDirectory.Write(plan.Files, places, own);
            await RunAsync("the task", plan.Run, own, new ActionMessages(context, null, countsProgress: true), cancellationToken);
        }
        finally
        {
            using var leaving = _end.Leave(cancellationToken);
            while (entered.TryPop(out var last)) leavingFailed = await ExitAsync(last.Environment, last.Number, leaving.Token) ?? leavingFailed;
        }

        if (leavingFailed is not null) throw leavingFailed;
    }

    private async Task EnterAsync(EnvironmentPlan environment, int number, CancellationToken cancellationToken)
    {
        var own = WithFiles(environment, number);
        _variables.Enter(environment.Variables.Select(variable => KeyValuePair.Create(variable.Key, own.Resolve(variable.Value))));
        if (environment.Enter is not { } enter) return;
        SessionDirectory.Write(environment.Files, directory.FilePaths(Folder(number), environment.Files), own);
        await RunAsync($"entering {environment.Name}", enter, own, new ActionMessages(context, _variables, countsProgress: false), cancellationToken);
    }

    /// <returns>The failure; null on success.</returns>
    private async Task<TaskCommandException?> ExitAsync(EnvironmentPlan environment, int number, CancellationToken cancellationToken)
    {
        try
        {
            if (environment.Exit is not { } exit) return null;
            var own = WithFiles(environment, number);
            SessionDirectory.Write(environment.Files, directory.FilePaths(Folder(number), environment.Files), own);
            await RunAsync($"exiting {environment.Name}", exit, own, new ActionMessages(context, null, countsProgress: false), cancellationToken);
            return null;
        }
        catch (OperationCanceledException)
        {
            await context.LogAsync($"openjd: exiting {environment.Name} timed out and was stopped", CancellationToken.None);
            return null;
        }
        catch (Exception failure) when (failure is TaskCommandException or IOException or UnauthorizedAccessException)
        {
            await context.LogAsync($"openjd: {failure.Message}", CancellationToken.None);
            return failure as TaskCommandException ?? new TaskCommandException($"exiting {environment.Name}: {failure.Message}");
        }
        finally
        {
            _variables.Exit();
        }
    }

    private async Task RunAsync(string what, ActionPlan action, SessionValues own, ActionMessages messages, CancellationToken cancellationToken)
    {
        var program = own.Resolve(action.Command);
        await context.LogAsync($"openjd: {what}: {program}", CancellationToken.None);
        using var timeout = new CancellationTokenSource(action.Timeout ?? System.Threading.Timeout.InfiniteTimeSpan, context.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var start = new ProgramStart(program, [.. action.Arguments.Select(own.Resolve)])
        {
            Directory = directory.FullPath,
            Variables = _variables.Now,
            EndAsync = action.Notify is { } period ? process => _end.NotifyAsync(process, period) : null,
        };
        try
        {
            var exitCode = await context.RunProgramAsync(start, messages.ReadAsync, stop.Token);
            if (exitCode != 0) throw new TaskCommandException($"{what}: {messages.Failure ?? $"exit code {exitCode} of {program}"}");
            if (messages.MessageError is { } mistake) throw new TaskCommandException($"{what}: {mistake}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TaskCommandException($"{what}: timed out after {action.Timeout!.Value.TotalSeconds:0} s");
        }
        finally
        {
            await messages.EndAsync();
        }
    }

    private SessionValues WithFiles(EnvironmentPlan environment, int number) => values.With(
        directory.FilePaths(Folder(number), environment.Files).Select(place => KeyValuePair.Create($"Env.File.{place.Key}", place.Value)));

    private static string Folder(int number) => $"environment-{number}";
}
