namespace Farm.Server.Hosting.Health;

/// <summary>
/// What must be well for the farm to do its work. Others add their checks at the start; all are asked at each request, side by side.
/// </summary>
internal sealed class HealthChecks(TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly List<(string Name, Func<CancellationToken, Task<string?>> Check)> _checks = [];

    /// <param name="name">One word, as <c>database</c>.</param>
    /// <param name="check">Null when all is well, else a sentence for anybody to read (no paths, no secrets). An exception counts as unwell.</param>
    public void Add(string name, Func<CancellationToken, Task<string?>> check) => _checks.Add((name, check));

    /// <summary>The problem of each check by its name; null where all is well. A check that takes longer than 5 seconds is unwell.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> RunAsync(CancellationToken cancel)
    {
        var results = await Task.WhenAll(_checks.Select(async check => (check.Name, Problem: await ProblemAsync(check.Check, cancel))));
        return results.ToDictionary(result => result.Name, result => result.Problem);
    }

    private async Task<string?> ProblemAsync(Func<CancellationToken, Task<string?>> check, CancellationToken cancel)
    {
        try
        {
            return await Task.Run(() => check(cancel), cancel).WaitAsync(Timeout, time, cancel);
        }
        catch (TimeoutException)
        {
            return "does not answer in time";
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return "cannot be checked";
        }
    }
}
