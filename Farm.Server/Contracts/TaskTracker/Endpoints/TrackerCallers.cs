using System.Globalization;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Who calls: a worker by its headers, a manager by the session cookie (Contracts/TaskTracker/Contract.md section 2).</summary>
internal sealed class TrackerCallers(TrackerWorkers workers, Sessions sessions, SessionCookie cookie)
{
    private const int SecretSize = 32;

    /// <summary>
    /// The worker that calls; null when it does not prove that it is one. Which ids there are is no secret in this protocol, so that nobody learns
    /// anything from how long a refusal takes.
    /// </summary>
    public ValueTask<FarmWorker?> WorkerAsync(HttpContext context)
    {
        if (!long.TryParse(Header(context, "X-Worker-ID"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)) return default;
        if (Canonical(Header(context, "X-Secret")) is not { } secret) return default;
        return ValueTask.FromResult(workers.Check(id, secret));
    }

    /// <summary>The worker that calls.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">What is answered to whoever is none: it depends on the route (section 2.1).</param>
    /// <exception cref="TrackerException">Nobody proves to be a worker.</exception>
    public async ValueTask<FarmWorker> RequireWorkerAsync(HttpContext context, int status) =>
        await WorkerAsync(context) ?? throw new TrackerException(status, "no worker has this id and secret");

    /// <summary>The secret in the form in which it is hashed: base64 of 32 bytes, as the worker was given it; null for anything else.</summary>
    public static string? Canonical(string? secret)
    {
        var bytes = new byte[SecretSize + 1];
        return secret is not null && Convert.TryFromBase64String(secret, bytes, out var size) && size == SecretSize
            ? Convert.ToBase64String(bytes, 0, SecretSize)
            : null;
    }

    /// <summary>The token of the session that a call brings, valid or not; null when it brings none.</summary>
    public string? Token(HttpContext context) => cookie.Token(context);

    /// <summary>The person who calls; null when there is no valid session.</summary>
    public Account? Manager(HttpContext context) => Token(context) is { } token ? sessions.Find(token) : null;

    /// <summary>The person who calls.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">What is answered to whoever is not signed in: it depends on the route (section 4).</param>
    /// <exception cref="TrackerException">There is no valid session.</exception>
    public Account RequireManager(HttpContext context, int status) =>
        Manager(context) ?? throw new TrackerException(status, "sign in first");

    /// <summary>The administrator who calls.</summary>
    /// <param name="context">The request.</param>
    /// <param name="nobody">What is answered to whoever is not signed in.</param>
    /// <param name="others">What is answered to whoever is no administrator.</param>
    /// <exception cref="TrackerException">It is none.</exception>
    public Account RequireAdministrator(HttpContext context, int nobody, int others)
    {
        var account = RequireManager(context, nobody);
        return account.IsAdministrator ? account : throw new TrackerException(others, "only an administrator may do this");
    }

    private static string? Header(HttpContext context, string name) =>
        context.Request.Headers[name] is [{ Length: > 0 } value] ? value : null;
}
