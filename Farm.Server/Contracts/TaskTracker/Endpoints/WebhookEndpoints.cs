using System.Security.Cryptography;
using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Push events that set the version of projects (Contracts/TaskTracker/Contract.md section 4.6).</summary>
internal sealed class WebhookEndpoints(ProjectWebhook webhook, TrackerSettings settings)
{
    private const string Branch = "refs/heads/";

    /// <summary><c>POST /git/receivehook</c></summary>
    public async Task ReceiveAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context);
        var push = TrackerBody.Parse(body, ProjectJson.Default.PushRequest);
        if (push.Ref is not { } reference || !settings.Branches.Any(branch => reference == Branch + branch))
            throw TrackerException.Invalid("pushes to this branch are ignored");
        if (push.Repository?.FullName is not { Length: > 0 } repository || !webhook.HasProjectFor(repository))
            throw TrackerException.Invalid("no project has this repository");
        if (!await webhook.PushAsync(context.Caller() with { Name = "webhook" }, repository, push.After ?? "", key => IsSigned(context.Request.Headers, key, body.Span)))
            throw TrackerException.Forbidden("the signature is missing or wrong");
    }

    /// <summary>Whether a signature header has the body's HMAC. The header decides the hash algorithm.</summary>
    private static bool IsSigned(IHeaderDictionary headers, string key, ReadOnlySpan<byte> body)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        if (Header(headers, "X-Hub-Signature-256") is { } github) return Matches(github, HMACSHA256.HashData(bytes, body));
        if (Header(headers, "X-Gogs-Signature") is { } gogs) return Matches(gogs, HMACSHA256.HashData(bytes, body));
        if (Header(headers, "X-Gitea-Signature") is { } gitea) return Matches(gitea, HMACSHA256.HashData(bytes, body));
        if (Header(headers, "X-Hub-Signature") is not { } hub) return false;
        return hub.StartsWith("sha256=", StringComparison.Ordinal)
            ? Matches(hub, HMACSHA256.HashData(bytes, body))
            : Matches(hub, HMACSHA1.HashData(bytes, body));
    }

    private static string? Header(IHeaderDictionary headers, string name) => headers[name] is [{ Length: > 0 } value] ? value : null;

    private static bool Matches(string signature, byte[] expected) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(signature[(signature.LastIndexOf('=') + 1)..]), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)));
}
