using System.Diagnostics;
using Farm.Server.Hosting;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Benchmarks;

/// <summary>Cycles of scheduling and completing a task over real HTTP, and the same number of requests to an empty endpoint.</summary>
internal static class HttpCycles
{
    /// <summary>A complete farm on a free port in this process.</summary>
    public static async Task<(WebApplication App, int Port)> StartAsync(string data)
    {
        var app = FarmHost.Build(new FarmHostOptions(new DataDirectory(data)) { Urls = "http://127.0.0.1:0", Console = TextWriter.Null });
        await app.StartAsync();
        return (app, new Uri(app.Urls.Single()).Port);
    }

    /// <summary>Makes workers take and complete tasks for a while.</summary>
    public static Task<Measurement> MeasureAsync(int port, int workers, TimeSpan duration) => MeasureAsync([port], workers, duration);

    /// <summary>Makes workers take and complete tasks for a while, shared among several managers.</summary>
    public static async Task<Measurement> MeasureAsync(IReadOnlyList<int> ports, int workers, TimeSpan duration)
    {
        var awake = new List<RawWorker>();
        for (var i = 0; i < workers; i++) awake.Add(await RawWorker.AwakeAsync(ports[i % ports.Count], $"http-{i}"));
        var result = await LoadAsync(awake.Select(worker => (Func<Task<bool>>)(async () =>
            await worker.ScheduleAsync() is { } task && await worker.CompleteAsync(task) == StatusCodes.Status204NoContent)), duration);
        foreach (var worker in awake) worker.Dispose();
        return result;
    }

    /// <summary>Two requests per cycle to an empty endpoint: the cost of HTTP and the load itself.</summary>
    public static async Task<Measurement> MeasureNothingAsync(int workers, TimeSpan duration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapPost("/nothing", () => Results.NoContent());
        await app.StartAsync();
        var request = RawConnection.Request("POST", "/nothing", "");
        var connections = new List<RawConnection>();
        for (var i = 0; i < workers; i++)
        {
            connections.Add(new RawConnection(new Uri(app.Urls.Single()).Port));
            await connections[^1].ConnectAsync();
        }

        var result = await LoadAsync(connections.Select(connection => (Func<Task<bool>>)(async () =>
        {
            await connection.SendAsync(request);
            return (await connection.SendAsync(request)).Status == StatusCodes.Status204NoContent;
        })), duration);
        foreach (var connection in connections) connection.Dispose();
        return result;
    }

    internal static Task<Measurement> LoadAsync(IEnumerable<Func<Task<bool>>> workers, TimeSpan duration) =>
        Measurement.OfAsync(started => workers.Select(cycle => Task.Run(async () =>
        {
            var latencies = new List<long>();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var before = Stopwatch.GetTimestamp();
                if (!await cycle()) break;
                latencies.Add(Stopwatch.GetTimestamp() - before);
            }

            return latencies;
        })));
}
