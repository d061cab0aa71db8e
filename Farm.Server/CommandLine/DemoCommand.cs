using System.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Server.Worker;

namespace Farm.Server.CommandLine;

/// <summary><c>farm demo</c>: a farm in one process, with jobs that show finished frames within a minute.</summary>
internal static class DemoCommand
{
    /// <summary>Inside the usual data directory, so that ignoring that directory in version control covers the demo's secrets too.</summary>
    private static readonly string DefaultData = Path.Combine(CommonOptions.DefaultData, "demo");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = CommonOptions.Data();
        data.DefaultValueFactory = _ => DefaultData;
        var config = CommonOptions.Config();
        var urls = CommonOptions.Urls();
        var command = new Command(
            "demo", "Try Farm: run a server, a worker and a sample job of 24 frames on this machine, and a Blender job if Blender is installed.")
        {
            data, config, urls,
        };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var directory = new DataDirectory(parsed.GetValue(data)!);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync(DemoBanner.Text(directory, parsed.GetValue(config), parsed.GetValue(urls)));
            // Only the default is created: a directory that was given may be on a disk that is not mounted.
            if (parsed.GetResult(data) is null or { Implicit: true }) PrivateDirectory.Create(CommonOptions.DefaultData);
            await using var server = await RunningServer.StartAsync(directory, parsed.GetValue(config), parsed.GetValue(urls), cancellation);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, server.Stopping);
            var worker = WorkerProgram.RunAsync(Worker(server, directory), server.Loggers, stopping.Token);
            await ShowUnlessStoppedAsync(server, directory, output, stopping.Token);
            // The worker signs off before the server stops.
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
            await output.WriteLineAsync("The farm keeps running until you press Ctrl+C.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync("Stopping.");
        }
    }

    private static WorkerOptions Worker(RunningServer server, DataDirectory directory) => new()
    {
        Manager = server.Address,
        CertificateFingerprint = server.CertificateFingerprint,
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
        using var manager = ManagerConnection.To(server.Address.ToString(), directory.Root, server.CertificateFingerprint);
        await output.WriteLineAsync($"\nOpen {server.Address} in a browser.\n");
        var jobs = new List<string> { await DemoJobs.SubmitSampleAsync(manager, directory, cancellationToken) };
        if (await DemoJobs.SubmitBlenderAsync(manager, directory, output, cancellationToken) is { } blender) jobs.Add(blender);
        foreach (var job in jobs)
        {
            var status = await JobProgress.WaitAsync(manager, job, output, TimeProvider.System, cancellationToken);
            await output.WriteLineAsync($"Job {new Uri(server.Address, $"jobs/{job}")}: {status}");
        }

        await output.WriteLineAsync($"The frames are in {Path.Combine(directory.Root, "output")}.");
    }
}
