using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>Reads over HTTP: one task, one job, and lists of five thousand rows.</summary>
internal static class ReadCycles
{
    private const int Rows = 5_000;

    private static readonly (string What, Func<string, string, string> Path, int Times)[] Requests =
    [
        ("one task (Flamenco)", (_, task) => $"/api/v3/tasks/{task}", 3_000),
        ("one job (Flamenco)", (job, _) => $"/api/v3/jobs/{job}", 3_000),
        ("one task (Deadline)", (job, _) => $"/api/tasks?JobID={job}&TaskID=17", 3_000),
        ("the farm's status", (_, _) => "/api/v3/status", 3_000),
        ($"{Rows:N0} tasks (Flamenco)", (job, _) => $"/api/v3/jobs/{job}/tasks", 40),
        ($"{Rows:N0} tasks (Deadline)", (job, _) => $"/api/tasks?JobID={job}", 40),
    ];

    /// <summary>Measures each request in turn; the best of a few rounds counts.</summary>
    /// <param name="port">The port of a farm in this process.</param>
    /// <param name="row">Gets the name of each request, the rate per second, and the processor time per request.</param>
    public static async Task MeasureAsync(int port, Action<string, double, double> row)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await RawWorker.SubmitAsync(port, Rows);
        var jobs = await client.GetFromJsonAsync<JsonObject>("/api/v3/jobs");
        var job = (string)jobs!["jobs"]!.AsArray()[^1]!["id"]!;
        var tasks = await client.GetFromJsonAsync<JsonObject>($"/api/v3/jobs/{job}/tasks");
        var task = (string)tasks!["tasks"]![42]!["id"]!;
        foreach (var (what, path, times) in Requests)
        {
            var best = (Seconds: double.MaxValue, Processor: double.MaxValue);
            for (var round = 0; round < 5; round++)
            {
                var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                for (var i = 0; i < times; i++) await client.GetByteArrayAsync(path(job, task));
                best = (
                    Math.Min(best.Seconds, Stopwatch.GetElapsedTime(started).TotalSeconds / times),
                    Math.Min(best.Processor, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / times));
            }

            row(what, 1 / best.Seconds, best.Processor);
        }
    }
}
