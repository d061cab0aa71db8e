using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Farm.Server.CommandLine;

/// <summary><c>farm audit</c>: lists what people did on the running farm.</summary>
internal static class AuditCommand
{
    private const string Path = "/api/farm/v1/audit";
    private const int MaxPage = 1000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var (url, data) = (CommonOptions.Url(), CommonOptions.Data());
        var who = Text("--who", "Only what this person did.", "NAME");
        var verb = Text("--verb", "Only this verb, such as job.pause, or all of one kind, such as job.", "VERB");
        var target = Text("--target", "Only what has this in its name, or this id.", "TEXT");
        var since = Text("--since", "Only from this time on, such as 2026-11-30T08:00:00Z or 2026-11-30.", "TIME");
        var until = Text("--until", "Only before this time.", "TIME");
        var refused = new Option<bool>("--refused") { Description = "Only what was refused." };
        var csv = new Option<bool>("--csv") { Description = "Print comma-separated values, for spreadsheets." };
        var limit = new Option<int?>("--limit") { Description = "The most entries: by default 50, and with --csv 100,000.", HelpName = "NUMBER" };
        var command = new Command("audit", "List what people did on the running farm, newest first; on the server's machine.")
        {
            who, verb, target, since, until, refused, csv, limit, url, data,
        };
        command.SetActionWithErrorHandling(async (parsed, cancellationToken) =>
        {
            using var farm = ManagerConnection.To(parsed.GetValue(url), parsed.GetValue(data)!);
            (Option<string?> Option, string Name)[] texts = [(who, "who"), (verb, "verb"), (target, "target"), (since, "since"), (until, "until")];
            var query = string.Concat(texts.Select(text => parsed.GetValue(text.Option) is { Length: > 0 } value ? $"&{text.Name}={Uri.EscapeDataString(value)}" : ""));
            if (parsed.GetValue(refused)) query += "&result=refused";
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(csv)) await output.WriteAsync(await farm.GetTextAsync($"{Path}?format=csv{query}{(parsed.GetValue(limit) is { } most ? $"&limit={most}" : "")}", cancellationToken));
            else await ListAsync(farm, query, parsed.GetValue(limit) ?? 50, output, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task ListAsync(ManagerConnection farm, string query, int left, TextWriter output, CancellationToken cancellationToken)
    {
        var before = "";
        while (left > 0)
        {
            var page = await farm.GetAsync($"{Path}?limit={Math.Min(left, MaxPage)}{query}{before}", cancellationToken);
            var entries = page["entries"]!.AsArray();
            foreach (var entry in entries) await output.WriteLineAsync(Line(entry!));
            if (page["next"] is not { } next) return;
            left -= entries.Count;
            before = $"&before={next}";
        }
    }

    private static string Line(JsonNode entry)
    {
        var time = ((DateTimeOffset)entry["time"]!).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var target = entry["target"] is { } about ? $" {about["kind"]} {((string)about["name"]! is { Length: > 0 } name ? $"\"{name}\"" : about["id"])}" : "";
        var change = ((string?)entry["before"], (string?)entry["after"]) switch
        {
            (null, null) => "",
            (null, var after) => $": {after}",
            (var before, null) => $": was {before}",
            var (before, after) => $": {before} → {after}",
        };
        var reason = (string?)entry["reason"] is { } refusal ? $"; refused: {refusal}" : "";
        var times = (long)entry["times"]! > 1 ? $" ({entry["times"]} times)" : "";
        return $"{time}  {Who(entry),-28}  {(string)entry["verb"]!}{target}{change}{reason}{times}";
    }

    private static string Who(JsonNode entry) => ((string)entry["who"]!, (string)entry["address"]!) switch
    {
        ("", "") => "the farm",
        ("", var address) => $"{address}, {entry["via"]}",
        (var who, "") => $"{who}, {entry["via"]}",
        var (who, address) => $"{who} at {address}, {entry["via"]}",
    };

    private static Option<string?> Text(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
