using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Soak;

/// <summary>Reads pages and what tools read, again and again.</summary>
internal sealed class PageReader(DrillRun run, int seed)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly string[] Pages = ["/", "/jobs", "/workers", "/docs", "/activity"];
    private static readonly string[] Calls = ["/api/v3/jobs", "/api/v3/worker-mgt/workers", "/api/jobs?IdOnly=true", "/health", "/metrics", "/api/v3/version"];

    private readonly Random _random = new(seed);

    /// <summary>How many answers came.</summary>
    public int Count { get; private set; }

    /// <summary>How often the health check said that the database takes long, which is the machine's fault.</summary>
    public int Slow { get; private set; }

    /// <summary>Reads until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var request = _random.Next(2) == 0 ? new Request("GET", Pages[_random.Next(Pages.Length)], Headers: [("Accept", "text/html")]) : new Request("GET", Calls[_random.Next(Calls.Length)]);
            try
            {
                var answer = await run.Farm.SendAsync(0, request, Timeout);
                if (answer.Text.Contains("does not answer in time", StringComparison.Ordinal)) Slow++;
                else if (answer.Status >= 400 && !(request.Path == "/metrics" && answer.Status < 500)) run.Ledger.AddAbsurd(request, answer with { Text = answer.Text[..Math.Min(200, answer.Text.Length)] });
                Count++;
            }
            catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
            {
                run.Ledger.AddAbsurd(request, new Answer(0, lost.Message));
            }

            await Task.Delay(_random.Next(50, 250), CancellationToken.None);
        }
    }
}
