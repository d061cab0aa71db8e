using System.Security.Cryptography;
using System.Text;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>A push to a repository changes the version of its project (Contracts/TaskTracker/Contract.md section 4.6).</summary>
internal sealed class WebhookEndpoints(ProjectWebhook webhook, TrackerSettings settings)
{
    private const string Branch = "refs/heads/";

    /// <summary><c>POST /git/receivehook</c></summary>
    public async Task ReceiveAsync(HttpContext context)
    {
        var body = await TrackerBody.BytesAsync(context);
        var push = TrackerBody.Parse(body, ProjectJson.Default.PushRequest);
        if (push.Ref is not { } reference || !settings.Branches.Any(branch => reference == Branch + branch))
            throw TrackerException.Invalid("the push is to a branch that does not matter here");
        if (push.Repository?.FullName is not { Length: > 0 } repository || !webhook.Knows(repository))
            throw TrackerException.Invalid("no project has this repository");
        if (!await webhook.PushAsync(repository, push.After ?? "", key => IsSigned(context.Request.Headers, key, body.Span)))
            throw TrackerException.Forbidden("the signature is missing or wrong");
    }

    /// <summary>Whether a known header has the body's HMAC; which header there is, says which hash.</summary>
    private static bool IsSigned(IHeaderDictionary headers, string key, ReadOnlySpan<byte> body)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        if (Given(headers, "X-Hub-Signature-256") is { } github) return Matches(github, HMACSHA256.HashData(bytes, body));
        if (Given(headers, "X-Gogs-Signature") is { } gogs) return Matches(gogs, HMACSHA256.HashData(bytes, body));
        if (Given(headers, "X-Gitea-Signature") is { } gitea) return Matches(gitea, HMACSHA256.HashData(bytes, body));
        if (Given(headers, "X-Hub-Signature") is not { } hub) return false;
        return hub.StartsWith("sha256=", StringComparison.Ordinal)
            ? Matches(hub, HMACSHA256.HashData(bytes, body))
            : Matches(hub, HMACSHA1.HashData(bytes, body));
    }

    private static string? Given(IHeaderDictionary headers, string name) => headers[name] is [{ Length: > 0 } value] ? value : null;

    private static bool Matches(string signature, byte[] expected) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(signature[(signature.LastIndexOf('=') + 1)..]), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)));
}
