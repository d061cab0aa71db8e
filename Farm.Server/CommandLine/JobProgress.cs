using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary>Waits for a job and shows its progress.</summary>
internal static class JobProgress
{
    private static readonly string[] Over = ["completed", "failed", "canceled"];

    /// <summary>Waits until a job is completed, failed or canceled.</summary>
    /// <returns>Its last status.</returns>
    public static async Task<string> WaitAsync(ManagerConnection manager, string job, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
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

    /// <summary>The error message for a job that did not complete.</summary>
    public static string FailureMessage(JsonNode job, Uri manager) => $"the job {job["status"]}: {job["activity"]} See {new Uri(manager, $"/jobs/{job["id"]}")}";
}
