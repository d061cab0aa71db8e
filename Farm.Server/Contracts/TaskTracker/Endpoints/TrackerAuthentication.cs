using System.Globalization;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Authenticates workers by their headers and managers by the session cookie (Contracts/TaskTracker/Contract.md section 2).</summary>
internal sealed class TrackerAuthentication(TrackerWorkers workers, Sessions sessions, SessionCookie cookie) : IWorkerCredentials
{
    private const int SecretSize = 32;

    /// <summary>
    /// The worker of a request; null when its credentials are missing or wrong. Worker ids are public in this protocol, so response times disclose
    /// nothing.
    /// </summary>
    public ValueTask<FarmWorker?> WorkerAsync(HttpContext context)
    {
        if (!long.TryParse(Header(context, "X-Worker-ID"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)) return default;
        if (Canonical(Header(context, "X-Secret")) is not { } secret) return default;
        return ValueTask.FromResult(workers.Check(id, secret));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> AreInAsync(HttpContext context) => await WorkerAsync(context) is not null;

    /// <summary>Requires worker credentials.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The error status, which depends on the route (section 2.1).</param>
    /// <exception cref="TrackerException">The credentials are missing or wrong.</exception>
    public async ValueTask<FarmWorker> RequireWorkerAsync(HttpContext context, int status) =>
        await WorkerAsync(context) ?? throw new TrackerException(status, "unknown worker id or wrong secret");

    /// <summary>The secret in canonical form for hashing: base64 of 32 bytes; null for anything else.</summary>
    public static string? Canonical(string? secret)
    {
        var bytes = new byte[SecretSize + 1];
        return secret is not null && Convert.TryFromBase64String(secret, bytes, out var size) && size == SecretSize
            ? Convert.ToBase64String(bytes, 0, SecretSize)
            : null;
    }

    /// <summary>The session token of a request, valid or not; null without one.</summary>
    public string? Token(HttpContext context) => cookie.Token(context);

    /// <summary>The manager of a request; null without a valid session, or a token of an account.</summary>
    public Account? Manager(HttpContext context) =>
        (Token(context) is { } session ? sessions.Find(session) : null) ?? (context.Caller() is { Token: not null, Account: { } owner } ? owner : null);

    /// <summary>Requires a session.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The error status, which depends on the route (section 4).</param>
    /// <exception cref="TrackerException">There is no valid session.</exception>
    public Account RequireManager(HttpContext context, int status) =>
        Manager(context) ?? throw new TrackerException(status, "sign in first");

    /// <summary>Requires a session, and gives the caller as operations want to know it. In this protocol the session alone counts.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The error status, which depends on the route (section 4).</param>
    /// <exception cref="TrackerException">There is no valid session.</exception>
    public Caller RequireCaller(HttpContext context, int status)
    {
        var account = RequireManager(context, status);
        return context.Caller() with { Account = account, Role = account.Role };
    }

    /// <summary>Requires the session of an administrator.</summary>
    /// <param name="context">The request.</param>
    /// <param name="unauthenticated">The error status without a session.</param>
    /// <param name="forbidden">The error status for other managers.</param>
    /// <exception cref="TrackerException">The caller is not an administrator.</exception>
    public Account RequireAdministrator(HttpContext context, int unauthenticated, int forbidden)
    {
        var account = RequireManager(context, unauthenticated);
        return account.IsAdministrator ? account : throw new TrackerException(forbidden, "administrators only");
    }

    private static string? Header(HttpContext context, string name) =>
        context.Request.Headers[name] is [{ Length: > 0 } value] ? value : null;
}
