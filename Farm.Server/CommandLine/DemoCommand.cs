using System.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Server.Worker;

namespace Farm.Server.CommandLine;

/// <summary><c>farm demo</c>: a whole farm in one process, with jobs that show finished frames within a minute.</summary>
internal static class DemoCommand
{
    /// <summary>Below the data of a farm that is no demo: who keeps that out of version control keeps the demo's secrets out too.</summary>
    private static readonly string DefaultData = Path.Combine(CommonOptions.DefaultData, "demo");

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var data = CommonOptions.Data();
        data.DefaultValueFactory = _ => DefaultData;
        var config = CommonOptions.Config();
        var urls = CommonOptions.Urls();
        var command = new Command(
            "demo", "Try a farm: a server, one worker on this machine, and a sample job of 24 frames; another one with Blender where it is installed.")
        {
            data, config, urls,
        };
        command.SetGuardedAction(async (parsed, cancellation) =>
        {
            var directory = new DataDirectory(parsed.GetValue(data)!);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync(DemoBanner.Text(directory, parsed.GetValue(config), parsed.GetValue(urls)));
            // A directory that was named must be on a disk that is there; the demo's own place is made.
            if (parsed.GetResult(data) is null or { Implicit: true }) Directory.CreateDirectory(CommonOptions.DefaultData);
            await using var server = await RunningServer.StartAsync(directory, parsed.GetValue(config), parsed.GetValue(urls), cancellation);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, server.Stopping);
            var worker = WorkerProgram.RunAsync(Worker(server, directory), server.Loggers, stopping.Token);
            await ShowUnlessStoppedAsync(server, directory, output, stopping.Token);
            // The worker signs off before the server goes.
            return await worker;
        });
        return command;
    }

    private static async Task ShowUnlessStoppedAsync(
        RunningServer server, DataDirectory directory, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await ShowAsync(server, directory, output, cancellationToken);
            await output.WriteLineAsync("The farm goes on until you press Ctrl+C.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync("Stopping.");
        }
    }

    private static WorkerOptions Worker(RunningServer server, DataDirectory directory) => new()
    {
        Manager = server.Address,
        Name = $"{Environment.MachineName}-demo",
        StateDirectory = Path.Combine(directory.Root, "demo-worker"),
        Intervals = new WorkerIntervals
        {
            FirstTask = TimeSpan.FromSeconds(0.5),
            AfterTask = TimeSpan.FromSeconds(0.2),
            NoTask = TimeSpan.FromSeconds(2),
            AfterError = TimeSpan.FromSeconds(5),
            LogChunk = TimeSpan.FromSeconds(1),
            MayIRun = TimeSpan.FromSeconds(2),
        },
    };

    private static async Task ShowAsync(RunningServer server, DataDirectory directory, TextWriter output, CancellationToken cancellationToken)
    {
        using var manager = ManagerConnection.To(server.Address.ToString(), directory.Root);
        await output.WriteLineAsync($"\nOpen {server.Address} in a browser.\n");
        var jobs = new List<string> { await DemoJobs.SubmitSampleAsync(manager, directory, cancellationToken) };
        if (await DemoJobs.SubmitBlenderAsync(manager, directory, output, cancellationToken) is { } blender) jobs.Add(blender);
        foreach (var job in jobs)
        {
            var status = await JobWatch.UntilAsync(manager, job, output, TimeProvider.System, cancellationToken);
            await output.WriteLineAsync($"Job {new Uri(server.Address, $"jobs/{job}")}: {status}");
        }

        await output.WriteLineAsync($"The frames are in {Path.Combine(directory.Root, "output")}.");
    }
}
