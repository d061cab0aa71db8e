using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary>Waits for a job, showing how far it is.</summary>
internal static class JobWatch
{
    private static readonly string[] Over = ["completed", "failed", "canceled"];

    /// <summary>Waits until a job is over.</summary>
    /// <returns>The status that it ended in.</returns>
    public static async Task<string> UntilAsync(ManagerConnection manager, string job, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        var bar = new ProgressBar(output, isTerminal: !Console.IsOutputRedirected);
        try
        {
            while (true)
            {
                var present = await manager.GetAsync($"/api/v3/jobs/{job}", cancellationToken);
                var status = (string)present["status"]!;
                bar.Show((long)present["steps_completed"]!, (long)present["steps_total"]!, status);
                if (Over.Contains(status)) return status;
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
        finally
        {
            bar.End();
        }
    }

    /// <summary>What people shall look at when a job did not complete.</summary>
    public static string Explain(JsonNode job, Uri manager) => $"the job {job["status"]}: {job["activity"]} See {new Uri(manager, $"/jobs/{job["id"]}")}";
}
