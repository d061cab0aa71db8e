using System.Text;
using Farm.Tests.Drills.Fuzz;
using Farm.Tests.Drills.Fuzz.Judging;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Disk;

/// <summary>Tries to change something through each protocol while the disk cannot be written, and to read.</summary>
internal sealed class Refusals(DrillRun run)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly Request[] Reads = [new("GET", "/api/v3/version"), new("GET", "/api/jobs"), new("GET", "/health/live"), new("GET", "/", Headers: [("Accept", "text/html")])];

    private readonly SortedDictionary<string, int> _statuses = [];
    private int _number;

    /// <summary>What was answered, for people.</summary>
    public string Figures => string.Join(", ", _statuses.Select(status => $"{status.Key}: {status.Value}"));

    /// <summary>Sends each request once.</summary>
    /// <param name="state">The state of the disk.</param>
    public async Task TryAllAsync(string state)
    {
        foreach (var request in Changes($"{state} {++_number}")) await RefusedAsync(request, state);
        foreach (var request in Reads)
        {
            var answer = await run.Farm.SendAsync(0, request, Timeout);
            if (answer.Status != 200) run.Violations.Add($"{state}: {request.Method} {request.Path} is {answer.Status} {answer.Text}");
        }
    }

    /// <summary>Waits until the server says that all is well, or not.</summary>
    /// <returns>Whether it does in time.</returns>
    public async Task<bool> HealthAsync(int status)
    {
        for (var left = 100; left > 0; left--)
        {
            if ((await run.Farm.SendAsync(0, new("GET", "/health"), Timeout)).Status == status) return true;
            await Task.Delay(100);
        }

        return false;
    }

    private async Task RefusedAsync(Request request, string state)
    {
        var answer = await run.Farm.SendAsync(0, request, Timeout);
        var form = ErrorForm.Of(request.Path);
        var key = $"{form.Protocol} {answer.Status}";
        _statuses[key] = _statuses.GetValueOrDefault(key) + 1;
        if (answer.Status < 400)
        {
            // On a full disk, a change that needs no space may succeed.
            return;
        }

        run.Ledger.AddRefused(request.Makes ?? []);
        var seen = new FuzzAnswer(Outcome.Answered, answer.Status, $"Content-Type: {answer.ContentType}", Encoding.UTF8.GetBytes(answer.Text));
        if (!form.IsError(seen)) run.Violations.Add($"{state}: {answer.Status} of {request.Method} {request.Path} is not in the form of {form.Protocol}: {answer.Text}");
        else if (answer.Status != 507 && !answer.IsUnavailable) run.Violations.Add($"{state}: {request.Method} {request.Path} is {answer.Status} {answer.Text}");
    }

    private static IEnumerable<Request> Changes(string name)
    {
        // So long that they do not fit into what is left of a page.
        var padding = new string('x', 20_000);
        return
        [
            new("POST", "/api/v3/jobs", $$$"""{"name":"{{{name}}}","type":"echo-sleep-test","submitter_platform":"linux","settings":{"message":"{{{padding}}}","sleep_duration_seconds":1,"sleep_repeats":100}}""", Makes: [name]),
            new("POST", "/api/jobs", $$$"""{"JobInfo":{"Plugin":"CommandLine","Name":"{{{name}}} deadline","Frames":"1-400","Comment":"{{{padding}}}"},"PluginInfo":{"Executable":"echo"}}""", Makes: [$"{name} deadline"]),
            new("POST", "/aspire_api/seeds", $$"""{"description":"{{name}} {{padding}}"}"""),
            new("POST", "/worker/create", $$"""{"alias":"{{name}}"}"""),
            new("POST", "/flowserv/api/v1/users/register", $$"""{"username":"{{name}}","password":"correct horse","verify":false}"""),
        ];
    }
}
