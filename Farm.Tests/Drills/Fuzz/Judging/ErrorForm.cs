using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Tests.Drills.Fuzz.Judging;

/// <summary>How a protocol says no.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="IsError">Whether an answer with an error status has its form.</param>
internal sealed record ErrorForm(string Protocol, Func<FuzzAnswer, bool> IsError)
{
    /// <summary>Whatever is beneath no prefix of a protocol.</summary>
    public static readonly ErrorForm None = new("", _ => true);

    private static readonly ErrorForm Flamenco = new("flamenco", answer => Has(answer, "message") || Has(answer, "status_requested"));
    private static readonly ErrorForm FlowServ = new("flowserv", answer => Has(answer, "message") || Has(answer, "error"));
    private static readonly ErrorForm Aspire = new("aspire", answer => Has(answer, "message"));
    private static readonly ErrorForm Farm = new("farm", answer => Has(answer, "error"));
    private static readonly ErrorForm Deadline = new("deadline", answer => IsPlain(answer) && answer.Text.StartsWith("Error: ", StringComparison.Ordinal) && !answer.Text.Contains('\n'));
    private static readonly ErrorForm Tracker = new("task_tracker", answer => answer.Text == "Not found" ? IsPlain(answer) && answer.Status == 404 : Has(answer, "message") && Parse(answer)!["ok"] is JsonValue ok && ok.GetValueKind() == JsonValueKind.False);

    private static readonly (string Prefix, ErrorForm Form)[] Prefixes =
    [
        ("/api/v3", Flamenco), ("/job-files", Flamenco), ("/flowserv/api/v1", FlowServ), ("/aspire_api", Aspire), ("/aspire/_api", Aspire), ("/api/farm/v1", Farm),
        .. "tasks jobs pools groups slaves limitgroups taskreports jobreports repository slavesrenderingjob balancer pulse users userinfo mappedpaths maximumpriority settings".Split(' ')
            .Select(name => ($"/api/{name}", Deadline)),
        .. ((string[])["", "/api"]).SelectMany(root => "worker task project log manager git".Split(' ').Select(name => ($"{root}/{name}", Tracker))),
    ];

    /// <summary>The form of the protocol to which a target belongs: also of paths that it does not know.</summary>
    public static ErrorForm Of(string target)
    {
        var path = target.Split('?')[0];
        if (!path.StartsWith('/') || path.Contains("//", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal) || path.Contains("%2e", StringComparison.OrdinalIgnoreCase)) return None;
        path = WebUtility.UrlDecode(path.Replace("%2f", "%252f", StringComparison.OrdinalIgnoreCase));
        // What is beneath /manager itself is the dashboard's or nobody's; the protocol has /manager/….
        return Prefixes.FirstOrDefault(known => path.StartsWith(known.Prefix + "/", StringComparison.OrdinalIgnoreCase) || (known.Form != Tracker && path.Equals(known.Prefix, StringComparison.OrdinalIgnoreCase))).Form ?? None;
    }

    private static bool IsPlain(FuzzAnswer answer) => answer.Header("Content-Type").StartsWith("text/plain", StringComparison.OrdinalIgnoreCase);

    private static bool Has(FuzzAnswer answer, string name) => Parse(answer)?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length > 0;

    private static JsonObject? Parse(FuzzAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
